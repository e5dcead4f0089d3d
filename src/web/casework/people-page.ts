// The people of a case: who works on it, who did what, who decided with whom, and how to step back from it.

import type { Colleague } from '../../app/casework/assign.ts';
import type { Recorded } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { FieldError } from '../components/error-summary.ts';
import { fieldError } from '../components/error-summary.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { formKey } from './answers.ts';
import { casePage } from './case-page.ts';
import { casePath } from './tabs.ts';
import { can, type CaseDesk } from './context.ts';
import { when } from './moments.ts';
import { stepsOf } from './steps.ts';

export type PeopleParts = {
  readonly history: readonly Recorded[];
  readonly colleagues: readonly Colleague[];
  readonly errors?: readonly FieldError[];
  /** What was typed or chosen and not taken. */
  readonly typed?: { readonly to?: string; readonly reason?: string };
  /** Where handing over leads back to: the list of one's work, or here. */
  readonly next: 'work' | 'here';
};

export function peoplePage(desk: CaseDesk, parts: PeopleParts): Html {
  return casePage({
    desk,
    tab: 'people',
    errors: parts.errors ?? [],
    main: html`${assignee(desk, parts)}<p class="paging no-print"><a class="ds-link" href="${casePath(desk.file.reference)}/sealing">${desk.page.t('office.seal.link')}</a>${
      can(desk, 'case.close') &&
      !desk.file.closed &&
      html` <a class="ds-link" href="${casePath(desk.file.reference)}/close">${desk.page.t('casework.close.title')}</a>`
    }</p>${deciders(desk)}${doers(desk, parts.history)}${conflict(desk, parts)}`,
  });
}

function assignee(desk: CaseDesk, { colleagues, errors = [], typed, next }: PeopleParts): Html {
  const { page: context, file } = desk;
  const { t } = context;
  const chosen = typed?.to ?? file.assignee ?? '';
  const option = (id: string, text: string): Html =>
    html`<option value="${id}"${flag('selected', id === chosen)}>${text}</option>`;
  const wrong = errors.some(({ field }) => field === 'to');
  return html`<section aria-labelledby="assignee-title" id="hand-over"><h2 id="assignee-title">${t('casework.people.assignee')}</h2>
<p>${file.assignee === null ? t('casework.people.unassigned') : t.rich('casework.people.assigned', { name: bdi(desk.nameOf(file.assignee)) })}</p>
${
  can(desk, 'case.assign') &&
  !file.closed &&
  html`<form method="post" action="${casePath(file.reference, 'people')}/hand-over" class="hand-over no-print" novalidate>${formKey(desk, file.version)}
<input type="hidden" name="next" value="${next}">
<div class="filter"><label for="to">${t('casework.people.to')}</label>${fieldError(context, 'to', errors)}
<select class="ds-input" id="to" name="to"${wrong && html` aria-invalid="true" aria-describedby="to-error"`}>${option('', t('casework.people.to.nobody'))}${colleagues.map(({ id, name }) => option(id, name))}</select></div>
<button class="ds-button" type="submit">${t('casework.people.handOver')}</button></form>`
}</section>`;
}

/** Who proposed and who countersigned: four eyes, by name. */
function deciders(desk: CaseDesk): Html | false {
  const { t } = desk.page;
  const { proposals } = desk.file.decisions;
  if (proposals.length === 0) return false;
  return html`<section aria-labelledby="deciders-title"><h2 id="deciders-title">${t('casework.people.fourEyes')}</h2>
<ul class="deciders">${proposals.map(
    ({ no, disposition, by, at, state, countersigned }) => html`
<li><p><strong>${t('casework.people.proposal', { no, what: t(`events.word.disposition.${disposition}`) })}</strong></p>
<p>${t.rich('casework.people.proposedBy', { name: bdi(desk.nameOf(by)), when: when(desk, at) })}</p>
<p>${
      countersigned
        ? t.rich('casework.people.countersignedBy', {
            name: bdi(desk.nameOf(countersigned.by)),
            when: when(desk, countersigned.at),
          })
        : t(`casework.people.proposalState.${state}`)
    }</p></li>`,
  )}</ul></section>`;
}

const AREAS: { readonly [start: string]: string } = {
  request: 'request',
  facts: 'assessment',
  question: 'assessment',
  assessment: 'assessment',
  preservation: 'hold',
  consultation: 'decision',
  decision: 'decision',
  execution: 'execution',
  disclosure: 'disclosure',
  notice: 'notice',
};
const ORDER = ['request', 'assessment', 'hold', 'decision', 'execution', 'disclosure', 'notice', 'docket'];

/** What a step was about; opening a case is taking in its request. */
const areaOf = ({ event }: Recorded): string =>
  event.type === 'case.opened' ? 'request' : (AREAS[event.type.split('.')[0] ?? ''] ?? 'docket');

/** Each person with what they did themselves; what followed of itself is nobody's deed. */
function doers(desk: CaseDesk, history: readonly Recorded[]): Html {
  const { t } = desk.page;
  const byPerson = new Map<PersonId, Recorded[]>();
  for (const { act } of stepsOf(history))
    if (act.by !== 'clock') byPerson.set(act.by, [...(byPerson.get(act.by) ?? []), act]);
  const what = (acts: readonly Recorded[]): Html =>
    html`<ul class="plain">${ORDER.flatMap((area) => {
      const count = acts.filter((act) => areaOf(act) === area).length;
      return count === 0 ? [] : [html`<li>${t(`casework.people.steps.${area}`, { count })}</li>`];
    })}</ul>`;
  const column = (key: string): string => t(`casework.people.${key}`);
  return html`<section aria-labelledby="doers-title"><h2 id="doers-title">${column('done')}</h2>
<table class="ds-table docket doers" role="table"><thead role="rowgroup"><tr role="row">${['who', 'what', 'last'].map(
    (key) => html`<th scope="col" role="columnheader">${column(key)}</th>`,
  )}</tr></thead><tbody role="rowgroup">${[...byPerson].map(([person, acts]) => {
    const last = acts.at(-1);
    return html`
<tr role="row"><th scope="row" role="rowheader">${bdi(desk.nameOf(person))}</th><td role="cell" data-label="${column('what')}">${what(acts)}</td><td role="cell" data-label="${column('last')}">${last && when(desk, last.at)}</td></tr>`;
  })}
</tbody></table></section>`;
}

function conflict(desk: CaseDesk, { errors = [], typed }: PeopleParts): Html {
  const { page: context, file } = desk;
  const { t } = context;
  const others = file.conflicts.length;
  const wrong = errors.some(({ field }) => field === 'reason');
  return html`<section aria-labelledby="conflict-title"><h2 id="conflict-title">${t('casework.people.conflict')}</h2>
${others > 0 && html`<p>${t('casework.people.conflicts', { count: others })}</p>`}
${
  can(desk, 'conflict.declare') &&
  html`<p>${t('casework.people.conflict.help')}</p>
<form method="post" action="${casePath(file.reference, 'people')}/conflict" class="no-print conflict" novalidate>${formKey(desk)}
<div class="filter"><label for="reason">${t('casework.people.conflict.reason')}</label><span class="cite" id="reason-help">${t('casework.people.conflict.reason.help')}</span>${fieldError(context, 'reason', errors)}
<textarea class="ds-input" id="reason" name="reason" rows="3" maxlength="2000" aria-describedby="reason-help${wrong && ' reason-error'}"${wrong && html` aria-invalid="true"`}>${typed?.reason ?? ''}</textarea></div>
<button class="ds-button" data-variant="secondary" data-color="danger" type="submit">${t('casework.people.conflict.do')}</button></form>`
}</section>`;
}

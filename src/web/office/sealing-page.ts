// The seal of one case: who may open it, how one more is let in or out, how it is put on and taken off, and who did so before.

import type { Colleague } from '../../app/casework/assign.ts';
import type { Recorded } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';

export type SealAct = 'seal' | 'open' | 'shut' | 'unseal';

export type SealingView = {
  readonly history: readonly Recorded[];
  /** Those who can work on the case. */
  readonly colleagues: readonly Colleague[];
  /** What a proof for taking the seal off is over. */
  readonly hash: string;
  readonly errors: readonly FieldError[];
  /** What was typed and not taken. */
  readonly typed?: { readonly act: SealAct; readonly reason: string; readonly people: readonly string[] };
};

export const sealingPath = (reference: string): string => `/requests/${reference}/sealing`;

export function sealingPage(desk: CaseDesk, view: SealingView): Html {
  const { file, page } = desk;
  const { t } = page;
  const mayUnseal = file.sealed && can(desk, 'case.unseal');
  return casePage({
    desk,
    tab: 'people',
    title: t('office.seal.title'),
    errors: view.errors,
    scripts: mayUnseal ? [STEP_UP_SCRIPT] : [],
    main: html`<p class="cite no-print"><a class="ds-link" href="${casePath(file.reference, 'people')}">${t('office.seal.back')}</a></p>
<h2>${t('office.seal.title')}</h2>
<p>${t(file.sealed ? 'office.seal.isSealed' : 'office.seal.isOpen')}</p>
${file.sealed && entitled(desk, view)}
${can(desk, 'case.seal') ? (file.sealed ? letIn(desk, view) : sealing(desk, view)) : html`<p class="note">${t('office.seal.approver')}</p>`}
${mayUnseal && unsealing(desk, view)}
<section aria-labelledby="kept-title"><h3 id="kept-title">${t('office.seal.kept')}</h3>
<p>${t('office.seal.kept.sealed')}</p><p>${t('office.seal.kept.open')}</p></section>
${past(desk, view.history)}`,
  });
}

const typedOf = ({ typed }: SealingView, act: SealAct, person?: string): string =>
  typed?.act === act && (person === undefined || typed.people.includes(person)) ? typed.reason : '';

function reasonField({ page }: CaseDesk, view: SealingView, act: SealAct, person?: string): Html {
  const { t } = page;
  const id = person === undefined ? `reason-${act}` : `reason-${act}-${person}`;
  const wrong = view.errors.some(({ field }) => field === id);
  return html`<div class="field"><label for="${id}">${t('office.seal.reason')}</label><p class="help" id="${id}-help">${t('office.seal.reason.help')}</p>${fieldError(page, id, view.errors)}
<textarea class="ds-input" id="${id}" name="reason" rows="3" dir="auto" maxlength="2000" aria-describedby="${id}-help${wrong && ` ${id}-error`}"${wrong && html` aria-invalid="true"`}>${typedOf(view, act, person)}</textarea></div>`;
}

function actForm(desk: CaseDesk, act: SealAct, parts: Html, primary: boolean, words: string): Html {
  return html`<form method="post" action="${sealingPath(desk.file.reference)}" class="seal-form no-print" novalidate autocomplete="off">${formKey(desk, desk.file.version)}${parts}
<div class="buttons"><button class="ds-button"${!primary && html` data-variant="secondary"`} type="submit" name="do" value="${act}">${words}</button></div></form>`;
}

/** The form of a case that is not sealed. */
function sealing(desk: CaseDesk, view: SealingView): Html {
  const { page, actor } = desk;
  const { t } = page;
  const chosen = view.typed?.people ?? [];
  const wrong = view.errors.some(({ field }) => field === 'people');
  const others = view.colleagues.filter(({ id }) => id !== actor.id);
  return actForm(
    desk,
    'seal',
    html`<fieldset class="field choices people-choices" id="people" tabindex="-1" aria-describedby="people-help${wrong && ' people-error'}"><legend>${t('office.seal.people')}</legend>
<p class="help" id="people-help">${t('office.seal.people.help')}</p>${fieldError(page, 'people', view.errors)}
${others.map(
  ({
    id,
    name,
  }) => html`<label class="choice"><input type="checkbox" name="person" value="${id}"${flag('checked', chosen.includes(id))}> <span>${bdi(name)}</span></label>
`,
)}</fieldset>${reasonField(desk, view, 'seal')}`,
    true,
    t('office.seal.do'),
  );
}

/** Who may open it; those whom the reader may shut out, each with a form of their own. */
function entitled(desk: CaseDesk, view: SealingView): Html {
  const { file, page, actor } = desk;
  const { t } = page;
  const mayShut = (person: PersonId): boolean =>
    can(desk, 'case.seal') && person !== actor.id && file.entitled.length > 2;
  const open = (person: PersonId): boolean => view.typed?.act === 'shut' && view.typed.people.includes(person);
  return html`<section aria-labelledby="entitled-title"><h3 id="entitled-title">${t('office.seal.entitled')}</h3>
<ul class="entitled">${file.entitled.map(
    (person) => html`
<li><p><strong>${bdi(desk.nameOf(person))}</strong>${person === actor.id && html` <span class="cite">${t('office.seal.you')}</span>`}</p>${
      mayShut(person) &&
      html`<details class="fold no-print"${flag('open', open(person))}><summary>${t.rich('office.seal.shut', { name: bdi(desk.nameOf(person)) })}</summary>
${actForm(desk, 'shut', html`<input type="hidden" name="person" value="${person}">${reasonField(desk, view, 'shut', person)}`, false, t('office.seal.shut.do'))}</details>`
    }</li>`,
  )}</ul></section>`;
}

/** One more person who may open it. */
function letIn(desk: CaseDesk, view: SealingView): Html | false {
  const { file, page } = desk;
  const { t } = page;
  const others = view.colleagues.filter(({ id }) => !file.entitled.includes(id));
  if (others.length === 0) return false;
  const chosen = view.typed?.act === 'open' ? view.typed.people[0] : undefined;
  const wrong = view.typed?.act === 'open' && view.errors.some(({ field }) => field === 'person');
  return html`<section aria-labelledby="open-title"><h3 id="open-title">${t('office.seal.open')}</h3>
${actForm(
  desk,
  'open',
  html`<div class="field"><label for="person">${t('office.seal.open.whom')}</label>${wrong && fieldError(page, 'person', view.errors)}
<select class="ds-input" id="person" name="person"${wrong && html` aria-invalid="true" aria-describedby="person-error"`}>${others.map(
    ({ id, name }) => html`<option value="${id}"${flag('selected', id === chosen)}>${name}</option>`,
  )}</select></div>${reasonField(desk, view, 'open')}`,
  true,
  t('office.seal.open.do'),
)}</section>`;
}

function unsealing(desk: CaseDesk, view: SealingView): Html {
  const { t } = desk.page;
  const open = view.typed?.act === 'unseal';
  return html`<details class="fold case-fold no-print"${flag('open', open)}><summary>${t('office.seal.unseal')}</summary>
<p>${t('office.seal.unseal.about')}</p>
${actForm(
  desk,
  'unseal',
  html`${reasonField(desk, view, 'unseal')}${stepUpFields(desk.page, view.hash, open ? view.errors : [])}`,
  false,
  t('office.seal.unseal.do'),
)}</details>`;
}

const OF_THE_SEAL = ['case.sealed', 'case.entitled', 'case.disentitled', 'case.unsealed'] as const;

/** Who sealed it, let whom in or out, and why. */
function past(desk: CaseDesk, history: readonly Recorded[]): Html | false {
  const { t } = desk.page;
  const acts = history.flatMap(({ at, by, event }) =>
    (OF_THE_SEAL as readonly string[]).includes(event.type) && 'reason' in event
      ? [{ at, by, type: event.type, reason: event.reason, name: whom(desk, event) }]
      : [],
  );
  if (acts.length === 0) return false;
  return html`<section aria-labelledby="past-title"><h3 id="past-title">${t('office.seal.past')}</h3>
<ol class="office-events">${acts.reverse().map(
    ({ at, by, type, reason, name }) => html`
<li><p class="who">${bdi(desk.nameOf(by))} <span class="cite">${when(desk, at)}</span></p>
<p>${t.rich(`events.${type}`, { name })}</p><blockquote>${bdi(reason)}</blockquote></li>`,
  )}</ol></section>`;
}

const whom = (desk: CaseDesk, event: Recorded['event']): Html =>
  bdi(
    event.type === 'case.entitled'
      ? desk.nameOf(event.to)
      : event.type === 'case.disentitled'
        ? desk.nameOf(event.from)
        : '',
  );

// /work: what waits for this person, due first, and for each line why it is theirs.

import type { MyWork, WorkLine } from '../../app/casework/docket.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { formKey } from '../casework/answers.ts';
import { can, type Desk } from '../casework/context.ts';
import { sayAt } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { joined } from '../components/joined.ts';
import { page } from '../components/layout.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { caseLink, dueText, marks, measureOf, otherSide, stepText, turnText } from './lines.ts';
import { changedNote } from './live.ts';

type Parts = {
  readonly mine: MyWork;
  readonly nameOf: (person: PersonId | null) => string;
  readonly errors?: readonly FieldError[];
  /** The case from which this person has just stepped back. */
  readonly stepped?: string | undefined;
};

export function workPage(desk: Desk, { mine, nameOf, errors = [], stepped }: Parts): Html {
  const { page: context } = desk;
  const { t } = context;
  const { waiting, elsewhere, away, more } = mine;
  const empty = waiting.length === 0 && elsewhere.length === 0;
  return page({
    context,
    title: t('casework.work.title'),
    hasErrors: errors.length > 0,
    scripts: ['live'],
    main: html`${errorSummary(context, errors)}<h1>${t('casework.work.title')}</h1>
${changedNote(desk, { here: '/work' })}
${stepped !== undefined && html`<div class="note" role="status"><p><strong>${t('casework.stepped.title')}.</strong> ${t.rich('casework.stepped.text', { reference: bdi(stepped) })}</p></div>`}
<p class="lead">${t('casework.work.lead', { count: waiting.length })}</p>
${away.map(({ person, until }) => html`<p class="cite">${t.rich('casework.work.away', { name: bdi(nameOf(person)), day: sayAt(desk, until) })}</p>`)}
${empty ? nothingYet(desk) : html`${list(desk, 'waiting', waiting, nameOf)}${list(desk, 'elsewhere', elsewhere, nameOf)}`}
${more && html`<p>${t.rich('casework.work.more', { link: html`<a class="ds-link" href="/docket">${t('casework.work.more.link')}</a>` })}</p>`}`,
  });
}

function nothingYet(desk: Desk): Html {
  const { t } = desk.page;
  return html`<div class="note"><p>${t('casework.work.empty')}</p>
<p>${can(desk, 'docket.read') && html`<a class="ds-link" href="/docket">${t('casework.work.empty.link')}</a>`}${
    can(desk, 'request.receive') && html` · <a class="ds-link" href="/requests/new">${t('casework.work.empty.new')}</a>`
  }</p></div>`;
}

function list(
  desk: Desk,
  which: 'waiting' | 'elsewhere',
  lines: readonly WorkLine[],
  nameOf: (person: PersonId | null) => string,
): Html | false {
  if (lines.length === 0) return false;
  const { t, language } = desk.page;
  return html`<section class="work" aria-labelledby="${which}"><h2 id="${which}">${t(`casework.work.${which}`)} <span class="n">${sayNumber(lines.length, language)}</span></h2>
<ol class="work-lines">${lines.map((one) => item(desk, which, one, nameOf))}
</ol></section>`;
}

function item(
  desk: Desk,
  which: 'waiting' | 'elsewhere',
  work: WorkLine,
  nameOf: (person: PersonId | null) => string,
): Html {
  const { t } = desk.page;
  const { line } = work;
  const assign = can(desk, 'case.assign');
  return html`
<li class="work-line"><div><p class="work-why">${caseLink(line)} ${marks(desk, line)}${which === 'waiting' ? why(desk, work, nameOf) : whose(desk, work, nameOf)}</p>
<p class="cite">${joined(desk.page, measureOf(desk, line.measure), otherSide(desk, line))}</p></div>
<p class="work-due">${dueText(desk, line)}</p>${
    assign &&
    html`<div class="work-acts no-print">${
      line.assignee === null &&
      html`<form method="post" action="/work/take">${formKey(desk)}<input type="hidden" name="reference" value="${line.reference}"><button class="as-link" type="submit">${t('casework.work.take')}<span class="ds-sr-only"> ${line.reference}</span></button></form>`
    }<a class="ds-link" href="/requests/${line.reference}/people?next=work#hand-over">${t('casework.work.handOver')}<span class="ds-sr-only"> ${line.reference}</span></a></div>`
  }</li>`;
}

/** What is to be done stands out of the sentence that says why it is this person's. */
const toDo = (desk: Desk, line: WorkLine['line']): Html => html`<b>${stepText(desk, line)}</b>`;

/** "You are a reviewer: answer 4 questions." */
function why(desk: Desk, { line, why: because, away }: WorkLine, nameOf: (person: PersonId | null) => string): Html {
  const { t } = desk.page;
  const next = toDo(desk, line);
  if (because === 'standing-in' && away)
    return t.rich('casework.work.why.standing-in', {
      name: bdi(nameOf(away.person)),
      day: sayAt(desk, away.until),
      next,
    });
  if (because === 'assigned') return t.rich('casework.work.why.assigned', { next });
  return t.rich('casework.work.why.role', { role: t(`casework.work.role.${line.turn}`), next });
}

/** "Approver: countersign or send back." */
function whose(desk: Desk, { line, away }: WorkLine, nameOf: (person: PersonId | null) => string): Html {
  const { t } = desk.page;
  const [turn, next] = [turnText(desk, line.turn, line.barred), toDo(desk, line)];
  if (away === null) return t.rich('casework.work.elsewhere.why', { turn, next });
  const name = bdi(nameOf(away.person));
  return t.rich('casework.work.elsewhere.for', { name, day: sayAt(desk, away.until), turn, next });
}

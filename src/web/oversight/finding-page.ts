// One finding: what oversight found and recommends, what the office answered, what was seen afterwards; and the form that makes one.

import { turnOf } from '../../app/oversight/findings.ts';
import { ADDRESSEES, type Entry, type Finding, STANCES } from '../../domain/oversight/finding.ts';
import { formKey } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type Desk } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { findingPath, findingsAt, turnText } from './findings-page.ts';
import { choice, crumbs, field, samplePath, type TypedFields } from './parts.ts';

export type FindingView = {
  readonly finding: Finding;
  readonly nameOf: (person: string) => string;
  /** The act whose form was sent and could not be done. */
  readonly act: string;
  readonly typed: TypedFields;
  readonly errors: readonly FieldError[];
};

export function findingPage(desk: Desk, view: FindingView): Html {
  const { page: context } = desk;
  const { t } = context;
  const { finding, nameOf, errors } = view;
  const { no, title, text, recommendation, cases, sample, to } = finding;
  const heading = t('oversight.finding.title', { no });
  const own = can(desk, 'oversight.read');
  return page({
    context,
    title: `${heading} · ${title}`,
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk, findingsAt(desk), 'oversight.findings')}${errorSummary(context, errors)}<h1>${heading}</h1>
<p class="lead">${bdi(title)}</p>
<p>${turnText(desk, finding)}</p>
<article class="book-entry"><p class="who">${bdi(nameOf(finding.by))} <span class="cite">${t('oversight.finding.made', { to: t(`oversight.to.${to}`) })} · ${at(desk, finding.madeAt)}</span></p>
<blockquote dir="auto">${text}</blockquote>
${recommendation !== '' && html`<h2>${t('oversight.finding.recommendation')}</h2><blockquote dir="auto">${recommendation}</blockquote>`}
${
  cases.length > 0 &&
  html`<p>${t('oversight.finding.cases', { count: cases.length })}</p><ul class="plain-links">${cases.map(
    ({ reference }) => html`<li><a class="ds-link case-link" href="${casePath(reference)}">${bdi(reference)}</a></li>`,
  )}</ul>`
}${sample !== null && html`<p>${own ? html`<a class="ds-link" href="${samplePath(sample)}">${t('oversight.finding.sample', { no: sample })}</a>` : t('oversight.finding.sample', { no: sample })}</p>`}
<p class="cite">${t.rich('oversight.finding.replyBy.value', { on: when(desk, finding.replyBy) })}</p></article>
${finding.entries.map((one) => entry(desk, one, nameOf))}
${forms(desk, view)}`,
  });
}

function entry(desk: Desk, one: Entry, nameOf: FindingView['nameOf']): Html {
  const { t } = desk.page;
  const what = t(
    `oversight.entry.${one.is}`,
    one.is === 'reply' ? { stance: t(`oversight.stance.${one.stance}`) } : {},
  );
  const day = one.is === 'reply' ? one.doneBy : one.is === 'follow-up' ? one.replyBy : null;
  return html`
<article class="book-entry" data-by="${one.is === 'reply' ? 'office' : 'oversight'}"><p class="who">${bdi(nameOf(one.by))} <span class="cite">${what} · ${at(desk, one.at)}</span></p>
<blockquote dir="auto">${one.text}</blockquote>${day !== null && html`<p class="cite">${t.rich(`oversight.entry.${one.is}.day`, { on: when(desk, day) })}</p>`}</article>`;
}

/** What this person can do now; one act is the next, the others are folded. */
function forms(desk: Desk, view: FindingView): Html {
  const { t } = desk.page;
  const { finding, act } = view;
  const { whose } = turnOf(finding);
  if (whose === 'nobody') return html``;
  if (can(desk, 'finding.answer')) return replyForm(desk, view);
  if (!can(desk, 'oversight.record')) return html``;
  return html`<section class="no-print" aria-labelledby="next-title"><h2 id="next-title">${t('oversight.finding.next')}</h2>
<p>${t(`oversight.finding.next.${whose}`)}</p>
<details class="act-fold"${flag('open', act === 'follow-up' || (act === '' && whose === 'oversight'))}><summary>${t('oversight.follow-up.do')}</summary>${followUpForm(desk, view)}</details>
<details class="act-fold"${flag('open', act === 'close')}><summary>${t('oversight.close.do')}</summary>${closeForm(desk, view)}</details></section>`;
}

const of = (view: FindingView, act: string): Pick<FindingView, 'typed' | 'errors'> =>
  view.act === act ? { typed: view.typed, errors: view.errors } : { typed: {}, errors: [] };

function replyForm(desk: Desk, view: FindingView): Html {
  const { t } = desk.page;
  const { typed, errors } = of(view, 'reply');
  return html`<section class="no-print" aria-labelledby="reply-title"><h2 id="reply-title">${t('oversight.reply')}</h2>
<form method="post" action="${findingPath(desk, view.finding.no)}/reply" class="book-form" novalidate>${formKey(desk)}
${choice(desk, { id: 'stance', legend: t('oversight.reply.stance'), options: STANCES.map((one) => ({ value: one, text: t(`oversight.stance.${one}`) })), chosen: [typed['stance'] ?? 'accepted'] }, errors)}
${field(desk, { id: 'text', label: t('oversight.reply.text'), value: typed['text'] ?? '', kind: 'area', help: t('oversight.reply.text.help') }, errors)}
${field(desk, { id: 'doneBy', label: t('oversight.reply.doneBy'), value: typed['doneBy'] ?? '', kind: 'date', optional: true }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('oversight.reply.do')}</button></div></form></section>`;
}

function followUpForm(desk: Desk, view: FindingView): Html {
  const { t } = desk.page;
  const { typed, errors } = of(view, 'follow-up');
  return html`<form method="post" action="${findingPath(desk, view.finding.no)}/follow-up" class="book-form" novalidate>${formKey(desk)}
${field(desk, { id: 'text', label: t('oversight.follow-up.text'), value: typed['text'] ?? '', kind: 'area' }, errors)}
${field(desk, { id: 'replyBy', label: t('oversight.follow-up.replyBy'), value: typed['replyBy'] ?? '', kind: 'date', optional: true, help: t('oversight.follow-up.replyBy.help') }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('oversight.follow-up.do')}</button></div></form>`;
}

function closeForm(desk: Desk, view: FindingView): Html {
  const { t } = desk.page;
  const { typed, errors } = of(view, 'close');
  const moved = errors.map((one) => (one.field === 'text' ? { ...one, field: 'end-text' } : one));
  return html`<form method="post" action="${findingPath(desk, view.finding.no)}/close" class="book-form" novalidate>${formKey(desk)}
${field(desk, { id: 'end-text', label: t('oversight.close.text'), value: typed['end-text'] ?? '', kind: 'area' }, moved)}
<div class="buttons"><button class="ds-button" data-variant="secondary" type="submit">${t('oversight.close.do')}</button></div></form>`;
}

export function newFindingPage(
  desk: Desk,
  { typed, errors }: { readonly typed: TypedFields; readonly errors: readonly FieldError[] },
): Html {
  const { page: context } = desk;
  const { t } = context;
  const value = (name: string): string => typed[name] ?? '';
  return page({
    context,
    title: t('oversight.finding.new'),
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk, findingsAt(desk), 'oversight.findings')}${errorSummary(context, errors)}<h1>${t('oversight.finding.new')}</h1>
<p class="lead">${t('oversight.finding.new.lead')}</p>
<form method="post" action="${findingsAt(desk)}" class="book-form" novalidate>${formKey(desk)}
${choice(desk, { id: 'to', legend: t('oversight.finding.to'), options: ADDRESSEES.map((one) => ({ value: one, text: html`<strong>${t(`oversight.to.${one}`)}</strong>`, help: t(`oversight.to.${one}.about`) })), chosen: [value('to') || 'approver'] }, errors)}
${field(desk, { id: 'title', label: t('oversight.finding.name'), value: value('title') }, errors)}
${field(desk, { id: 'text', label: t('oversight.finding.text'), value: value('text'), kind: 'area' }, errors)}
${field(desk, { id: 'recommendation', label: t('oversight.finding.recommendation'), value: value('recommendation'), kind: 'area', optional: true }, errors)}
${field(desk, { id: 'cases', label: t('oversight.finding.references'), value: value('cases'), optional: true, kind: 'code', help: t('oversight.finding.references.help') }, errors)}
${field(desk, { id: 'sample', label: t('oversight.finding.ofSample'), value: value('sample'), optional: true, kind: 'number' }, errors)}
${field(desk, { id: 'replyBy', label: t('oversight.finding.replyBy'), value: value('replyBy'), kind: 'date' }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('oversight.finding.do')}</button></div></form>`,
  });
}

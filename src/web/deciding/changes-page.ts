// Two assessments of a case side by side: which verdicts and facts became others, and whether the law itself did.

import { joined, pair } from '../components/joined.ts';
import { changesBetween } from '../../app/casework/assessing.ts';
import { hiddenFrom } from '../../app/casework/blinding.ts';
import type { Made } from '../../domain/assessment/assessment.ts';
import { say } from '../../kernel/language.ts';
import type { FactValue, Verdict } from '../../law/provision.ts';
import { labelOf, specOf, valueText } from '../check/words.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { at, sayAt } from '../casework/moments.ts';
import { citeLink } from '../components/cite.ts';
import { shortHash } from '../components/layout.ts';
import { outcomeTag, verdictTag } from '../components/outcome.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { changesPath } from './paths.ts';

/** `from` and `to` are numbers of assessments among all that were made; the last two where they name none. */
export function changesPage(
  desk: CaseDesk,
  made: readonly Made[],
  { from, to }: { readonly from: string | undefined; readonly to: string | undefined },
): Html {
  const { t } = desk.page;
  const find = (no: string | undefined, otherwise: Made | undefined): Made | undefined =>
    made.find((one) => String(one.no) === no) ?? otherwise;
  const before = find(from, made.at(-2) ?? made.at(0));
  const after = find(to, made.at(-1));
  return casePage({
    desk,
    tab: 'assessment',
    title: t('assessment.changes'),
    main: html`<p class="cite no-print"><a class="ds-link" href="${casePath(desk.file.reference, 'assessment')}">${t('assessment.back')}</a></p>
<h2>${t('assessment.changes')}</h2>
${hiddenFrom(desk.file, desk.actor).length > 0 ? html`<p class="note">${t('assessment.changesKeptBack')}</p>` : before === undefined || after === undefined || made.length < 2 ? html`<p>${t('assessment.oneOnly')}</p>` : compared(desk, made, before, after)}`,
  });
}

function compared(desk: CaseDesk, made: readonly Made[], before: Made, after: Made): Html {
  const { t, language } = desk.page;
  const { verdicts, facts } = changesBetween(before, after);
  const lawMoved =
    before.ruleSet !== after.ruleSet || before.instrument !== after.instrument || before.asOf !== after.asOf;
  return html`<form method="get" action="${changesPath(desk.file.reference)}" class="compare no-print">
${chooser(desk, made, 'from', before)}${chooser(desk, made, 'to', after)}
<button class="ds-button" data-variant="secondary" type="submit">${t('assessment.compare')}</button></form>
<table class="ds-table compare-table" role="table" aria-label="${t('assessment.changes')}"><thead role="rowgroup"><tr role="row"><td role="cell"></td><th scope="col" role="columnheader">${heading(desk, before)}</th><th scope="col" role="columnheader">${heading(desk, after)}</th></tr></thead>
<tbody role="rowgroup">
${compareRow(t('assessment.outcome'), outcomeTag(desk.page, before.outcome), outcomeTag(desk.page, after.outcome))}
${compareRow(t('assessment.openQuestions'), sayNumber(before.open, language), sayNumber(after.open, language))}
${compareRow(t('assessment.law'), lawOf(desk, before), lawOf(desk, after))}
</tbody></table>
<p>${t(lawMoved ? 'assessment.lawMoved' : 'assessment.sameLaw')}</p>
<h3>${t('assessment.changedFacts')} <span class="count">${sayNumber(facts.length, language)}</span></h3>
${
  facts.length > 0 &&
  html`<ul class="changes">${facts.map((one) => html`<li>${pair(desk.page, html`<b>${labelOf(desk.page, one.key)}</b>`, html`${factText(desk, one.key, one.before)} ${ARROW} ${factText(desk, one.key, one.after)}`)}</li>`)}</ul>`
}
<h3>${t('assessment.changedVerdicts')} <span class="count">${sayNumber(verdicts.length, language)}</span></h3>
${
  verdicts.length > 0 &&
  html`<ul class="changes">${verdicts.map((one) => html`<li>${pair(desk.page, titleOf(desk, one.key), html`${verdictText(desk, one.before)} ${ARROW} ${verdictText(desk, one.after)}`)} <span class="cite">${citeLink(desk.page, one.key)}</span></li>`)}</ul>`
}`;
}

/** The roles are said again because a phone shows each row as two cells under its name. */
const compareRow = (name: string, before: Fragment, after: Fragment): Html =>
  html`<tr role="row"><th scope="row" role="rowheader">${name}</th><td role="cell">${before}</td><td role="cell">${after}</td></tr>`;

/** Points the way that the line is read. */
const ARROW = html`<span class="arrow" aria-hidden="true"></span>`;

const heading = (desk: CaseDesk, { no, at: moment }: Made): Html =>
  html`${desk.page.t('assessment.madeNo', { no })}<br><span class="cite">${at(desk, moment)}</span>`;

function chooser(desk: CaseDesk, made: readonly Made[], name: 'from' | 'to', chosen: Made): Html {
  const { t } = desk.page;
  return html`<div class="field"><label for="${name}">${t(`assessment.compare.${name}`)}</label><select class="ds-input" id="${name}" name="${name}">${made.map(
    (one) =>
      html`<option value="${one.no}"${flag('selected', one.no === chosen.no)}>${joined(desk.page, t('assessment.madeNo', { no: one.no }), sayAt(desk, one.at))}</option>`,
  )}</select></div>`;
}

function lawOf({ page: { t, book, language } }: CaseDesk, made: Made): Fragment {
  const pack = book.rules.packs.find((one) => one.id === made.instrument);
  return [
    pack ? say(pack.short, language) : bdi(made.instrument),
    html`<br><span class="cite">${t('assessment.lawOf', { day: sayDay(made.asOf, language) })} ${t.rich('site.ruleSet', { hash: bdi(shortHash(made.ruleSet)) })}</span>`,
  ];
}

function factText({ page }: CaseDesk, fact: string, value: FactValue | null): Fragment {
  const spec = specOf(page, fact);
  if (value === null) return page.t('assessment.unknown');
  return spec ? valueText(page, spec, value) : bdi(String(value));
}

const verdictText = ({ page }: CaseDesk, verdict: string | null): Fragment =>
  verdict === null ? page.t('assessment.notThere') : verdictTag(page, verdict as Verdict);

function titleOf({ page: { book, language } }: CaseDesk, id: string): Fragment {
  const provision = book.rules.provisions.find((one) => one.id === id);
  return provision ? say(provision.title, language) : bdi(id);
}

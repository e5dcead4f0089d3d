// The worked cases of a rule, run by the engine that assesses requests: what is given, what its author expects, what was found.

import { say } from '../../kernel/language.ts';
import type { Provision, WorkedCase } from '../../law/provision.ts';
import { valueText } from '../check/words.ts';
import { verdictTag } from '../components/outcome.ts';
import { type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import type { Reading } from './reading.ts';

export function caseTable(reading: Reading, rule: Provision): Html {
  const { t, language } = reading.context;
  const results = reading.cases(rule);
  const wrong = results.filter(({ one, found }) => one.expect !== found).length;
  return html`<details class="cases"><summary>${t('law.cases', { count: results.length })}
<span class="sep">${wrong === 0 ? t('law.cases.agree') : html`<strong class="differs">${t('law.cases.differ', { count: wrong })}</strong>`}</span></summary>
<table class="ds-table fold" role="table">
<caption>${t('law.cases.caption', { rule: say(rule.title, language) })}</caption>
<thead role="rowgroup"><tr role="row">${['number', 'measure', 'given', 'expected', 'found'].map(
    (column) => html`<th role="columnheader" scope="col">${t(`law.cases.${column}`)}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">${results.map(
    ({ one, found }, i) => html`
<tr role="row"><td role="cell" class="number">${label(reading, 'number')}${sayNumber(i + 1, language)}</td>
<td role="cell">${label(reading, 'measure')}${measureName(reading, one.measure)}</td>
<td role="cell" class="given">${label(reading, 'given')}${given(reading, one)}</td>
<td role="cell">${label(reading, 'expected')}${verdictTag(reading.context, one.expect)}</td>
<td role="cell">${label(reading, 'found')}${verdictTag(reading.context, found)}${one.expect !== found && html` <strong class="differs">${t('law.cases.differs')}</strong>`}</td></tr>`,
  )}
</tbody></table></details>`;
}

/** The column's name beside the value, where a narrow screen folds the table into a list. */
const label = ({ context: { t } }: Reading, column: string): Html =>
  html`<span class="fold-label" aria-hidden="true">${t(`law.cases.${column}`)}</span>`;

const measureName = ({ context: { book, language } }: Reading, id: string): string => {
  const measure = book.rules.measures.find((one) => one.id === id);
  return measure ? say(measure.title, language) : id;
};

function given({ context }: Reading, { given }: WorkedCase): Html {
  const { book, language, t } = context;
  const facts = book.rules.facts.filter((spec) => Object.hasOwn(given, spec.id));
  if (facts.length === 0) return html`${t('law.cases.nothing')}`;
  return html`<ul>${facts.map(
    (spec) =>
      html`<li>${t.rich('law.cases.fact', { label: say(spec.label, language), value: html`<strong>${valueText(context, spec, given[spec.id] ?? null)}</strong>` })}</li>`,
  )}</ul>`;
}

// A rule's gate and condition as nested lists; each fact links to its question, each rule it leans on to that rule.

import type { Provision } from '../../law/provision.ts';
import { type Html, html } from '../html.ts';
import type { Reading } from './reading.ts';
import { ruleHref } from './articles.ts';
import { keepDay } from './query.ts';
import { type Line, readable, type Term } from './readable.ts';

export function conditionBlock(reading: Reading, rule: Provision): Html {
  const { context, law } = reading;
  const { t, book, language } = context;
  const read = { rules: book.rules, law, language, provision: rule };
  const requirement = ['scope', 'form', 'safeguard'].includes(rule.effect);
  return html`${
    rule.gate &&
    html`<p class="condition-name">${t('law.condition.gate')}</p>
<ul class="condition">${lineItem(reading, readable(read, rule.gate))}</ul>`
  }${
    rule.when.op === 'always'
      ? html`<p>${t(rule.gate ? 'law.condition.alwaysThen' : 'law.condition.always')}</p>`
      : html`<p class="condition-name">${t(`law.condition.${requirement ? 'met' : 'present'}`)}</p>
<ul class="condition">${lineItem(reading, readable(read, rule.when))}</ul>`
  }`;
}

function lineItem(reading: Reading, line: Line): Html {
  const { t } = reading.context;
  const values = Object.fromEntries(
    Object.entries(line.values).map(([name, value]) => [
      name,
      typeof value === 'object' ? term(reading, value) : value,
    ]),
  );
  return html`
<li>${t.rich(`law.line.${line.message}`, values)}${line.judgement && html` <span class="judged">${t('law.line.judged')}</span>`}${
    line.lines.length > 0 && html`<ul>${line.lines.map((one) => lineItem(reading, one))}</ul>`
  }</li>`;
}

function term({ context, law }: Reading, { text, fact, provision }: Term): Html {
  const href =
    fact !== undefined
      ? `/law/facts${keepDay(law.day, context.today)}#${fact}`
      : ruleHref(context.book.rules, provision ?? '', law.day, context.today);
  return html`<a class="term" href="${href}">${text}</a>`;
}

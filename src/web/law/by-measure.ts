// The rules of a day by what a request asks for: how many concern each measure, and for one measure what each of them does.

import { say } from '../../kernel/language.ts';
import type { Measure } from '../../law/rule-set.ts';
import { type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { KINDS } from './articles.ts';
import { EFFECTS } from './effects.ts';
import type { Shown } from './reading.ts';
import { lawAddress } from './query.ts';
import { ruleItem } from './rule-item.ts';

export function byMeasure(shown: Shown): Html | false {
  const { query, found } = shown;
  if (found.length === 0) return false;
  return query.measure === null ? everyMeasure(shown) : oneMeasure(shown, query.measure);
}

function everyMeasure(shown: Shown): Html {
  const { context } = shown;
  const { t, book, language } = context;
  const packs = KINDS.flatMap((kind) =>
    book.rules.packs.filter((pack) => pack.kind === kind && shown.found.some((one) => one.pack === pack.id)),
  );
  return html`<table class="ds-table measures fold" role="table">
<caption>${t('law.measures.caption')}</caption>
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t('law.measures.measure')}</th>${packs.map(
    (pack) => html`<th role="columnheader" scope="col" class="figure">${say(pack.short, language)}</th>`,
  )}<th role="columnheader" scope="col" class="figure">${t('law.measures.all')}</th></tr></thead>
${book.rules.tiers.map((tier) => {
  const measures = book.rules.measures.filter((measure) => measure.tier === tier.id);
  return html`<tbody role="rowgroup"><tr role="row" class="tier"><th role="rowheader" scope="rowgroup" colspan="${packs.length + 2}">${say(tier.title, language)}</th></tr>
${measures.map((measure) => measureRow(shown, measure, packs))}</tbody>`;
})}
</table>`;
}

function measureRow(
  { context, query, found }: Shown,
  measure: Measure,
  packs: readonly { id: string; short: Measure['title'] }[],
): Html {
  const { language, today, t } = context;
  const own = found.filter((one) => Object.hasOwn(one.concerns, measure.id));
  const count = (pack: string) => own.filter((one) => one.pack === pack).length;
  return html`<tr role="row"><th role="rowheader" scope="row"><a href="${lawAddress(query, today, { measure: measure.id })}">${say(measure.title, language)}</a></th>${packs.map(
    (pack) =>
      html`<td role="cell" class="figure"${count(pack.id) === 0 && html` data-none`}><span class="fold-label" aria-hidden="true">${say(pack.short, language)}</span> ${sayNumber(count(pack.id), language)}</td>`,
  )}<td role="cell" class="figure"><span class="fold-label" aria-hidden="true">${t('law.measures.all')}</span> <strong>${sayNumber(own.length, language)}</strong></td></tr>`;
}

function oneMeasure(shown: Shown, measure: string): Html {
  const { t } = shown.context;
  return html`${EFFECTS.map((effect) => {
    const rules = shown.found.filter((one) => one.effect === effect);
    return (
      rules.length > 0 &&
      html`<section class="kind" aria-labelledby="effect-${effect}"><h2 id="effect-${effect}">${t(`law.effects.${effect}`)} <span class="count">${t('law.rules', { count: rules.length })}</span></h2>
<p class="kind-lead">${t(`law.does.${effect}`)}</p>
<ul class="rules">${rules.map((rule) => ruleItem(shown, rule, measure))}</ul></section>`
    );
  })}`;
}

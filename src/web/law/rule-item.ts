// A rule as an entry of a list: its title as a link, what it does, where it stands, how far it was checked.

import { say } from '../../kernel/language.ts';
import type { MeasureId, Provision } from '../../law/provision.ts';
import { citeName, confidence, review } from '../components/cite.ts';
import { shape } from '../components/outcome.ts';
import type { LawContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { ruleHref } from './articles.ts';
import { toneOfEffect } from './effects.ts';
import type { Shown } from './reading.ts';

/** `measure` when the list is about one, by what rules do: then only the strength of a safeguard is left to say. */
export function ruleItem({ context, query }: Shown, rule: Provision, measure?: MeasureId): Html {
  const { t, book, language, today } = context;
  const strength = measure === undefined ? null : rule.concerns[measure];
  return html`
<li class="rule"><a class="rule-title" href="${ruleHref(book.rules, rule.id, query.day, today)}">${say(rule.title, language)}</a>
${measure === undefined && html`<p class="rule-line">${effectTag(context, rule)}</p>`}
<p class="cite">${citeName(context, rule.id)} ${confidence(context, rule.source.confidence)} ${review(context, rule.reviewed.length > 0)}${strength && html` <strong class="sep">${t(`site.strength.${strength}`)}</strong>`}</p></li>`;
}

/** What a rule does, as a word and a shape. */
export function effectTag({ t }: Pick<LawContext, 't'>, { effect }: Pick<Provision, 'effect'>): Html {
  const tone = toneOfEffect(effect);
  return html`<span class="effect"${tone && html` data-tone="${tone}"`}>${tone && shape(tone)}<span>${t(`site.effect.${effect}`)}</span></span>`;
}

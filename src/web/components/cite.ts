// A citation: which rule, where it stands, and how far its text was checked. Shown beside every rule, everywhere.

import { type Cited, cited, citeIn, spelled } from '../../app/citation.ts';
import type { Confidence, ProvisionId } from '../../law/provision.ts';
import type { LawContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';

/** The page of a provision: `/law/<prefix>/<article>#<id>`. */
export function lawHref(context: Pick<LawContext, 'book'>, id: ProvisionId): string {
  const provision = context.book.rules.provisions.find((one) => one.id === id);
  const prefix = id.slice(0, id.indexOf(':'));
  return `/law/${prefix}/${encodeURIComponent(provision?.article ?? '')}#${id}`;
}

type Naming = Pick<LawContext, 'book' | 'language' | 't'>;

function named({ t }: Naming, cited: Cited): Html {
  if ('title' in cited) return html`${t('site.pair', { name: cited.source, value: cited.title })}`;
  return html`${cited.source} ${spelled(cited.place, (word) => t(`site.place.${word}`), bdi)}`;
}

/** How a provision is called in a sentence: the short name of its source and its place. */
export function citeName(context: Naming, id: ProvisionId): Html {
  const found = cited(context.book.rules, id, context.language);
  return found ? named(context, found) : bdi(id);
}

/** A link to a provision, named by its source and place. */
export const citeLink = (context: Naming, id: ProvisionId): Html =>
  html`<a class="ds-link" href="${lawHref(context, id)}">${citeName(context, id)}</a>`;

/** What a clock carries of the law that sets its length, the prefix of the source and the place in it; a link where a rule stands there. */
export function citePlace(context: Naming, citation: string): Html {
  const { rules } = context.book;
  const [prefix = '', place = ''] = citation.split(/ (.*)/);
  const pack = rules.packs.find((one) => one.prefix === prefix);
  if (pack === undefined) return bdi(citation);
  const rule = rules.provisions.find((one) => one.pack === pack.id && one.source.place === place);
  return rule ? citeLink(context, rule.id) : named(context, citeIn(rules, pack, place, undefined, context.language));
}

/** How far a text was checked, in words. */
export const confidence = ({ t }: Pick<LawContext, 't'>, level: Confidence): Html =>
  html`<span class="confidence" data-level="${level}">${t(`site.confidence.${level}`)}</span>`;

/** Said of a rule that no named jurist has signed. */
export const review = ({ t }: Pick<LawContext, 't'>, reviewed: boolean): Html | false =>
  !reviewed && html`<span class="confidence" data-level="unreviewed">${t('site.unreviewed')}</span>`;

/** The line under a rule: citation, confidence, review. */
export function citeLine(context: Naming, id: ProvisionId, level: Confidence, reviewed: boolean): Html {
  return html`<p class="cite">${citeLink(context, id)} ${confidence(context, level)} ${review(context, reviewed)}</p>`;
}

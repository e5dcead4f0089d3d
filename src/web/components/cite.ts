// A citation: which rule, where it stands, and how far its text was checked. Shown beside every rule, everywhere.

import type { Confidence, ProvisionId } from '../../law/provision.ts';
import type { LawContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { say } from '../../kernel/language.ts';

/** The page of a provision: `/law/<prefix>/<article>#<id>`. */
export function lawHref(context: Pick<LawContext, 'book'>, id: ProvisionId): string {
  const provision = context.book.rules.provisions.find((one) => one.id === id);
  const prefix = id.slice(0, id.indexOf(':'));
  return `/law/${prefix}/${encodeURIComponent(provision?.article ?? '')}#${id}`;
}

/** How a provision is called in a sentence: the short name of its source and its place. */
export function citeName(
  context: Pick<LawContext, 'book' | 'language'>,
  id: ProvisionId,
): { source: string; place: string } {
  const { rules } = context.book;
  const provision = rules.provisions.find((one) => one.id === id);
  const pack = rules.packs.find((one) => one.id === provision?.pack);
  return { source: pack ? say(pack.short, context.language) : id, place: provision?.source.place ?? '' };
}

/** A link to a provision, named by its source and place. */
export function citeLink(context: Pick<LawContext, 'book' | 'language'>, id: ProvisionId): Html {
  const { source, place } = citeName(context, id);
  return html`<a class="ds-link" href="${lawHref(context, id)}">${source}${place !== '' && html` ${bdi(place)}`}</a>`;
}

/** How far a text was checked, in words. */
export const confidence = ({ t }: Pick<LawContext, 't'>, level: Confidence): Html =>
  html`<span class="confidence" data-level="${level}">${t(`site.confidence.${level}`)}</span>`;

/** Said of a rule that no named jurist has signed. */
export const review = ({ t }: Pick<LawContext, 't'>, reviewed: boolean): Html | false =>
  !reviewed && html`<span class="confidence" data-level="unreviewed">${t('site.unreviewed')}</span>`;

/** The line under a rule: citation, confidence, review. */
export function citeLine(
  context: Pick<LawContext, 'book' | 'language' | 't'>,
  id: ProvisionId,
  level: Confidence,
  reviewed: boolean,
): Html {
  return html`<p class="cite">${citeLink(context, id)} ${confidence(context, level)} ${review(context, reviewed)}</p>`;
}

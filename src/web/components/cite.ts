// A citation: which rule, where it stands, and how far its text was checked. Shown beside every rule, everywhere.

import type { Confidence, ProvisionId } from '../../law/provision.ts';
import type { LawContext } from '../context.ts';
import type { Pack } from '../../law/rule-set.ts';
import { bdi, type Html, html } from '../html.ts';
import { say } from '../../kernel/language.ts';

/** The page of a provision: `/law/<prefix>/<article>#<id>`. */
export function lawHref(context: Pick<LawContext, 'book'>, id: ProvisionId): string {
  const provision = context.book.rules.provisions.find((one) => one.id === id);
  const prefix = id.slice(0, id.indexOf(':'));
  return `/law/${prefix}/${encodeURIComponent(provision?.article ?? '')}#${id}`;
}

type Naming = Pick<LawContext, 'book' | 'language' | 't'>;

/** The law data connect places by these words of English: "5, with 6 to 12". */
const CONNECTED = / (with|and|to) /;

/** The place in a source; in a policy, whose places are names of ours, the title of what stands there. */
function nameIn(context: Naming, pack: Pack, place: string, article: string | undefined): Html {
  const { t, language } = context;
  const short = say(pack.short, language);
  const title = pack.kind === 'policy' && pack.articles.find((one) => one.article === article)?.title;
  if (title) return html`${t('site.pair', { name: short, value: say(title, language) })}`;
  const parts = place.split(CONNECTED).map((part, i) => (i % 2 === 0 ? bdi(part) : ` ${t(`site.place.${part}`)} `));
  return html`${short} ${parts}`;
}

/** How a provision is called in a sentence: the short name of its source and its place. */
export function citeName(context: Naming, id: ProvisionId): Html {
  const { rules } = context.book;
  const provision = rules.provisions.find((one) => one.id === id);
  const pack = rules.packs.find((one) => one.id === provision?.pack);
  return provision && pack ? nameIn(context, pack, provision.source.place, provision.article) : bdi(id);
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
  return rule ? citeLink(context, rule.id) : nameIn(context, pack, place, undefined);
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

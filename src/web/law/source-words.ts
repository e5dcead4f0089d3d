// Where a rule stands and since when it is law, in words.

import type { Provision } from '../../law/provision.ts';
import type { LawContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';

/** A link out to the official text, named by who keeps it; nothing for an address that is no address. */
export function officialText({ t }: Pick<LawContext, 't'>, address: string): Html | false {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:') return false;
  return html`<a class="ds-link" href="${url.href}" rel="external noreferrer">${t.rich('law.official', { host: bdi(url.hostname.replace(/^www\./, '')) })}</a>`;
}

/** "Law since 24 December 2024". */
export function inForceWords({ t, language }: Pick<LawContext, 't' | 'language'>, { inForce }: Provision): Html {
  if (inForce === 'always') return html`${t('law.force.always')}`;
  const time = (day: string) => html`<time datetime="${day}">${sayDay(day as never, language)}</time>`;
  return inForce.until === undefined
    ? t.rich('law.force.from', { from: time(inForce.from) })
    : t.rich('law.force.until', { from: time(inForce.from), until: time(inForce.until) });
}

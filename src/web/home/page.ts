// The first page: what this node is, whose it is, and what can be done here today.

import { say } from '../../kernel/language.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';

const DOORS = [
  { path: '/check', name: 'site.nav.check', key: 'check' },
  { path: '/notice', name: 'doors.notice', key: 'notice' },
  { path: '/verify', name: 'doors.verify', key: 'verify' },
  { path: '/law', name: 'site.nav.law', key: 'law' },
  { path: '/figures', name: 'site.nav.figures', key: 'figures' },
  { path: '/api', name: 'site.nav.api', key: 'api' },
] as const;

/** Only doors to what is there. */
export function homePage(context: PageContext, isEmpty = false): Html {
  const { t, book, policy, language } = context;
  const counts = {
    provisions: book.rules.provisions.length,
    instruments: book.rules.packs.filter((pack) => pack.kind === 'instrument').length,
    measures: book.rules.measures.length,
    facts: book.rules.facts.length,
  };
  return page({
    context,
    title: t('site.name'),
    description: t('site.home.lead'),
    main: html`<div class="home-hero">
<h1>${t('site.home.title')}</h1>
<p class="lead">${t('site.home.lead')}</p>
<p class="no-print"><a class="ds-button" href="/check">${t('site.home.start')}</a></p>
</div>
${
  isEmpty &&
  html`<section class="note home-empty" aria-labelledby="empty"><h2 id="empty">${t('demo.offer.title')}</h2><p>${t('demo.offer.text')}</p>
<form method="post" action="/demo"><button class="ds-button" data-variant="secondary" type="submit">${t('demo.offer.button')}</button></form></section>`
}
<ul class="doors">${DOORS.map(
      ({ path, name, key }) => html`
<li class="door"><h2><a href="${path}">${t(name)}</a></h2><p>${t(`site.home.door.${key}`, counts)}</p></li>`,
    )}
</ul>
<div class="home-facts">
<section><h2>${t('site.home.whose')}</h2>
<p>${
      policy.profile
        ? t.rich('site.home.ofState', { state: html`<strong>${say(policy.profile.title, language)}</strong>` })
        : t('site.home.ofNobody')
    }</p>
<p>${t('site.home.holds', counts)}</p></section>
<section><h2>${t('site.home.principles')}</h2>
<ul>${['unknown', 'people', 'private', 'cited'].map((one) => html`<li>${t(`site.home.principle.${one}`)}</li>`)}</ul></section>
</div>`,
  });
}

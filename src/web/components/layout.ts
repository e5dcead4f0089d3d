// The frame of every page: head, header with the ways in and the languages, footer with what must always be said.

import { directionOf } from '../../kernel/language.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayDay, tagOf } from '../messages.ts';
import { type LanguageForm, languageMenu } from './language-menu.ts';
import { accountMenu, doorsFor } from './navigation.ts';

export type PageParts = {
  readonly context: PageContext;
  /** The name of the page, as it stands in its h1; the browser's title is made from it. */
  readonly title: string;
  readonly main: Html;
  /** Said before the title when something must be mended. */
  readonly hasErrors?: boolean;
  readonly description?: string;
  /** Scripts of src/web/enhance that make this page nicer. */
  readonly scripts?: readonly string[];
  /** The form whose answers must come along when the language is changed. */
  readonly languageForm?: LanguageForm;
  /** Seconds after which the page looks again by itself, while something is still going on; a page with a script hears of it instead. */
  readonly refreshAfter?: number;
  /** Light for all pages but those that are read at night; `auto` follows the device. */
  readonly scheme?: 'light' | 'dark' | 'auto';
  /** `lg` where a page is read from a distance. */
  readonly size?: 'md' | 'lg';
};

/** A whole page. */
export function page({
  context,
  title,
  main,
  hasErrors = false,
  description,
  scripts = [],
  languageForm,
  refreshAfter,
  scheme = 'light',
  size = 'md',
}: PageParts): Html {
  const { t, language, assets } = context;
  const links = scripts.map((name) => assets.script(name));
  return html`<!doctype html>
<html lang="${tagOf(language)}" dir="${directionOf(language)}" data-color-scheme="${scheme}" data-size="${size}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${scheme === 'auto' ? 'light dark' : scheme}">
${
  refreshAfter !== undefined &&
  html`${links.length > 0 && html`<noscript>`}<meta http-equiv="refresh" content="${refreshAfter}">${links.length > 0 && html`</noscript>`}
`
}<title>${hasErrors && t('site.errorBeforeTitle')}${title === t('site.name') ? title : t('site.titleOf', { title })}</title>
${description !== undefined && html`<meta name="description" content="${description}">`}
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
${assets.css(language).map(
  (href) => html`<link rel="stylesheet" href="${href}">
`,
)}${links.map((link) => [
  link.imports.map(
    (href) => html`<link rel="modulepreload" href="${href}">
`,
  ),
  html`<script type="module" src="${link.src}"></script>
`,
])}</head>
<body>
<a class="ds-skip-link" href="#main">${t('site.skip')}</a>
${demoBanner(context)}${alarmBanner(context)}${header(context, languageForm)}
<main id="main" tabindex="-1" class="site-width">
${main}
</main>
${footer(context)}
</body>
</html>
`;
}

/** Nobody may take what is invented for a real office; and whoever looks around can change places from anywhere. */
function demoBanner({ t, path, demonstration, session }: PageContext): Fragment {
  if (demonstration !== true) return null;
  return html`<aside class="demo-banner" aria-label="${t('demo.title')}"><p class="site-width">${t('demo.banner')}${
    path !== '/demo' &&
    html` <a class="no-print" href="/demo">${t(session ? 'demo.banner.people' : 'demo.banner.enter')}</a>`
  }</p></aside>
`;
}

/** To oversight and the head of the office alone: what they watch over does not fit, or nobody has looked. */
function alarmBanner({ t, path, alarm }: PageContext): Fragment {
  if (alarm === undefined || alarm === null) return null;
  return html`<aside class="alarm-banner" aria-label="${t('audit.title')}"><p class="site-width"><strong>${t(`audit.alarm.${alarm}`)}</strong>${
    path !== '/oversight/log' && html` <a class="no-print" href="/oversight/log">${t('audit.alarm.see')}</a>`
  }</p></aside>
`;
}

/** Doors with more letters than these do not fit beside a name: they stand in a line of their own. */
const LETTERS_IN_LINE = 42;

function header(context: PageContext, form: LanguageForm | undefined): Html {
  const { t, path } = context;
  const doors = doorsFor(context);
  const twoLines = doors.map(({ key }) => t(key)).join('').length > LETTERS_IN_LINE;
  const nav = html`<nav aria-label="${t('site.nav.label')}"><ul>${doors.map(
    (door) => html`
<li><a href="${door.path}"${current(door.path, path)}>${t(door.key)}</a></li>`,
  )}
</ul></nav>`;
  const ways = html`<div class="site-ways">${accountMenu(context)}${languageMenu(context, form)}</div>`;
  return html`<header class="site-header"><div class="site-width${twoLines && ' site-two-lines'}">
<a class="site-mark" href="/"><span lang="en" dir="ltr">${t('site.name')}</span></a>
${twoLines ? [ways, nav] : [nav, ways]}
</div></header>`;
}

const current = (door: string, path: string): Fragment =>
  path === door ? html` aria-current="page"` : path.startsWith(`${door}/`) && html` aria-current="true"`;

/** What is for whoever was told something, or trusts nobody: on every page, out of the way of those who work. */
const OPEN_DOORS = ['notice', 'figures', 'log', 'verify'] as const;

function footer({ t, book, language, today, policy }: PageContext): Html {
  return html`<footer class="site-footer"><div class="site-width">
<nav class="site-doors no-print" aria-label="${t('doors.label')}"><ul>${OPEN_DOORS.map(
    (door) => html`<li><a href="/${door}">${t(`doors.${door}`)}</a></li>`,
  )}<li><a href="/api">${t('site.nav.api')}</a></li></ul></nav>
<p><strong>${t('site.notAdvice')}</strong> ${t('site.notReviewed')}</p>
<p>${t.rich('site.lawOf', { day: html`<time datetime="${today}">${sayDay(today, language)}</time>` })}
<a href="${ruleSetAddress(book.hash)}">${t.rich('site.ruleSet', { hash: bdi(shortHash(book.hash)) })}</a>
${policy.profile && t.rich('site.profile', { state: bdi(policy.profile.state) })}</p>
</div></footer>`;
}

/** The first letters of a hash: enough to compare by eye. */
export const shortHash = (hash: string): string => hash.replace('sha256:', '').slice(0, 12);

/** Where the whole rule set can be had, under its own hash. */
export const ruleSetAddress = (hash: string): string => `/law/rule-set/${hash.replace('sha256:', '')}.json`;

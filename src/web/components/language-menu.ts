// The choice of language in the header: a fold with the same page in each language, which is named in itself. No script.

import { directionOf } from '../../kernel/language.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { OWN_NAME, PAGE_LANGUAGES, type PageLanguage, tagOf } from '../messages.ts';

/** `before` stands before the buttons in the header, the first of which would otherwise be what the Enter key presses. */
export type LanguageForm = { readonly form: string; readonly before: Html };

/** Links to the same page; buttons of `form` where answers must come along. */
export function languageMenu(context: PageContext, form: LanguageForm | undefined): Html {
  const { t, language } = context;
  return html`<div class="site-languages">${form?.before}<details>
<summary>${GLOBE}<span class="ds-sr-only">${t('site.language')}</span> <span class="site-language-name">${OWN_NAME[language]}</span></summary>
<ul>${PAGE_LANGUAGES.map(
    (one) => html`
<li lang="${tagOf(one)}">${one === language ? html`<span aria-current="true">${name(one)}</span>` : way(context, one, form)}</li>`,
  )}
</ul></details></div>`;
}

function way({ path, query }: PageContext, to: PageLanguage, form: LanguageForm | undefined): Html {
  const next = new URLSearchParams(query);
  next.set('lang', to);
  const address = `${path}?${next}`;
  return form === undefined
    ? html`<a class="site-language" href="${address}" hreflang="${tagOf(to)}">${name(to)}</a>`
    : html`<button class="site-language" type="submit" form="${form.form}" formaction="${address}" name="do" value="stay">${name(to)}</button>`;
}

/** A name runs in its own direction; where it stands is up to the page. */
const name = (language: PageLanguage): Html => html`<bdi dir="${directionOf(language)}">${OWN_NAME[language]}</bdi>`;

/** For whoever cannot read the page at all. */
const GLOBE = html`<svg class="site-globe" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="1.6"><circle cx="12" cy="12" r="9.2"/><ellipse cx="12" cy="12" rx="4.1" ry="9.2"/><path d="M2.8 12h18.4M4.4 7h15.2M4.4 17h15.2"/></g></svg>`;

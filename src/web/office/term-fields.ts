// The terms of the office: what the law says of each today, and the office's own number where the law sets none.

import { pair } from '../components/joined.ts';
import { citePlace } from '../components/cite.ts';
import { type TermName, TERMS, termRule } from '../../app/casework/office.ts';
import type { Text } from '../../kernel/language.ts';
import { say } from '../../kernel/language.ts';
import type { Desk } from '../casework/context.ts';
import { fieldError } from '../components/error-summary.ts';
import { type Html, html } from '../html.ts';
import type { SettingsView } from './view.ts';
import { termField } from './typed.ts';

export const termFields = (desk: Desk, view: SettingsView): Html => {
  const { t } = desk.page;
  return html`<section aria-labelledby="terms-title"><h2 id="terms-title">${t('office.terms')}</h2>
<p>${t('office.terms.about')}</p>
<ul class="terms">${TERMS.map((term) => termItem(desk, view, term))}</ul></section>`;
};

function termItem(desk: Desk, { standing, typed, errors }: SettingsView, term: TermName): Html {
  const { page: context } = desk;
  const { t, language } = context;
  const { unit } = standing.office.settings.terms[term];
  const said = lawOn(desk, standing.office.settings, term);
  const everywhere = said.some(({ pack }) => pack === null);
  const id = termField(term);
  const wrong = errors.some(({ field }) => field === id);
  return html`
<li><div class="term-name"><h3 id="${id}-name">${t(`office.term.${term}`)}</h3></div>
<div class="term-law">${
    said.length === 0
      ? html`<p class="cite">${t('office.lawSaysNothing')}</p>`
      : said.map(
          ({ pack, count, citation }) =>
            html`<p>${pair(context, pack ? say(pack, language) : t('office.anyInstrument'), html`<strong>${t(`casework.unit.${unit}`, { count })}</strong>`)} <span class="cite">${citePlace(context, citation)}</span></p>`,
        )
  }</div>
<div class="term-own">${
    everywhere
      ? html`<p class="cite">${t('office.lawSaysAll')}</p>`
      : html`<label for="${id}">${t(said.length > 0 ? 'office.ownElsewhere' : 'office.own')}<span class="ds-sr-only"> ${t(`office.term.${term}`)}</span></label>${fieldError(context, id, errors)}
<span class="number"><input class="ds-input" id="${id}" name="${id}" value="${typed.terms[term] ?? ''}" inputmode="numeric" aria-describedby="${id}-unit${wrong && ` ${id}-error`}"${wrong && html` aria-invalid="true"`}> <span id="${id}-unit">${t(`office.unit.${unit}`)}</span></span>`
  }</div></li>`;
}

type Said = { readonly pack: Text | null; readonly count: number; readonly citation: string };

/** What the law says of a term today under each instrument; once, where it says it for all of them. */
function lawOn({ work }: Desk, settings: SettingsView['standing']['office']['settings'], term: TermName): Said[] {
  const { rules } = work.law.book;
  const rule = (instrument: string | null) => termRule(rules, settings, term, instrument, work.world.today());
  const always = rule(null);
  if (always.source === 'law') return [{ pack: null, count: always.count, citation: always.citation ?? '' }];
  return rules.packs
    .filter(({ kind }) => kind === 'instrument')
    .flatMap(({ id, short }): Said[] => {
      const { source, count, citation = '' } = rule(id);
      return source === 'law' ? [{ pack: short, count, citation }] : [];
    });
}

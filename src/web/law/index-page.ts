// /law: every rule a node holds, by source or by measure, on any day, with plain filters.

import { lawOnDay } from '../../app/law-on-day.ts';
import { say } from '../../kernel/language.ts';
import type { FieldError } from '../components/error-summary.ts';
import { errorSummary, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { flag, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { byMeasure } from './by-measure.ts';
import { bySource } from './by-source.ts';
import { EFFECTS } from './effects.ts';
import { dayError, isFiltered, keepDay, lawAddress, type LawQuery, readQuery, VIEWS } from './query.ts';
import type { Shown } from './reading.ts';
import { matching } from './search.ts';

export function lawPage(context: PageContext): { readonly markup: Html; readonly ok: boolean } {
  const { t, book, policy, language } = context;
  const query = readQuery(context);
  const law = lawOnDay(book, policy, query.day);
  const found = matching(book.rules, law, query, language);
  const errors: FieldError[] = query.wrongDay ? [{ field: 'as-of', message: dayError(context, query.typedDay) }] : [];
  const shown = { context, query, law, found };
  const markup = page({
    context,
    title: t('law.title'),
    description: t('law.lead'),
    hasErrors: query.wrongDay,
    main: html`${errorSummary(context, errors)}
<h1>${t('law.title')}</h1>
<p class="lead">${t('law.lead')} <a class="ds-link no-print" href="#how-to-read">${t('law.how.title')}</a></p>
${filterForm(shown, errors)}
${views(shown)}
${result(shown)}
${query.view === 'measure' ? byMeasure(shown) : bySource(shown)}
${howToRead(context, query)}`,
  });
  return { markup, ok: errors.length === 0 };
}

function filterForm({ context, query }: Shown, errors: readonly FieldError[]): Html {
  const { t, book, language, today } = context;
  const wrong = errors.length > 0;
  return html`<form class="law-filter no-print" method="get" action="/law" role="search" aria-label="${t('law.filter.label')}">
${query.view !== 'source' && html`<input type="hidden" name="view" value="${query.view}">`}
<div class="field words"><label for="q">${t('law.filter.words')}</label>
<input class="ds-input" type="search" id="q" name="q" value="${query.words}" maxlength="200" autocomplete="off"></div>
<div class="field"><label for="measure">${t('law.filter.measure')}</label>
<select class="ds-input" id="measure" name="measure"><option value="">${t('law.filter.everyMeasure')}</option>
${book.rules.tiers.map(
  (tier) =>
    html`<optgroup label="${say(tier.title, language)}">${book.rules.measures
      .filter((measure) => measure.tier === tier.id)
      .map(
        (measure) =>
          html`<option value="${measure.id}"${flag('selected', measure.id === query.measure)}>${say(measure.title, language)}</option>`,
      )}</optgroup>`,
)}</select></div>
<div class="field"><label for="effect">${t('law.filter.effect')}</label>
<select class="ds-input" id="effect" name="effect"><option value="">${t('law.filter.everyEffect')}</option>
${EFFECTS.map((effect) => html`<option value="${effect}"${flag('selected', effect === query.effect)}>${t(`law.effects.${effect}`)}</option>`)}</select></div>
<div class="field day"><label for="as-of">${t('law.filter.day')}</label>
${fieldError(context, 'as-of', errors)}
<input class="ds-input date" type="date" id="as-of" name="as-of" value="${wrong ? '' : query.day === today && query.typedDay === '' ? today : query.day}"${wrong && html` aria-invalid="true" aria-describedby="as-of-error"`}></div>
<div class="buttons"><button class="ds-button" type="submit">${t('law.filter.show')}</button>
${(isFiltered(query) || query.day !== today || wrong) && html`<a class="ds-link" href="${lawAddress({ ...query, words: '', measure: null, effect: null, day: today }, today, {})}">${t('law.filter.clear')}</a>`}</div>
</form>`;
}

function views({ context, query }: Shown): Html {
  const { t, today } = context;
  return html`<nav class="law-views no-print" aria-label="${t('law.views')}"><ul>${VIEWS.map(
    (view) => html`
<li><a href="${lawAddress(query, today, { view })}"${view === query.view && html` aria-current="true"`}>${t(`law.view.${view}`)}</a></li>`,
  )}
</ul></nav>`;
}

/** How much was found, of which day, and what was looked for: a sentence that also stands on paper. */
function result({ context, query, law, found }: Shown): Html {
  const { t, language, today, book } = context;
  const day = html`<time datetime="${query.day}">${sayDay(query.day, language)}</time>`;
  const measure = book.rules.measures.find((one) => one.id === query.measure);
  const filters: Html[] = [];
  if (query.words !== '') filters.push(t.rich('law.found.words', { words: html`<bdi>${query.words}</bdi>` }));
  if (measure)
    filters.push(t.rich('law.found.measure', { measure: html`<strong>${say(measure.title, language)}</strong>` }));
  if (query.effect)
    filters.push(t.rich('law.found.effect', { effect: html`<strong>${t(`law.effects.${query.effect}`)}</strong>` }));
  return html`<div class="law-result">
<p>${t.rich('law.found.count', { found: found.length, all: law.standing.length, day })}${filters.map((one) => html` ${one}`)}</p>
${query.day !== today && html`<p class="note">${t.rich('law.otherDay', { day })} <a class="ds-link" href="${lawAddress(query, today, { day: today })}">${t('law.backToToday')}</a></p>`}
${found.length === 0 && html`<p class="note">${t(law.standing.length === 0 ? 'law.found.noLaw' : 'law.found.none')}</p>`}
</div>`;
}

const HINTS = ['source', 'effect', 'condition', 'verdict', 'confidence', 'cases'] as const;

function howToRead({ t, today }: PageContext, { day }: LawQuery): Html {
  return html`<section class="how-to-read" aria-labelledby="how-to-read"><h2 id="how-to-read">${t('law.how.title')}</h2>
<dl>${HINTS.map(
    (hint) => html`
<div><dt>${t(`law.how.${hint}.name`)}</dt><dd>${t(`law.how.${hint}.text`)}</dd></div>`,
  )}
</dl>
<p><a class="ds-link" href="/law/facts${keepDay(day, today)}">${t('law.how.facts')}</a></p></section>`;
}

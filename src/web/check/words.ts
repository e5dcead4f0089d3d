// How States, facts and answers are said in the language of the page.

import { say } from '../../kernel/language.ts';
import { isStateCode, STATE_CODES } from '../../kernel/state-code.ts';
import type { FactId, FactValue } from '../../law/provision.ts';
import type { FactSpec } from '../../law/rule-set.ts';
import type { LawContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { keptWords, localeOf, type PageLanguage, sayDay } from '../messages.ts';
import type { Day } from '../../kernel/calendar.ts';

const regions = new Map<PageLanguage, Intl.DisplayNames>();

/** The name of a State, if its code is assigned to one. */
export function stateName(code: string, language: PageLanguage): string | undefined {
  if (!STATE_CODES.includes(code) && code !== 'EU') return undefined;
  let names = regions.get(language);
  if (!names) {
    names = new Intl.DisplayNames(localeOf(language), { type: 'region', fallback: 'none' });
    regions.set(language, names);
  }
  return names.of(code);
}

/** "Kenya (KE)", or the bare code of a State that was made up. */
export const stateText = (code: string, language: PageLanguage): string => stateSaid(language, code);
const stateSaid = keptWords((language, code) => {
  const name = stateName(code, language);
  return name === undefined ? code : `${name} (${code})`;
});

const options = new Map<PageLanguage, Html>();

/** The list of every State that can be picked, by name, for fields with `list="states"`. */
export function stateList(language: PageLanguage): Html {
  let found = options.get(language);
  if (!found) {
    const texts = [...STATE_CODES, 'EU'].map((code) => stateText(code, language));
    texts.sort(new Intl.Collator(localeOf(language)).compare);
    found = html`<datalist id="states">${texts.map((text) => html`<option value="${text}"></option>`)}</datalist>`;
    options.set(language, found);
  }
  return found;
}

/** The code that a person meant: typed as a code, picked as "Kenya (KE)", or written as a name. */
export function stateCode(typed: string, language: PageLanguage): string | undefined {
  const clean = typed.trim();
  const code = (/\(([A-Za-z]{2})\)$/.exec(clean)?.[1] ?? clean).toUpperCase();
  if (isStateCode(code)) return code;
  const wanted = clean.toLocaleLowerCase(language);
  return [...STATE_CODES, 'EU'].find((one) => stateName(one, language)?.toLocaleLowerCase(language) === wanted);
}

export const specOf = ({ book }: Pick<LawContext, 'book'>, fact: FactId): FactSpec | undefined =>
  book.rules.facts.find((spec) => spec.id === fact);

export const labelOf = (context: Pick<LawContext, 'book' | 'language'>, fact: FactId): string => {
  const spec = specOf(context, fact);
  return spec ? say(spec.label, context.language) : fact;
};

/** An answer in words; null is "I don't know". */
export function valueText(
  { t, language }: Pick<LawContext, 't' | 'language'>,
  spec: FactSpec,
  value: FactValue | null,
): string {
  if (value === null) return t('site.answer.unknown');
  if (spec.type === 'boolean') return t(`site.answer.${value === true}`);
  if (spec.type === 'years')
    return value === 'life' ? t('check.years.life') : t('check.years.count', { years: value as number });
  if (spec.type === 'date') return sayDay(value as Day, language);
  const choice = spec.choices.find((one) => one.value === value);
  return choice ? say(choice.label, language) : String(value);
}

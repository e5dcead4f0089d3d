// A proposal while it is being written: what its form says, and how it travels from the form to its preview and back.

import { DISPOSITIONS, executes, isContrary } from '../../app/casework/deciding.ts';
import type { Disposition, Draft, Item } from '../../domain/decisions/decision.ts';
import { parseDay } from '../../kernel/calendar.ts';
import { isLanguage, type Language } from '../../kernel/language.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import { type Fields, one } from '../casework/answers.ts';
import { type Html, html } from '../html.ts';

export const dispositionOf = (text: string): Disposition | undefined => DISPOSITIONS.find((known) => known === text);
export const languageOf = (text: string, otherwise: Language): Language => (isLanguage(text) ? text : otherwise);

/** How an item travels: a category has no blank in it, whatever an account has. */
export const itemValue = ({ target, category }: Item): string => `${target} ${category}`;
const itemFrom = (text: string): Item => {
  const at = text.lastIndexOf(' ');
  return { target: text.slice(0, at), category: text.slice(at + 1) };
};

/** Browsers send lines apart by CR LF; what is signed has one form. */
const clean = (text: string): string => text.replace(/\r\n?/g, '\n').trim();

/** What the form says, of the parts that belong to its disposition; `outcome` is what the assessment advises. */
export function draftFrom(
  fields: Fields,
  disposition: Disposition,
  language: Language,
  outcome: OutcomeName | undefined,
): Draft {
  const many = (name: string): string[] => (fields[name] ?? []).map(clean).filter((text) => text !== '');
  const single = (name: string): string => clean(one(fields, name));
  const executing = executes(disposition);
  return {
    disposition,
    language,
    grounds: executing ? [] : many('ground').map((provision) => ({ provision, text: single(`text.${provision}`) })),
    conditions: disposition === 'execute-with-conditions' ? many('condition') : [],
    items: executing ? many('item').map(itemFrom) : [],
    reasons: single('reasons'),
    contraryReasons: outcome && isContrary({ disposition }, outcome) ? single('contraryReasons') : '',
    until: disposition === 'postpone' && parseDay(single('until')).ok ? single('until') : '',
    passTo: disposition === 'pass-on' ? single('passTo') : '',
  };
}

/** The draft as hidden fields of the form that proposes it. */
export function hiddenDraft(draft: Draft): Html {
  const field = (name: string, value: string): Html => html`<input type="hidden" name="${name}" value="${value}">`;
  return html`${field('as', draft.disposition)}${field('letter', draft.language)}
${draft.grounds.map(({ provision, text }) => [field('ground', provision), field(`text.${provision}`, text)])}
${draft.conditions.map((text) => field('condition', text))}${draft.items.map((item) => field('item', itemValue(item)))}
${field('reasons', draft.reasons)}${field('contraryReasons', draft.contraryReasons)}${field('until', draft.until)}${field('passTo', draft.passTo)}`;
}

/** Which field of the form a refusal is about. */
export const FIELD_OF: { readonly [code: string]: string } = {
  'decisions.ground-missing': 'grounds',
  'decisions.ground-not-found': 'grounds',
  'decisions.reasons-missing': 'reasons',
  'decisions.contrary-reasons-missing': 'contraryReasons',
  'decisions.conditions-missing': 'conditions',
  'decisions.nothing-to-produce': 'items',
  'decisions.more-than-asked': 'items',
  'decisions.not-in-part': 'items',
  'decisions.until-missing': 'until',
  'decisions.pass-to-missing': 'passTo',
};

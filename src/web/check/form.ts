// What stands in the form, read strictly: the request's first lines, the answers kept, and the questions now on the page.
// The form is the only memory there is: nothing of it is ever in an address or in a store.

import type { FactId, FactValue } from '../../law/provision.ts';
import { faultOf } from '../../law/request.ts';
import type { FactSpec, RuleSet } from '../../law/rule-set.ts';

export const BASICS = ['measure', 'requestingState', 'requestedState', 'receivedOn', 'instrument'] as const;
export type Basics = { readonly [K in (typeof BASICS)[number]]: string };

/** One question as it stands on the page: the chosen answer, and the number typed beside it. */
export type Draft = { readonly choice: string; readonly number: string };
/** What a draft says. */
export type Answer =
  | { readonly is: 'known'; readonly value: FactValue }
  | { readonly is: 'unknown' }
  | { readonly is: 'wrong'; readonly message: 'years' | 'value' };

export type Submitted = {
  readonly basics: Basics;
  /** Answers given before; null where the person said that they do not know. */
  readonly kept: { readonly [fact: FactId]: FactValue | null };
  readonly drafts: ReadonlyMap<FactId, Draft>;
  /** A kept answer that is open for another one. */
  readonly changing: FactId | null;
  /** The button that was pressed. */
  readonly action: string;
};

/** How "I don't know" travels. */
export const UNKNOWN = '?';

/** Reads the fields of the form; names that are no fact of the rule set are nothing. */
export function readForm(rules: RuleSet, fields: ReadonlyMap<string, string>): Submitted {
  const field = (name: string): string => fields.get(name) ?? '';
  const kept: { [fact: FactId]: FactValue | null } = {};
  const drafts = new Map<FactId, Draft>();
  for (const spec of rules.facts) {
    const before = fields.get(`f.${spec.id}`);
    if (before === UNKNOWN) kept[spec.id] = null;
    else if (before !== undefined) {
      const value = valueFrom(spec, before);
      if (value !== undefined) kept[spec.id] = value;
    }
    const choice = fields.get(`q.${spec.id}`);
    if (choice !== undefined) drafts.set(spec.id, { choice, number: field(`n.${spec.id}`) });
  }
  const changing = field('changing');
  return {
    basics: Object.fromEntries(BASICS.map((name) => [name, field(name)])) as Basics,
    kept,
    drafts,
    changing: drafts.has(changing) ? changing : null,
    action: field('do'),
  };
}

/** A value as it travels in the form, or undefined when it does not fit the fact. */
function valueFrom(spec: FactSpec, written: string): FactValue | undefined {
  const value =
    spec.type === 'boolean'
      ? written === 'true'
        ? true
        : written === 'false'
          ? false
          : written
      : spec.type === 'years' && written !== 'life'
        ? Number(written)
        : written;
  return faultOf(spec, value) === undefined ? value : undefined;
}

/** What a person answered on the page. A number that was typed counts even when "a number of years" was not ticked. */
export function answerOf(spec: FactSpec, { choice, number }: Draft): Answer {
  if (spec.type === 'years' && choice !== 'life' && (choice === 'years' || number.trim() !== '')) {
    const years = numberIn(number);
    return years === undefined ? { is: 'wrong', message: 'years' } : { is: 'known', value: years };
  }
  if (choice === UNKNOWN || choice === '') return { is: 'unknown' };
  const value = valueFrom(spec, choice);
  return value === undefined ? { is: 'wrong', message: 'value' } : { is: 'known', value };
}

/** A number of years as people write it, in Western or Arabic-Indic digits, with a point or a comma. */
export function numberIn(typed: string): number | undefined {
  const western = typed
    .trim()
    .replace(/[٠-٩]/g, (digit) => String('٠١٢٣٤٥٦٧٨٩'.indexOf(digit)))
    .replace(/[٫,]/, '.');
  return /^\d{1,4}(\.\d{1,4})?$/.test(western) ? Number(western) : undefined;
}

/** The draft that shows a value. */
export function draftOf(spec: FactSpec, value: FactValue | null | undefined): Draft {
  if (value === null || value === undefined) return { choice: UNKNOWN, number: '' };
  if (spec.type === 'years' && value !== 'life') return { choice: 'years', number: String(value) };
  return { choice: String(value), number: '' };
}

/** How a kept answer travels. */
export const written = (value: FactValue | null): string => (value === null ? UNKNOWN : String(value));

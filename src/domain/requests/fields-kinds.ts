// What a field of a request can be, and the small makers in which the form is written down.

import type { Day } from '../../kernel/calendar.ts';
import type { Moment } from '../calendar/moment.ts';
import type { Measure } from './fields-measures.ts';

/** Sizes beyond which a text or a list is refused. Attacker: whoever sends a request to fill a disk or stall a page. */
export const MAX_LINE = 500;
export const MAX_TEXT = 20_000;
export const MAX_ITEMS = 200;

/** Holds for one of these measures, or when the field beside it (a dotted path at the same level) has one of these values. */
export type Condition = {
  readonly measures?: readonly Measure[];
  readonly field?: string;
  readonly in?: readonly (string | boolean)[];
};
export type Need = 'required' | 'optional' | Condition;
/** What a line of text should look like; pages choose the keyboard by it, the reader checks it. */
export type Format = 'email' | 'phone' | 'url' | 'time-zone' | 'sha256';

type Common = {
  /** The name in JSON; unique among its neighbours. */
  readonly id: string;
  readonly need: Need;
  /** Shown only when this holds; without it, always. */
  readonly asked?: Condition;
};
export type Field = Common &
  (
    | { readonly kind: 'text' | 'long-text'; readonly maxLength: number; readonly format?: Format }
    /** `fact`: the law names the choices, under that fact; what is stored is its text. */
    | { readonly kind: 'fact-choice'; readonly fact: string; readonly maxLength: number }
    | { readonly kind: 'choice' | 'choices'; readonly options: readonly string[] }
    /** A day, a day with or without a time, or yes and no. */
    | { readonly kind: 'day' | 'moment' | 'yes-no' }
    | { readonly kind: 'number'; readonly min: number; readonly max: number }
    /** Years of imprisonment, or `life`. */
    | { readonly kind: 'years' }
    /** ISO 3166-1 alpha-2; a BCP 47 tag. */
    | { readonly kind: 'state' | 'language' }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    | { readonly kind: 'list'; readonly fields: readonly Field[]; readonly maxItems: number }
  );

/** The value of a field once read. */
export type ValueOf<F> = F extends { kind: 'group'; fields: infer G extends readonly Field[] }
  ? ContentOf<G>
  : F extends { kind: 'list'; fields: infer G extends readonly Field[] }
    ? readonly ContentOf<G>[]
    : F extends { kind: 'choice'; options: readonly (infer O)[] }
      ? O
      : F extends { kind: 'choices'; options: readonly (infer O)[] }
        ? readonly O[]
        : F extends { kind: 'yes-no' }
          ? boolean
          : F extends { kind: 'number' }
            ? number
            : F extends { kind: 'years' }
              ? number | 'life'
              : F extends { kind: 'day' }
                ? Day
                : F extends { kind: 'moment' }
                  ? Moment
                  : string;
/** Fields as an object; every part may be missing while the request is being written. */
export type ContentOf<G extends readonly Field[]> = { readonly [F in G[number] as F['id']]?: ValueOf<F> };

type Extra = { readonly asked?: Condition };

export const text = <const I extends string>(
  id: I,
  need: Need = 'optional',
  extra: Extra & { readonly format?: Format } = {},
) => ({ id, kind: 'text', need, maxLength: MAX_LINE, ...extra }) as const;

export const longText = <const I extends string>(id: I, need: Need = 'optional', extra: Extra = {}) =>
  ({ id, kind: 'long-text', need, maxLength: MAX_TEXT, ...extra }) as const;

export const factChoice = <const I extends string>(id: I, fact: string, need: Need = 'optional', extra: Extra = {}) =>
  ({ id, kind: 'fact-choice', need, fact, maxLength: 40, ...extra }) as const;

export const choice = <const I extends string, const O extends readonly string[]>(
  id: I,
  options: O,
  need: Need = 'optional',
  extra: Extra = {},
) => ({ id, kind: 'choice', need, options, ...extra }) as const;

export const choices = <const I extends string, const O extends readonly string[]>(
  id: I,
  options: O,
  need: Need = 'optional',
  extra: Extra = {},
) => ({ id, kind: 'choices', need, options, ...extra }) as const;

/** A field that needs nothing but its kind. */
export const plain = <
  const K extends 'day' | 'moment' | 'yes-no' | 'years' | 'state' | 'language',
  const I extends string,
>(
  kind: K,
  id: I,
  need: Need = 'optional',
  extra: Extra = {},
) => ({ id, kind, need, ...extra }) as const;

/** A whole number from `min` to `max`. */
export const number = <const I extends string>(
  id: I,
  min: number,
  max: number,
  need: Need = 'optional',
  extra: Extra = {},
) => ({ id, kind: 'number', need, min, max, ...extra }) as const;

export const group = <const I extends string, const G extends readonly Field[]>(
  id: I,
  need: Need,
  fields: G,
  extra: Extra = {},
) => ({ id, kind: 'group', need, fields, ...extra }) as const;

export const list = <const I extends string, const G extends readonly Field[]>(
  id: I,
  need: Need,
  fields: G,
  extra: Extra = {},
) => ({ id, kind: 'list', need, fields, maxItems: MAX_ITEMS, ...extra }) as const;

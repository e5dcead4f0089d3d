// Between the form and the content: what a page shows for a step, and what comes back merged in, so that nothing typed is lost.

import type { Json } from '../../kernel/canonical-json.ts';
import { type ContentFault, faultOf, readValue, type RequestContent } from './content.ts';
import { STEPS, type StepId } from './fields.ts';
import type { Field } from './fields-kinds.ts';
import type { Measure } from './fields-measures.ts';
import { isAsked, isGiven, isRequired, keyOf, pointerOf, type Values } from './fields-path.ts';

/** What was typed and could not be read, by the name of its control: shown again as it was, and kept beside the content. */
export type Unread = { readonly [name: string]: readonly string[] };

/** One control, or a group or list of them, as a page shows it. */
export type FormField = {
  readonly field: Field;
  /** The name of the control, such as `targets.0.service`; its place in the content is `pointer`. */
  readonly name: string;
  readonly pointer: string;
  /** Its words in the catalogue: `request.field.<key>`, `request.hint.<key>`, `request.option.<key>.<option>`. */
  readonly key: string;
  readonly required: boolean;
  /** What stands in the control: one text; `yes` or `no`; the options chosen. Empty for groups and lists. */
  readonly values: readonly string[];
  /** The parts of a group. */
  readonly fields: readonly FormField[];
  /** The items of a list, each with its parts. A list that is required shows an empty item to begin with. */
  readonly items: readonly (readonly FormField[])[];
};

const fieldsIn = (step: StepId): readonly Field[] => STEPS.find((one) => one.id === step)?.fields ?? [];

/** The controls of a step for that measure and the answers so far. */
export const fieldsOfStep = (
  step: StepId,
  measure: Measure,
  content: RequestContent,
  unread: Unread = {},
): readonly FormField[] => shown(fieldsIn(step), measure, content as Values, '', unread);

function shown(
  fields: readonly Field[],
  measure: Measure,
  beside: Values,
  prefix: string,
  unread: Unread,
): FormField[] {
  return fields
    .filter((field) => isAsked(field, measure, beside))
    .map((field): FormField => {
      const name = `${prefix}${field.id}`;
      const pointer = pointerOf(name);
      const required = isRequired(field, measure, beside);
      const value = beside[field.id];
      const base = { field, name, pointer, key: keyOf(pointer), required, values: [], fields: [], items: [] };
      if (field.kind === 'group')
        return { ...base, fields: shown(field.fields, measure, asValues(value), `${name}.`, unread) };
      if (field.kind !== 'list') return { ...base, values: own(unread, name) ?? textsOf(value) };
      const there = asItems(value);
      const items = there.length === 0 && required ? [{}] : there;
      return {
        ...base,
        items: items.map((item, n) => shown(field.fields, measure, asValues(item), `${name}.${n}.`, unread)),
      };
    });
}

export type Merged = {
  readonly content: RequestContent;
  readonly faults: readonly ContentFault[];
  /** What was typed on this page or an earlier one and could not be read yet. */
  readonly unread: Unread;
};

/**
 * Merges what a page of the form sent into the content. A name that is not there leaves its value as it was; an empty one
 * takes it away (a page sends each group of check boxes with an empty value, so that none of them is an answer too).
 * `add:targets` appends an item to a list, `remove:targets:1` takes one away. What cannot be read is a fault, and stays in `unread`.
 */
export function mergeStep(
  content: RequestContent,
  step: StepId,
  entries: ReadonlyMap<string, readonly string[]>,
  unread: Unread = {},
): Merged {
  const fields = fieldsIn(step);
  const here = new Set(fields.map((field) => field.id));
  const kept = Object.entries(unread).filter(([name]) => !here.has(name.split('.')[0] ?? ''));
  const page: Page = { entries, parts: partsOf(entries), before: unread, faults: [], unread: Object.fromEntries(kept) };
  const merged = merge(page, fields, content as Values, '', '');
  return { content: merged as RequestContent, faults: page.faults, unread: page.unread };
}

type Page = {
  readonly entries: ReadonlyMap<string, readonly string[]>;
  /** Every group and item that the page sent something of: `targets.0` for `targets.0.service`. */
  readonly parts: ReadonlySet<string>;
  readonly before: Unread;
  readonly faults: ContentFault[];
  readonly unread: { [name: string]: readonly string[] };
};

function partsOf(entries: ReadonlyMap<string, readonly string[]>): Set<string> {
  const parts = new Set<string>();
  for (const name of entries.keys())
    for (let dot = name.indexOf('.'); dot !== -1 && dot < LONGEST_NAME; dot = name.indexOf('.', dot + 1))
      parts.add(name.slice(0, dot));
  return parts;
}
/** Longer than any name of the form, so that a name of a thousand dots costs no more than another. */
const LONGEST_NAME = 100;

/** `from` is the prefix under which the page sent the values, `to` the one they get: they part when an item before is removed. */
function merge(page: Page, fields: readonly Field[], current: Values, from: string, to: string): Values {
  const merged: { [id: string]: Json | undefined } = { ...current };
  for (const field of fields) {
    const value = mergeField(page, field, current[field.id], `${from}${field.id}`, `${to}${field.id}`);
    if (value === undefined) delete merged[field.id];
    else merged[field.id] = value;
  }
  return merged;
}

function mergeField(page: Page, field: Field, current: Json | undefined, from: string, to: string): Json | undefined {
  if (field.kind === 'group') {
    const merged = merge(page, field.fields, asValues(current), `${from}.`, `${to}.`);
    return Object.keys(merged).length > 0 ? merged : undefined;
  }
  if (field.kind === 'list') {
    const items = mergeList(page, field, asItems(current), from, to);
    return items.length > 0 ? items : undefined;
  }
  const sent = page.entries.get(from) ?? own(page.before, from);
  if (sent === undefined) return current;
  const typed = sent.map((text) => text.replaceAll('\r\n', '\n').trim()).filter((text) => text !== '');
  if (typed.length === 0) return undefined;
  const before = page.faults.length;
  const value = readValue(field, fromText(field, typed), pointerOf(to), page.faults);
  if (page.faults.length > before) page.unread[to] = sent.map(storable);
  return value;
}

type List = Field & { readonly kind: 'list' };

function mergeList(page: Page, field: List, current: readonly Json[], from: string, to: string): Json[] {
  const items: Json[] = [];
  const adding = page.entries.has(`add:${from}`);
  for (let n = 0; n < current.length || page.parts.has(`${from}.${n}`); n++) {
    if (page.entries.has(`remove:${from}:${n}`)) continue;
    const unreadBefore = Object.keys(page.unread).length;
    const item = merge(page, field.fields, asValues(current[n]), `${from}.${n}.`, `${to}.${items.length}.`);
    // The empty item that a page shows to begin with is none until something is typed into it, or a second is wanted.
    if (n < current.length || adding || isGiven(item) || Object.keys(page.unread).length > unreadBefore)
      items.push(item);
  }
  if (adding) items.push({});
  if (items.length <= field.maxItems) return items;
  page.faults.push(faultOf('too-many', pointerOf(to), { max: field.maxItems }));
  return items.slice(0, field.maxItems);
}

/** As typed, but for what neither JSON nor a database can keep, which shows as a mark in its place. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\u0000', '\ufffd');

/** What the texts of a control mean, in the type of its field; what means nothing stays text, and reading refuses it. */
function fromText(field: Field, typed: readonly string[]): unknown {
  const text = typed[0] ?? '';
  switch (field.kind) {
    case 'choices':
      return typed;
    case 'yes-no':
      return text === 'yes' ? true : text === 'no' ? false : text;
    case 'number':
    case 'years': {
      const number = westernDigits(text).replace('٫', '.');
      return /^\d+(?:\.\d+)?$/.test(number) ? Number(number) : text;
    }
    case 'day':
      return westernDigits(text);
    case 'moment':
      return westernDigits(text).replace(/^(\S{10}) +(?=\d)/, '$1T');
    case 'state':
      return text.toUpperCase();
    default:
      return text;
  }
}

/** People write numbers in the digits of their language: Arabic ones, and those of Persian and Urdu. */
const westernDigits = (text: string): string =>
  text
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[۰-۹]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));

function textsOf(value: Json | undefined): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.map(String);
  return [value === true ? 'yes' : value === false ? 'no' : String(value)];
}

const own = (unread: Unread, name: string): readonly string[] | undefined =>
  Object.hasOwn(unread, name) ? unread[name] : undefined;
const asValues = (value: Json | undefined): Values => (value ?? {}) as Values;
const asItems = (value: Json | undefined): readonly Json[] => (value ?? []) as readonly Json[];

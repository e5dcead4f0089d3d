// Finding one's way in the form: which fields are asked and needed, and what stands at a JSON Pointer.

import type { Json } from '../../kernel/canonical-json.ts';
import { escapePointer } from '../../kernel/strict-json.ts';
import type { Condition, Field } from './fields-kinds.ts';
import type { Measure } from './fields-measures.ts';

/** The content, a group or an item of a list, seen as names and values. */
export type Values = { readonly [id: string]: Json | undefined };

/** Whether a condition holds beside these values. */
export const holds = (condition: Condition, measure: Measure, beside: Values): boolean =>
  condition.measures?.includes(measure) === true ||
  (condition.field !== undefined && condition.in?.includes(valueOf(beside, condition.field) as string) === true);

/** Whether the form asks this field for the measure and what was answered so far. */
export const isAsked = (field: Field, measure: Measure, beside: Values): boolean =>
  field.asked === undefined || holds(field.asked, measure, beside);

/** Whether a complete request must have it. */
export const isRequired = (field: Field, measure: Measure, beside: Values): boolean =>
  isAsked(field, measure, beside) &&
  (field.need === 'required' || (field.need !== 'optional' && holds(field.need, measure, beside)));

/** Whether anything was said: a group or list with nothing in it says nothing; a plain `false` does. */
export function isGiven(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object') return true;
  return (Array.isArray(value) ? (value as readonly Json[]) : Object.values(value)).some(isGiven);
}

/** What stands at a dotted path such as `urgency.level` or `targets.0.service`. */
function valueOf(values: Values, path: string): Json | undefined {
  let value: Json | undefined = values;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Values)[step];
  }
  return value;
}

/** What stands at a JSON Pointer into the content; undefined where nothing does. */
export const valueAt = (values: Values, pointer: string): Json | undefined =>
  pointer === '' ? values : valueOf(values, nameOf(pointer));

/** `/targets/0/service` as the name of a form control: `targets.0.service`. Names of fields need no escaping. */
export const nameOf = (pointer: string): string => pointer.slice(1).replaceAll('/', '.');
export const pointerOf = (name: string): string => `/${name.split('.').map(escapePointer).join('/')}`;
/** The key of its words in the catalogue: the name without places in lists, `targets.service`. */
export const keyOf = (pointer: string): string => nameOf(pointer).replace(/\.\d+(?=\.|$)/g, '');

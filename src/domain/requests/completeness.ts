// What a request still lacks: the parts that must be there, and the rules that hold between them. The same on a page,
// while it is being written, and at the desk that receives it. Whether a text is any good is for a person to say.

import type { RequestContent } from './content.ts';
import { STEPS, type StepId } from './fields.ts';
import type { Field } from './fields-kinds.ts';
import type { Measure } from './fields-measures.ts';
import { isAsked, isGiven, isRequired, type Values, valueAt } from './fields-path.ts';
import { crossRules, type CrossSettings, type RuleBroken } from './completeness-rules.ts';

/** One thing that is missing, or does not fit with the rest. */
export type Missing = {
  /** JSON Pointer into the content. */
  readonly pointer: string;
  /** The page of the form on which it can be mended. */
  readonly step: StepId;
  /** The words for it: `request.missing.<why>`. */
  readonly why: 'missing' | RuleBroken['why'];
  readonly values?: { readonly [name: string]: string | number };
  /** `must`: the request cannot be dealt with without it. `should`: it will be asked for, or weighs in the assessment. */
  readonly weight: 'must' | 'should';
};

/** What the office or the requested State sets; each rule rests where its setting is not known. */
export type CompletenessSettings = CrossSettings;

/** Steps that a withdrawal still needs: who withdraws which request, and who signs for it. */
const OF_WITHDRAWAL: readonly StepId[] = ['authority', 'addressee', 'declaration'];

/** All that is missing, in the order of the form. */
export function completeness(
  content: RequestContent,
  measure: Measure,
  settings: CompletenessSettings = {},
): readonly Missing[] {
  const withdrawn = content.requestStatus === 'withdrawal';
  const rules = crossRules(content, measure, settings);
  return STEPS.filter((step) => !withdrawn || OF_WITHDRAWAL.includes(step.id)).flatMap((step): Missing[] => {
    const beside = content as Values;
    const asked = new Set(
      step.fields.filter((field) => isAsked(field, measure, beside)).map((field): string => field.id),
    );
    const needed = absent(step.fields, measure, beside, '');
    return [
      ...needed.map((pointer): Missing => ({ pointer, step: step.id, why: 'missing', weight: 'must' })),
      ...rules
        .filter(({ pointer }) => asked.has(pointer.split('/')[1] ?? '') && !needed.includes(pointer))
        .map((rule): Missing => ({ ...rule, step: step.id })),
    ];
  });
}

/** Whether nothing that must be there is missing. */
export const isComplete = (missing: readonly Missing[]): boolean => missing.every((one) => one.weight === 'should');

/** Pointers of what is required and not given; a group that is missing altogether is one thing that is missing. */
function absent(fields: readonly Field[], measure: Measure, beside: Values, prefix: string): string[] {
  return fields
    .filter((field) => isAsked(field, measure, beside))
    .flatMap((field) => {
      const pointer = `${prefix}/${field.id}`;
      const value = valueAt(beside, `/${field.id}`);
      if (!isGiven(value) && !hasEmptyItems(value)) return isRequired(field, measure, beside) ? [pointer] : [];
      if (field.kind === 'group') return absent(field.fields, measure, value as Values, pointer);
      if (field.kind !== 'list') return [];
      return (value as readonly Values[]).flatMap((item, n) => absent(field.fields, measure, item, `${pointer}/${n}`));
    });
}

/** An item that someone added and left empty is asked about: either it says something or it goes. */
const hasEmptyItems = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

// The shapes of the files under law/: one source for the parser here and for the JSON Schemas that editors use.

import { z } from 'zod';
import { parseDay } from '../../kernel/calendar.ts';
import { EFFECTS, VERDICTS } from '../provision.ts';

const text = z
  .strictObject({
    en: z.string().min(1),
    ar: z.string().min(1),
    zh: z.string().min(1).optional(),
    fr: z.string().min(1).optional(),
    ru: z.string().min(1).optional(),
    es: z.string().min(1).optional(),
  })
  .describe('Text for people, in English and Arabic at least');
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => parseDay(value).ok, 'is not a day of the calendar')
  .describe('A day, year-month-day');
const id = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  .describe('Lower-case words joined by hyphens');
const factId = z
  .string()
  .regex(/^[a-z]+\.[a-zA-Z]+$/)
  .describe('A fact, like offence.minor');
const provisionId = z
  .string()
  .regex(/^[a-z0-9-]+:[A-Za-z0-9.-]+$/)
  .describe('A provision, like policy:notice');
const address = z.url({ protocol: /^https$/ });
const confidence = z.enum(['certified', 'secondary', 'unverified']);
const concerned = z.array(z.string().min(1)).min(1).describe('Measures or groups of measures.yaml');
const factValue = z.union([z.boolean(), z.number(), z.string()]);

type ConditionFile =
  | string
  | { all: ConditionFile[] }
  | { any: ConditionFile[] }
  | { not: ConditionFile }
  | { fact: string; in: string[] }
  | { fact: string; 'at-least': string }
  | { fact: string; below: string }
  | { met: string }
  | { measure: string[] };

export const condition: z.ZodType<ConditionFile> = z.lazy(() =>
  z.union([
    z.string().min(1).describe('A yes-or-no fact that must be true, or "always"'),
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    z.strictObject({ fact: factId, in: z.array(z.string()).min(1) }),
    z.strictObject({ fact: factId, 'at-least': z.string() }),
    z.strictObject({ fact: factId, below: z.string() }),
    z.strictObject({ met: provisionId }),
    z.strictObject({ measure: concerned }),
  ]),
);

const source = z.strictObject({
  instrument: z.string().optional(),
  place: z.string().min(1),
  paraphrase: text,
  confidence,
  basis: text.describe('How far the text was read, and where'),
  address: address.optional(),
  standard: z.string().min(1).optional(),
  'certified-by': z.string().min(1).optional(),
  'certified-on': day.optional(),
});

const strength = z.enum(['required', 'recommended']);

export const provision = z.strictObject({
  id: provisionId,
  title: text,
  effect: z.enum(EFFECTS),
  strength: z.union([strength, z.record(z.string(), strength)]).optional(),
  concerns: concerned,
  gate: condition.optional(),
  when: condition,
  source,
  gap: text.optional(),
  beside: z.array(provisionId).optional(),
  'in-force': z.union([z.literal('always'), z.strictObject({ from: day, until: day.optional() })]),
  explain: z.strictObject({
    met: text,
    'not-met': text.optional(),
    undetermined: text.optional(),
    'not-applicable': text.optional(),
  }),
  what: text.optional(),
  clock: z
    .strictObject({
      bound: z.enum(['at-least', 'at-most', 'within']),
      parameter: z.string().min(1),
      from: z.enum(['receipt', 'hold', 'order', 'disclosure']),
      // biome-ignore lint/suspicious/noThenProperty: the law's own word for what follows; nothing awaits a pack file
      then: text.optional(),
    })
    .optional(),
  ground: id.optional(),
  cases: z.array(
    z.strictObject({
      measure: z.string().optional(),
      given: z.record(z.string(), factValue),
      expect: z.enum(VERDICTS),
    }),
  ),
  reviewed: z.array(z.strictObject({ by: z.string().min(1), on: day })),
});
export type ProvisionFile = z.infer<typeof provision>;

export const article = z.strictObject({
  article: z.string().min(1),
  title: text,
  provisions: z.array(provision).min(1),
});

export const pack = z.strictObject({
  pack: id,
  prefix: id.optional().describe('The part of its provision ids before the colon, when it is not the pack id'),
  kind: z.enum(['instrument', 'rights', 'policy']),
  order: z.int().positive().describe('Its place among the packs of its kind'),
  version: z.string().min(1),
  title: text,
  short: text,
  address,
});

export const parameters = z.strictObject({
  parameters: z.array(
    z.strictObject({
      id,
      unit: z.enum(['years', 'days', 'hours', 'date']),
      values: z.array(z.strictObject({ from: day, value: z.union([z.number().nonnegative(), day]) })).min(1),
      source: z.strictObject({ place: z.string().min(1), confidence }),
    }),
  ),
});

const translationInto = <L extends 'zh' | 'fr' | 'ru' | 'es'>(language: L) =>
  z.strictObject({
    language: z.literal(language),
    texts: z.array(
      z.strictObject({
        en: z.string().min(1).describe('The text of the law, exactly as it stands in English'),
        [language]: z.string().nullable().describe('The same in the language of the file; empty: not yet translated'),
      } as Record<'en', z.ZodString> & Record<L, z.ZodNullable<z.ZodString>>),
    ),
  });

export const translation = z.discriminatedUnion('language', [
  translationInto('zh'),
  translationInto('fr'),
  translationInto('ru'),
  translationInto('es'),
]);

const named = z.strictObject({ id: z.string().min(1), title: text });

export const facts = z.strictObject({
  groups: z.array(named).min(1),
  facts: z
    .array(
      z.strictObject({
        id: factId,
        type: z.enum(['boolean', 'years', 'choice', 'date']),
        judgement: z.boolean(),
        concerns: concerned,
        group: z.string().min(1),
        label: text,
        question: text,
        help: text,
        choices: z
          .array(z.strictObject({ value: z.string().min(1), label: text }))
          .min(2)
          .optional(),
      }),
    )
    .min(1),
});

export const measures = z.strictObject({
  tiers: z.array(named).min(1),
  measures: z.array(z.strictObject({ id, tier: z.string().min(1), title: text })).min(1),
  groups: z.record(z.string(), z.array(id).min(1)),
});

const word = z.enum(['required', 'recommended', 'off', 'must', 'may', 'on']);
const since = z.strictObject({ from: day, until: day.optional() });

export const profile = z.strictObject({
  state: z.string().regex(/^[A-Z]{2}$/),
  title: text,
  invented: z.boolean().optional(),
  languages: z.array(z.string().min(2)).optional(),
  authorities: z
    .array(
      z.strictObject({
        role: z.enum(['central-authority', 'contact-point', 'extradition']),
        title: text,
        reach: z.string(),
      }),
    )
    .optional(),
  remedies: z
    .array(
      z.strictObject({
        for: z.enum(['person', 'requesting-state']),
        body: text,
        how: text,
        days: z.int().positive().optional(),
        law: z.string().min(1),
      }),
    )
    .optional(),
  reservations: z.array(z.strictObject({ provision: provisionId, text, since: day, source: z.string() })).optional(),
  policy: z
    .array(z.strictObject({ provision: provisionId, set: z.union([word, z.record(z.string(), word)]), reason: text }))
    .optional(),
  parameters: z
    .array(
      z.strictObject({
        id: z.string(),
        values: z.array(z.strictObject({ from: day, value: z.number().nonnegative() })).min(1),
        reason: text,
      }),
    )
    .optional(),
  treaties: z
    .array(
      z.strictObject({ instrument: id, with: z.string().regex(/^[A-Z]{2}$/), 'in-force': since, source: z.string() }),
    )
    .optional(),
  'counts-as-mla-treaty': z
    .array(id)
    .optional()
    .describe('Instruments this office counts as another treaty on mutual legal assistance'),
  'other-mla-treaty': z
    .array(z.strictObject({ with: z.string().regex(/^[A-Z]{2}$/), known: z.boolean(), since: day, source: z.string() }))
    .optional(),
});

export const register = z.strictObject({
  register: z.string().min(1),
  instruments: z.array(
    z.strictObject({
      instrument: id,
      adopted: day.nullable().optional(),
      opened: day.nullable().optional(),
      'in-force': day.nullable(),
      note: text.optional(),
      source: z.string(),
      confidence,
    }),
  ),
  parties: z.array(
    z.strictObject({
      state: z.string().regex(/^[A-Z]{2}$/),
      instrument: id,
      signed: day.optional(),
      ratified: day.optional(),
      'in-force': since.optional(),
      source: z.string(),
      confidence,
    }),
  ),
});

// The shapes of the answers about the law, as they stand in the OpenAPI document; a test holds every answer to them.

import { z } from '@hono/zod-openapi';
import { parseDay } from '../kernel/calendar.ts';

/** Every shape has a name in the document, so that clients made from it have types with names. */
const named = <S extends z.ZodType>(name: string, shape: S): S => shape.openapi(name);

export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((text) => parseDay(text).ok, 'is not a day of the calendar; write year-month-day, like 2028-03-01');
const count = z.int().min(0);
const ids = z.array(z.string());

const text = named(
  'Text',
  z.strictObject({
    en: z.string(),
    ar: z.string(),
    zh: z.string().optional(),
    fr: z.string().optional(),
    ru: z.string().optional(),
    es: z.string().optional(),
  }),
);
const ruleSet = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const confidence = z.enum(['certified', 'secondary', 'unverified']);
const strength = z.enum(['required', 'recommended']);
const verdict = z.enum(['met', 'not-met', 'undetermined', 'not-applicable']);
const factValue = z.union([z.boolean(), z.number(), z.string()]);
export const EFFECT_NAMES = [
  'scope',
  'form',
  'refuse-must',
  'refuse-may',
  'safeguard',
  'condition',
  'option',
  'duty',
  'bar-to-refusal',
] as const;
export const effect = z.enum(EFFECT_NAMES);

export const problemShape = named(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    errors: z
      .array(
        z.strictObject({
          pointer: z.string().optional(),
          parameter: z.string().optional(),
          detail: z.string(),
          line: z.int().optional(),
        }),
      )
      .optional(),
  }),
);

const tier = z.strictObject({ id: z.string(), title: text });
const measure = named('Measure', z.strictObject({ id: z.string(), tier: z.string(), title: text }));
const confidences = z.strictObject({ certified: count, secondary: count, unverified: count });

const pack = named(
  'Pack',
  z.strictObject({
    id: z.string(),
    prefix: z.string(),
    kind: z.enum(['instrument', 'rights', 'policy']),
    version: z.string(),
    title: text,
    short: text,
    address: z.string(),
    provisions: count,
    confidence: confidences,
    reviewed: count,
    articles: z.array(z.strictObject({ article: z.string(), title: text, page: z.string() })),
  }),
);

export const lawShape = named(
  'Law',
  z.strictObject({
    ruleSet,
    asOf: day,
    policy: z.strictObject({ state: z.string(), hash: z.string() }).nullable(),
    counts: z.strictObject({ provisions: count, inForce: count, facts: count, measures: count, workedCases: count }),
    packs: z.array(pack),
    tiers: z.array(tier),
    measures: z.array(measure),
    facts: z.array(z.strictObject({ id: z.string(), type: z.string(), judgement: z.boolean() })),
  }),
);

export const measuresShape = named(
  'Measures',
  z.strictObject({ ruleSet, tiers: z.array(tier), measures: z.array(measure), groups: z.record(z.string(), ids) }),
);

const fact = named(
  'Fact',
  z.strictObject({
    id: z.string(),
    type: z.enum(['boolean', 'years', 'choice', 'date']),
    judgement: z.boolean(),
    concerns: ids,
    group: z.string(),
    label: text,
    question: text,
    help: text,
    choices: z.array(z.strictObject({ value: z.string(), label: text })),
  }),
);

export const factsShape = named(
  'Facts',
  z.strictObject({ ruleSet, groups: z.array(z.strictObject({ id: z.string(), title: text })), facts: z.array(fact) }),
);

const inForce = z.union([z.literal('always'), z.strictObject({ from: day, until: day.optional() })]);
const reviewed = z.array(z.strictObject({ by: z.string(), on: day }));
const concerns = z.record(z.string(), strength.nullable());

const summary = named(
  'ProvisionSummary',
  z.strictObject({
    id: z.string(),
    pack: z.string(),
    article: z.string(),
    place: z.string(),
    title: text,
    effect,
    concerns,
    confidence,
    inForce,
    reviewed: z.boolean(),
    href: z.string(),
    page: z.string(),
  }),
);

export const provisionsShape = named(
  'Provisions',
  z.strictObject({ ruleSet, asOf: day, count, provisions: z.array(summary) }),
);

/** A condition names itself again; the document says so with a reference of its own (see document.ts). */
const condition = z.unknown().openapi('Condition');

const source = z.strictObject({
  instrument: z.string(),
  place: z.string(),
  paraphrase: text,
  confidence,
  basis: z.union([z.string(), text]),
  address: z.string(),
  standard: z.union([z.string(), text]).optional(),
  certified: z.strictObject({ by: z.string(), on: day }).optional(),
});

const clock = z.strictObject({
  bound: z.enum(['at-least', 'at-most', 'within']),
  parameter: z.string(),
  from: z.enum(['receipt', 'hold', 'order', 'disclosure']),
  // biome-ignore lint/suspicious/noThenProperty: the law's own word for what follows; nothing awaits an answer
  then: text.optional(),
});

const parameter = named(
  'Parameter',
  z.strictObject({
    id: z.string(),
    unit: z.enum(['years', 'days', 'hours', 'date']),
    values: z.array(z.strictObject({ from: day, value: z.number() })),
    source: z.strictObject({ place: z.string(), confidence }),
  }),
);

const workedCase = named(
  'WorkedCase',
  z.strictObject({
    measure: z.string(),
    given: z.record(z.string(), factValue),
    expect: verdict,
    found: verdict,
  }),
);

const provision = named(
  'Provision',
  z.strictObject({
    id: z.string(),
    pack: z.string(),
    article: z.string(),
    title: text,
    effect,
    concerns,
    gate: z.union([condition, z.null()]),
    when: condition,
    source,
    gap: z.union([text, z.null()]),
    beside: ids,
    inForce,
    explain: z.strictObject({
      met: text,
      'not-met': text.optional(),
      undetermined: text.optional(),
      'not-applicable': text.optional(),
    }),
    what: z.union([text, z.null()]),
    clock: clock.nullable(),
    ground: z.string().nullable(),
    parameters: z.array(parameter),
    cases: z.array(workedCase),
    reviewed,
    page: z.string(),
  }),
);

export const provisionShape = named(
  'ProvisionVersions',
  z.strictObject({ ruleSet, id: z.string(), versions: z.array(provision).min(1) }),
);

export const diffShape = named(
  'LawDifference',
  z.strictObject({
    from: day,
    to: day,
    changes: z.array(
      z.strictObject({ id: z.string(), change: z.enum(['added', 'repealed', 'amended']), what: z.string() }),
    ),
  }),
);

export const archiveShape = named(
  'RuleSetArchive',
  z.strictObject({ ruleSet, rules: z.looseObject({}), register: z.looseObject({}) }),
);

export const schemaListShape = named('SchemaList', z.strictObject({ schemas: z.array(z.string()) }));

const reference = z.string().regex(/^[A-Z]{2}-\d{4}-\d{6,}$/);
const moment = z.iso.datetime({ precision: 3 });

export const acknowledgementShape = named(
  'Acknowledgement',
  z.strictObject({
    reference,
    receivedAt: moment,
    acknowledgedAt: moment,
    /** Where to ask how far it is. */
    status: z.string(),
    missing: z.array(z.strictObject({ pointer: z.string(), why: z.string(), weight: z.enum(['must', 'should']) })),
  }),
);

export const progressShape = named(
  'RequestStatus',
  z.strictObject({
    reference,
    receivedAt: moment,
    acknowledgedAt: moment.nullable(),
    status: z.enum(['received', 'returned', 'answered', 'withdrawn', 'closed']),
    missing: ids,
  }),
);

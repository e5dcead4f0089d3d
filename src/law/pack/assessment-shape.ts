// The shape of an assessment as a schema, for readers of our answers; the types of assessment.ts are held against it.

import { z } from 'zod';
import { EFFECTS, VERDICTS } from '../provision.ts';
import { OUTCOMES } from '../verdict.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const outcome = z.enum(OUTCOMES);
const ids = z.array(z.string());
const listed = { provision: z.string(), what: z.string() };

const cite = z.strictObject({
  instrument: z.string(),
  place: z.string(),
  paraphrase: z.string(),
  confidence: z.enum(['certified', 'secondary', 'unverified']),
  address: z.string(),
});

const finding = z.strictObject({
  provision: z.string(),
  title: z.string(),
  effect: z.enum(EFFECTS),
  strength: z.enum(['required', 'recommended']).nullable(),
  verdict: z.enum(VERDICTS),
  relied: ids.describe('Known facts that alone reproduce the verdict'),
  missing: ids.describe('Unknown facts that could still change what follows'),
  decidedBy: ids.describe('Those of the missing for which one answer alone settles the verdict'),
  cites: z.array(cite),
  explanation: z.string(),
  gap: z.string().optional().describe('What the treaty leaves open and policy closes'),
  reviewed: z.boolean().describe('Whether a named jurist has reviewed the rule'),
});

const clock = z.strictObject({
  bound: z.enum(['at-least', 'at-most', 'within']),
  amount: z.number(),
  unit: z.enum(['days', 'hours', 'years', 'date']),
  from: z.enum(['receipt', 'hold', 'order', 'disclosure']),
  ifStartedOnReceipt: day.nullable(),
  // biome-ignore lint/suspicious/noThenProperty: a word of the output's contract; nothing awaits an assessment
  then: z.string().nullable(),
});

export const assessmentShape = z.strictObject({
  outcome,
  stable: z.boolean().describe('No completion of the unknown facts gives another outcome'),
  because: ids,
  open: ids,
  findings: z.array(finding),
  askNext: z.array(
    z.strictObject({
      fact: z.string(),
      question: z.string(),
      judgement: z.boolean(),
      decides: ids,
      couldReach: z.array(outcome),
    }),
  ),
  conditions: z.array(z.strictObject(listed)),
  options: z.array(z.strictObject(listed)),
  duties: z.array(z.strictObject({ ...listed, clock: clock.nullable() })),
  barsToRefusal: z.array(z.strictObject({ ...listed, ground: z.string() })),
  instruments: z.array(z.strictObject({ instrument: z.string(), outcome })),
  law: z.strictObject({
    asOf: day,
    ruleSet: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    packs: z.array(z.strictObject({ id: z.string(), version: z.string() })),
    policy: z.strictObject({ state: z.string(), hash: z.string() }).nullable(),
    fromRegister: z
      .record(z.string(), z.boolean())
      .describe('Facts that nobody stated and the treaty-status register supplied'),
  }),
});

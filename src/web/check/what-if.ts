// What would change the outcome: every known answer turned round, and the same request for less. Only real changes.

import type { Assessed } from '../../app/assess-request.ts';
import type { Engine } from '../../law/engine.ts';
import type { FactId, FactValue } from '../../law/provision.ts';
import type { Measure } from '../../law/rule-set.ts';
import { type OutcomeName, rankOf } from '../../law/verdict.ts';
import type { LawContext } from '../context.ts';

/** Years that the law tells apart: from `from` years on, up to but not including `below`. */
export type Span = { readonly from: number | null; readonly below: number | null };

export type OtherAnswer = {
  readonly fact: FactId;
  readonly values: readonly FactValue[];
  readonly span: Span | null;
  readonly outcome: OutcomeName;
};
export type OtherMeasure = { readonly measure: Measure; readonly outcome: OutcomeName };

/** How many hypothetical answers are shown at most. */
const SHOWN = 6;

/** The engine that made the assessment: asked again with one thing changed. */
export function engineOf(
  { book, policy, language }: LawContext,
  { instrument, request, assessment }: Assessed,
): Engine {
  return book.engine(instrument, request.measure, assessment.law.asOf, policy, language);
}

/** Everything that is known about the request, the register's facts too. */
export const factsOf = ({ request, fromRegister }: Assessed): { readonly [fact: FactId]: FactValue | null } => ({
  ...request.facts,
  ...fromRegister,
});

/**
 * The known answers that, given otherwise, would lead elsewhere. Of a request that does not go ahead first what takes it
 * furthest; of one that does, first what would stop it.
 */
export function otherAnswers(context: LawContext, assessed: Assessed): OtherAnswer[] {
  const engine = engineOf(context, assessed);
  const codes = engine.encode(factsOf(assessed));
  const changes = engine.law.slots.flatMap((slot, at) =>
    codes[at] === 0 ? [] : slot.bins.flatMap((_, bin) => (bin + 1 === codes[at] ? [] : [{ slot: at, code: bin + 1 }])),
  );
  const outcomes = engine.whatIf(codes, changes);
  const found = new Map<string, OtherAnswer>();
  changes.forEach(({ slot: at, code }, i) => {
    const outcome = outcomes[i] as OutcomeName;
    if (outcome === assessed.assessment.outcome) return;
    const slot = engine.law.slots[at] as (typeof engine.law.slots)[number];
    const span =
      slot.cuts.length > 0 ? { from: slot.cuts[code - 2] ?? null, below: slot.cuts[code - 1] ?? null } : null;
    const key = `${slot.fact} ${outcome} ${span === null ? '' : code}`;
    const same = found.get(key);
    found.set(key, {
      fact: slot.fact,
      outcome,
      span,
      values: [...(same?.values ?? []), slot.bins[code - 1] as FactValue],
    });
  });
  const goes = rankOf(assessed.assessment.outcome) >= rankOf('needs-conditions') ? -1 : 1;
  return [...found.values()].sort((a, b) => goes * (rankOf(b.outcome) - rankOf(a.outcome))).slice(0, SHOWN);
}

/** The same request for a less intrusive measure: identity before stored data, stored data before live measures, a hold before all. */
export function lesserMeasures(context: LawContext, assessed: Assessed): OtherMeasure[] {
  const { measures } = context.book.rules;
  const { request, assessment, instrument } = assessed;
  const at = measures.findIndex((measure) => measure.id === request.measure);
  const isTier = (measure: Measure | undefined): measure is Measure => /^T\d$/.test(measure?.tier ?? '');
  if (!isTier(measures[at])) return [];
  return measures
    .slice(0, at)
    .filter(isTier)
    .flatMap((measure) => {
      const engine = context.book.engine(instrument, measure.id, assessment.law.asOf, context.policy, context.language);
      const [outcome] = engine.whatIf(engine.encode(factsOf(assessed)), [SAME]);
      return outcome !== undefined && rankOf(outcome) > rankOf(assessment.outcome) ? [{ measure, outcome }] : [];
    })
    .reverse();
}

/** A change that changes nothing: no request has this slot. */
const SAME = { slot: -1, code: 0 };

/** Where each answer to an open yes-or-no question would lead, if elsewhere. */
export function answersLead(
  context: LawContext,
  assessed: Assessed,
  fact: FactId,
): { readonly value: boolean; readonly outcome: OutcomeName }[] {
  const engine = engineOf(context, assessed);
  const slot = engine.law.index.get(fact);
  if (slot === undefined || engine.law.slots[slot]?.spec.type !== 'boolean') return [];
  const outcomes = engine.whatIf(engine.encode(factsOf(assessed)), [
    { slot, code: 2 },
    { slot, code: 1 },
  ]);
  return [true, false].flatMap((value, i) => {
    const outcome = outcomes[i] as OutcomeName;
    return outcome === assessed.assessment.outcome ? [] : [{ value, outcome }];
  });
}

// Facts in, a reasoned assessment out: the closed law of one day, instrument, measure and policy, ready to be asked many times.

import { addDays, type Day } from '../kernel/calendar.ts';
import { type Language, say } from '../kernel/language.ts';
import type { Assessment, Listed, LawUsed, NextQuestion, RunningClock } from './assessment.ts';
import { type ClosedLaw, type ClosedProvision, readsEachFactOnce } from './close.ts';
import { type Change, type WhatIf, whatIfFor } from './columns.ts';
import { fill, type Finder, finderFor, NONE, type Ranked, slotsOfFinding } from './findings.ts';
import type { Codes } from './graph.ts';
import type { FactId, FactValue } from './provision.ts';
import { encode } from './slots.ts';
import { formsAgree, searchOtherOutcome } from './stability.ts';
import { tapeOf } from './tape.ts';
import { OUTCOMES, type OutcomeName } from './verdict.ts';

export type Facts = { readonly [fact: FactId]: FactValue | null };

/** An assessment without its next questions and its law: what a docket needs thousands of. */
export type Explained = Omit<Assessment, 'askNext' | 'instruments' | 'law'>;

export type Engine = {
  readonly law: ClosedLaw;
  readonly encode: (facts: Facts) => Codes;
  readonly explain: (codes: Codes, receivedOn: Day) => Explained;
  readonly askNext: (codes: Codes, explained: Explained) => NextQuestion[];
  readonly whatIf: WhatIf;
  readonly assess: (facts: Facts, receivedOn: Day) => Omit<Assessment, 'instruments'>;
};

/** Prepares a closed law; `ruleSet` is the hash of the rule set it was closed from. */
export function engineFor(law: ClosedLaw, language: Language, ruleSet: string): Engine {
  const finders = law.provisions.map((closed) => finderFor(law, closed, language));
  const explain = explainerFor(law, finders, language);
  const whatIf = whatIfFor(tapeOf([law]), law.slots);
  const askNext = askerFor(law, whatIf, language);
  const encodeFacts = (facts: Facts): Codes => encode(law.slots, law.index, facts);
  const used: LawUsed = {
    asOf: law.asOf,
    ruleSet,
    packs: law.packs.map((pack) => ({ id: pack.id, version: pack.version })),
    policy: law.policy.profile && law.policy.hash ? { state: law.policy.profile.state, hash: law.policy.hash } : null,
    fromRegister: {},
  };
  return {
    law,
    encode: encodeFacts,
    explain,
    askNext,
    whatIf,
    assess: (facts, receivedOn) => {
      const codes = encodeFacts(facts);
      const explained = explain(codes, receivedOn);
      const { conditions, options, duties, barsToRefusal, ...first } = explained;
      return { ...first, askNext: askNext(codes, explained), conditions, options, duties, barsToRefusal, law: used };
    },
  };
}

function explainerFor(law: ClosedLaw, finders: readonly Finder[], language: Language): Engine['explain'] {
  const exact = readsEachFactOnce(law) && formsAgree(law);
  const listed = law.provisions.map((closed) => listedOf(law, closed, language));
  const list = { condition: 0, option: 1, duty: 2, 'bar-to-refusal': 3 } as const;
  const listOf = law.provisions.map((closed) =>
    closed.effect in list ? list[closed.effect as keyof typeof list] : -1,
  );
  const ranked: Ranked[] = new Array(finders.length);
  return (codes, receivedOn) => {
    let rank = OUTCOMES.length - 1;
    let threat = NONE;
    let formFails = false;
    const findings = new Array<Ranked['finding']>(finders.length);
    for (let i = 0; i < finders.length; i++) {
      const one = (finders[i] as Finder)(codes);
      ranked[i] = one;
      findings[i] = one.finding;
      if (one.rank < rank) rank = one.rank;
      if (one.threat < threat) threat = one.threat;
      if (one.rank === 3 && one.threat === NONE) formFails = true;
    }
    const lists: [Listed[], Listed[], Explained['duties'][number][], Explained['barsToRefusal'][number][]] = [
      [],
      [],
      [],
      [],
    ];
    const because: string[] = [];
    const open: string[] = [];
    for (let i = 0; i < findings.length; i++) {
      const { finding, rank: called } = ranked[i] as Ranked;
      if (called === rank) because.push(finding.provision);
      if (finding.verdict === 'undetermined') open.push(finding.provision);
      else if (finding.verdict === 'met' && (listOf[i] as number) >= 0)
        lists[listOf[i] as 0].push((listed[i] as (day: Day) => Listed)(receivedOn));
    }
    const outcome = OUTCOMES[rank] as OutcomeName;
    const stable = exact ? isSettled(rank, threat, formFails) : !searchOtherOutcome(law, codes, outcome);
    return {
      outcome,
      stable,
      because,
      open,
      findings,
      conditions: lists[0],
      options: lists[1],
      duties: lists[2],
      barsToRefusal: lists[3],
    };
  };
}

/**
 * Whether nothing still unknown can change the outcome, from ranks alone: an open provision can always still go wrong, since it
 * reads each of its facts once. Once information is all that lacks, a missing form keeps it so; open questions alone do not.
 */
const isSettled = (rank: number, threat: number, formFails: boolean): boolean => {
  if (rank === 3) return threat > 2 && formFails;
  return rank > 3 || threat >= rank;
};

/** What is listed when a provision is met, as a function of the day of receipt (only a clock in days depends on it). */
function listedOf(law: ClosedLaw, closed: ClosedProvision, language: Language): (receivedOn: Day) => Listed {
  const { provision } = closed;
  const what = provision.what ? fill(law, provision, provision.what, language) : '';
  const plain: Listed = { provision: provision.id, what };
  if (closed.outside) return () => plain;
  if (closed.effect === 'bar-to-refusal') {
    const bar = { ...plain, ground: provision.ground ?? '' };
    return () => bar;
  }
  if (closed.effect !== 'duty') return () => plain;
  const { clock } = provision;
  if (!clock) {
    const duty = { ...plain, clock: null };
    return () => duty;
  }
  const amount = law.parameterValue(clock.parameter);
  const unit = law.rules.parameters.find((p) => p.id === clock.parameter)?.unit ?? 'days';
  const then = clock.then ? say(clock.then, language) : null;
  return (receivedOn) => {
    const running: RunningClock = {
      bound: clock.bound,
      amount,
      unit,
      from: clock.from,
      ifStartedOnReceipt: unit === 'days' ? addDays(receivedOn, amount) : null,
      then,
    };
    return { ...plain, clock: running } as Listed;
  };
}

/**
 * The unknown facts that matter, ranked by what one answer does: first the outcome it can lead to (what stops the request soonest),
 * then how many provisions it settles, then how many it bears on, then the order of the catalogue. Every quantity is computed, none guessed.
 */
function askerFor(law: ClosedLaw, whatIf: WhatIf, language: Language): Engine['askNext'] {
  const changesOf = law.slots.map((slot, at) => slot.bins.map((_, bin): Change => ({ slot: at, code: bin + 1 })));
  const questions = law.slots.map((slot) => say(slot.spec.question, language));
  return (codes, explained) => {
    const decides: (string[] | undefined)[] = new Array(law.slots.length).fill(undefined);
    const bearing = new Int32Array(law.slots.length);
    const asked: number[] = [];
    for (const finding of explained.findings) {
      const open = finding.verdict === 'undetermined' ? slotsOfFinding.get(finding) : undefined;
      if (!open) continue;
      for (const slot of open.missing) {
        if (bearing[slot] === 0) asked.push(slot);
        bearing[slot] = (bearing[slot] as number) + 1;
      }
      for (const slot of open.decidedBy) {
        const list = decides[slot];
        if (list) list.push(finding.provision);
        else decides[slot] = [finding.provision];
      }
    }
    const changes: Change[] = [];
    for (const slot of asked) for (const change of changesOf[slot] as Change[]) changes.push(change);
    const reached = whatIf(codes, changes);
    let at = 0;
    const rows = asked.map((slot) => {
      let mask = 0;
      for (let i = (changesOf[slot] as Change[]).length; i > 0; i--) mask |= BIT[reached[at++] as OutcomeName];
      mask &= ~BIT[explained.outcome];
      return { slot, mask, soonest: mask === 0 ? NONE : 31 - Math.clz32(mask & -mask), decides: decides[slot] ?? [] };
    });
    rows.sort(
      (a, b) =>
        a.soonest - b.soonest ||
        b.decides.length - a.decides.length ||
        (bearing[b.slot] as number) - (bearing[a.slot] as number) ||
        a.slot - b.slot,
    );
    return rows.map(({ slot, mask, decides: settled }) => ({
      fact: (law.slots[slot] as { fact: FactId }).fact,
      question: questions[slot] as string,
      judgement: law.slots[slot]?.spec.judgement ?? false,
      decides: settled,
      couldReach: REACHED[mask] as readonly OutcomeName[],
    }));
  };
}

/** A bit for each outcome, and every set of outcomes as a list: the same few lists are given again and again. */
const BIT = Object.fromEntries(OUTCOMES.map((outcome, rank) => [outcome, 1 << rank])) as {
  readonly [O in OutcomeName]: number;
};
const REACHED = Array.from({ length: 1 << OUTCOMES.length }, (_, mask) =>
  Object.freeze(OUTCOMES.filter((_outcome, rank) => (mask >> rank) & 1)),
);

// One provision over its own facts: verdict, reasons and what is missing, worked out once per constellation and kept.

import { inDigitsOf, type Language, say, type Text } from '../kernel/language.ts';
import type { ClosedLaw, ClosedProvision } from './close.ts';
import { type Codes, F, type Node, not3, slotsOf, T, type Tri, U } from './graph.ts';
import { NOT_CONCERNED, SWITCHED_OFF } from './phrases.ts';
import {
  type Confidence,
  type Effect,
  type FactId,
  type Provision,
  type ProvisionId,
  type Strength,
  type Verdict,
  VERDICTS,
} from './provision.ts';
import { inForceOn } from './rule-set.ts';
import { callsFor, rankOf, verdictOf } from './verdict.ts';

export type Cite = {
  readonly instrument: string;
  readonly place: string;
  readonly paraphrase: string;
  readonly confidence: Confidence;
  readonly address: string;
};

/** What the contract calls a finding (section 5). Frozen, and shared between assessments. */
export type Finding = {
  readonly provision: ProvisionId;
  readonly title: string;
  readonly effect: Effect;
  readonly strength: Strength | null;
  readonly verdict: Verdict;
  /** Known facts that alone reproduce the verdict; none of them can be left out. */
  readonly relied: readonly FactId[];
  /** Unknown facts that could still change what follows. Empty once the verdict is settled. */
  readonly missing: readonly FactId[];
  /** Those of the missing for which one answer alone settles the verdict. */
  readonly decidedBy: readonly FactId[];
  readonly cites: readonly Cite[];
  readonly explanation: string;
  /** What the treaty leaves open and this office's policy closes. */
  readonly gap?: string;
  readonly reviewed: boolean;
};

/**
 * A finding with the rank of the outcome it calls for, and, while it is open, of the worst outcome it may yet call for
 * (6: none): so that outcome and stability are minima over numbers.
 */
export type Ranked = { readonly finding: Finding; readonly rank: number; readonly threat: number };
export type Finder = (codes: Codes) => Ranked;

/** The largest table kept for one provision; beyond it each constellation is worked out afresh. */
const MAX_TABLE = 65_536;
/** The rank of "calls for nothing". */
export const NONE = 6;

/** A function from a request's codes to the provision's finding. The first request with a constellation pays for it, the others look it up. */
export function finderFor(law: ClosedLaw, closed: ClosedProvision, language: Language): Finder {
  if (closed.outside) {
    const phrase = closed.outside === 'off' ? SWITCHED_OFF : NOT_CONCERNED;
    const settled = rankedFinding(law, closed, language, 'not-applicable', say(phrase, language), [], [], []);
    return () => settled;
  }
  const support = [...new Set([...slotsOf(closed.gate), ...slotsOf(closed.when)])].sort((a, b) => a - b);
  const explain = explainer(law, closed, support, language);
  const radices = support.map((slot) => (law.slots[slot]?.bins.length ?? 0) + 1);
  const size = radices.reduce((product, radix) => product * radix, 1);
  if (size > MAX_TABLE) return explain;
  const table = new Array<Ranked | undefined>(size).fill(undefined);
  // Unrolled for the common sizes: this line runs once a provision and request.
  const [a = 0, b = 0, c = 0] = support;
  const [, rb = 1, rc = 1] = radices;
  const at: (codes: Codes) => number =
    support.length === 0
      ? () => 0
      : support.length === 1
        ? (codes) => codes[a] as number
        : support.length === 2
          ? (codes) => (codes[a] as number) * rb + (codes[b] as number)
          : support.length === 3
            ? (codes) => ((codes[a] as number) * rb + (codes[b] as number)) * rc + (codes[c] as number)
            : (codes) => {
                let index = 0;
                for (let i = 0; i < support.length; i++)
                  index = index * (radices[i] as number) + (codes[support[i] as number] as number);
                return index;
              };
  return (codes) => {
    const index = at(codes);
    const known = table[index];
    if (known !== undefined) return known;
    const fresh = explain(codes);
    table[index] = fresh;
    return fresh;
  };
}

/** Builds the finding for one constellation: the only place where reasons are made. */
function explainer(law: ClosedLaw, closed: ClosedProvision, support: readonly number[], language: Language): Finder {
  const gate = compile(closed.gate);
  const when = compile(closed.when);
  const verdict = (codes: Codes): Verdict => verdictOf(closed.effect, gate(codes), when(codes));
  const name = (slot: number): FactId => (law.slots[slot] as { fact: FactId }).fact;
  const binsOf = (slot: number): number => law.slots[slot]?.bins.length ?? 0;
  return (given) => {
    const codes = given.slice();
    const reached = verdict(codes);
    const unknown = support.filter((slot) => codes[slot] === 0);
    const relied: number[] = support.filter((slot) => codes[slot] !== 0);
    for (const slot of [...relied].reverse()) {
      const kept = codes[slot] as number;
      codes[slot] = 0;
      if (verdict(codes) === reached) relied.splice(relied.indexOf(slot), 1);
      else codes[slot] = kept;
    }
    const open = reached === 'undetermined';
    const decided = open ? unknown.filter((slot) => settles(given, slot, binsOf(slot), verdict)) : [];
    const turning = open
      ? unknown.filter((slot) => decided.includes(slot) || matters(given, slot, unknown, binsOf, verdict))
      : [];
    // A rule can ask for what cannot matter (a fact or its opposite): open, it must still name a question, or nobody could go on.
    const missing = open && turning.length === 0 ? unknown : turning;
    const text = closed.provision.explain[reached] ?? closed.provision.explain.met;
    return rankedFinding(
      law,
      closed,
      language,
      reached,
      text ? fill(law, closed.provision, text, language) : '',
      relied.map(name),
      missing.map(name),
      decided.map(name),
    );
  };
}

/** Whether some single answer leaves the verdict no longer open. */
function settles(given: Codes, slot: number, bins: number, verdict: (codes: Codes) => Verdict): boolean {
  const codes = given.slice();
  for (let code = 1; code <= bins; code++) {
    codes[slot] = code;
    if (verdict(codes) !== 'undetermined') return true;
  }
  return false;
}

/** Whether there are answers to the other open questions under which this one makes a difference. */
function matters(
  given: Codes,
  slot: number,
  unknown: readonly number[],
  binsOf: (slot: number) => number,
  verdict: (codes: Codes) => Verdict,
): boolean {
  const codes = given.slice();
  const others = unknown.filter((other) => other !== slot);
  const tryFrom = (i: number): boolean => {
    const other = others[i];
    if (other === undefined) {
      codes[slot] = 1;
      const first = verdict(codes);
      for (let code = 2; code <= binsOf(slot); code++) {
        codes[slot] = code;
        if (verdict(codes) !== first) return true;
      }
      return false;
    }
    for (let code = 1; code <= binsOf(other); code++) {
      codes[other] = code;
      if (tryFrom(i + 1)) return true;
    }
    codes[other] = 0;
    return false;
  };
  return tryFrom(0);
}

/** A node as nested functions: the closure back end. */
export function compile(node: Node): (codes: Codes) => Tri {
  switch (node.op) {
    case 'const':
      return node.value ? () => T : () => F;
    case 'atom': {
      const { slot, bins } = node;
      return (codes) => (codes[slot] === 0 ? U : (bins >> (codes[slot] as number)) & 1 ? T : F);
    }
    case 'not': {
      const inner = compile(node.of);
      return (codes) => not3(inner(codes));
    }
    case 'all': {
      const parts = node.of.map(compile);
      return (codes) => parts.reduce<Tri>((value, part) => (value & part(codes)) as Tri, T);
    }
    case 'any': {
      const parts = node.of.map(compile);
      return (codes) => parts.reduce<Tri>((value, part) => (value | part(codes)) as Tri, F);
    }
  }
}

function rankedFinding(
  law: ClosedLaw,
  closed: ClosedProvision,
  language: Language,
  verdict: Verdict,
  explanation: string,
  relied: readonly FactId[],
  missing: readonly FactId[],
  decidedBy: readonly FactId[],
): Ranked {
  const { provision, effect, strength } = closed;
  const called = closed.outside ? null : callsFor(effect, strength, verdict);
  // Only what stands on the day: a text of later days is no law yet, and its numbers have no value.
  const beside = provision.beside.flatMap((id) =>
    law.rules.provisions.filter((other) => other.id === id && inForceOn(other, law.asOf)).slice(0, 1),
  );
  const finding: Finding = Object.freeze({
    provision: provision.id,
    title: say(provision.title, language),
    effect,
    strength,
    verdict,
    relied: Object.freeze(relied),
    missing: Object.freeze(missing),
    decidedBy: Object.freeze(decidedBy),
    cites: Object.freeze([provision, ...beside].map((one) => citeOf(law, one, language))),
    explanation,
    ...(provision.gap ? { gap: say(provision.gap, language) } : {}),
    reviewed: provision.reviewed.length > 0,
  });
  const slots = (facts: readonly FactId[]): number[] => facts.map((fact) => law.index.get(fact) as number);
  slotsOfFinding.set(finding, { missing: slots(missing), decidedBy: slots(decidedBy) });
  return {
    finding,
    rank: called ? rankOf(called) : NONE,
    threat: verdict === 'undetermined' ? worstOf(effect, strength) : NONE,
  };
}

/** The missing and deciding facts of a finding as slots: whoever ranks questions reads findings by the thousand, and names are slow. */
export const slotsOfFinding = new WeakMap<Finding, OpenSlots>();
type OpenSlots = { readonly missing: readonly number[]; readonly decidedBy: readonly number[] };

const worstOf = (effect: Effect, strength: Strength | null): number =>
  Math.min(
    ...VERDICTS.map((verdict) => (verdict === 'undetermined' ? null : callsFor(effect, strength, verdict))).map(
      (called) => (called ? rankOf(called) : NONE),
    ),
  );

const citeOf = (law: ClosedLaw, provision: Provision, language: Language): Cite => {
  const { source } = provision;
  return Object.freeze({
    instrument: source.instrument,
    place: source.place,
    paraphrase: fill(law, provision, source.paraphrase, language),
    confidence: source.confidence,
    address: source.address,
  });
};

/** A text with `{parameter}` replaced by its value on the day, in the digits of the language. */
export function fill(
  law: Pick<ClosedLaw, 'parameterValue'>,
  provision: Pick<Provision, 'id'>,
  text: Text,
  language: Language,
): string {
  // Filled first and said after: a parameter's own name may hold a digit.
  const value = (_whole: string, id: string) => String(law.parameterValue(parameterNamed(provision, id)));
  const filled = (text[language] ?? text.en).replace(PLACEHOLDER, value);
  return inDigitsOf(language, filled);
}

/** `{parameter}` in a text. */
export const PLACEHOLDER = /\{([a-z0-9:-]+)\}/g;

/** A parameter named in a provision's text is its own pack's, unless it says whose. */
export const parameterNamed = (provision: Pick<Provision, 'id'>, id: string): string =>
  id.includes(':') ? id : `${provision.id.split(':')[0]}:${id}`;

// Made-up requests of every kind: complete and incomplete files, sound ones, ones with a few faults, and sheer noise.

import { slotsRead, type ClosedLaw } from '../src/law/close.ts';
import type { Codes } from '../src/law/graph.ts';
import type { FactValue } from '../src/law/provision.ts';
import { assessPlainly } from '../src/law/reference.ts';
import { callsFor } from '../src/law/verdict.ts';
import { below, type Random } from './random.ts';

export type PlainFacts = { readonly [fact: string]: FactValue };

/** Answers under which least stands in a request's way, found from chance ones by improving one fact at a time. */
function soundCodes(law: ClosedLaw, random: Random): Codes {
  const codes = Uint8Array.from(law.slots, (slot) => 1 + below(random, slot.bins.length));
  const stops = (): number => {
    const { verdicts } = assessPlainly(law, codes);
    return law.provisions.filter(
      (one) => !one.outside && callsFor(one.effect, one.strength, verdicts.get(one.provision.id) ?? 'met') !== null,
    ).length;
  };
  let least = stops();
  for (let before = Number.POSITIVE_INFINITY; least < before; ) {
    before = least;
    law.slots.forEach((slot, at) => {
      for (let code = 1, kept = codes[at] as number; code <= slot.bins.length; code++) {
        codes[at] = code;
        const now = stops();
        if (now < least) [least, kept] = [now, code];
        codes[at] = kept;
      }
    });
  }
  return codes;
}

/** From how many sound requests the others are made. */
const SOUND = 6;

/** How often a fact departs from the sound answer, one of these a request. */
const FAULTS = [0, 0, 0.01, 0.02, 0.05, 0.3];

/** A maker of requests for one law, as codes. About half are incomplete; `noise` is the share in which every answer is chance. */
export function requestMaker(law: ClosedLaw, random: Random, noise: number): () => Codes {
  const sound = Array.from({ length: SOUND }, () => soundCodes(law, random));
  const read = [...slotsRead(law)];
  return () => {
    const codes = (sound[below(random, SOUND)] as Codes).slice();
    const wild = random() < noise;
    const faults = FAULTS[below(random, FAULTS.length)] as number;
    const open = random() < 0.54 ? random() * 0.3 : 0;
    for (const slot of read) {
      const bins = law.slots[slot]?.bins.length ?? 0;
      if (wild) codes[slot] = below(random, bins + 1);
      else if (random() < open) codes[slot] = 0;
      else if (random() < faults) codes[slot] = 1 + below(random, bins);
    }
    return codes;
  };
}

/** The request as someone would state it. Codes stand for values the law does not tell apart; one of them is drawn. */
export function statedFacts(law: ClosedLaw, codes: Codes, random: Random): PlainFacts {
  const facts: Record<string, FactValue> = {};
  law.slots.forEach((slot, at) => {
    const code = codes[at] as number;
    if (code === 0) return;
    const value = slot.bins[code - 1] as FactValue;
    const isTop = slot.spec.type === 'years' && code === slot.bins.length;
    facts[slot.fact] = isTop ? (value as number) + below(random, 12) : value;
  });
  return facts;
}

// When a batch is published and what goes into it: always as many entries at the same moments, whatever happens in the office.
// Attacker: watches size, time and order of everything public to learn when an office works, and on what.

import { type Instant, instantAt, millisecondsOf } from '../kernel/instant.ts';
import { Defect } from '../kernel/outcome.ts';
import { fromBigEndian } from './bytes.ts';

export type Cadence = {
  /** The length of a slot, in seconds. */
  readonly every: number;
  /** Entries of a batch. */
  readonly places: number;
  /** Of these, kept for cases of emergency. */
  readonly reserved: number;
};

/** The moment at which the slot began that it is now. */
export function slotAt(now: Instant, { every }: Pick<Cadence, 'every'>): Instant {
  const length = every * 1000;
  return instantAt(Math.floor(millisecondsOf(now) / length) * length);
}

/** A commitment that waits for its place. */
export type Waiting<Id> = { readonly id: Id; readonly emergency: boolean };

/** Chance: so many random bytes. */
export type Random = (length: number) => Uint8Array;

/**
 * The batch: at each place what stands there, undefined for padding. Those that wait are given in their order and keep it;
 * emergencies enter first, and what finds no place waits on. Where they stand is drawn by chance, so that an index says
 * nothing of how many they were.
 */
export function fillSlot<Id>(
  { places, reserved }: Pick<Cadence, 'places' | 'reserved'>,
  waiting: readonly Waiting<Id>[],
  random: Random,
): readonly (Id | undefined)[] {
  const urgent = waiting.filter(({ emergency }) => emergency).slice(0, places);
  const ordinary = waiting
    .filter(({ emergency }) => !emergency)
    .slice(0, Math.max(0, places - Math.max(reserved, urgent.length)));
  const chosen = new Set([...urgent, ...ordinary]);
  const entering = waiting.filter((one) => chosen.has(one));
  const taken = someOf(places, entering.length, random);
  const batch: (Id | undefined)[] = Array.from({ length: places });
  for (const [n, place] of taken.entries()) batch[place] = entering[n]?.id;
  return batch;
}

/** So many different places of all, in rising order; each choice as likely as any other. */
function someOf(all: number, count: number, random: Random): number[] {
  if (count > all) throw new Defect(`${count} of ${all} places`);
  const places = Array.from({ length: all }, (_, n) => n);
  const below = numbersFrom(random, count);
  for (let n = 0; n < count; n++) {
    const other = n + below(all - n);
    [places[n], places[other]] = [places[other] as number, places[n] as number];
  }
  return places.slice(0, count).sort((one, other) => one - other);
}

/** Draws numbers from 0 to before a limit, evenly: what would favour the small ones is drawn again. `count`: how many at least. */
function numbersFrom(random: Random, count: number): (limit: number) => number {
  let bytes = random(4 * count);
  const next = (): number => {
    if (bytes.length === 0) bytes = random(4);
    const drawn = fromBigEndian(bytes.subarray(0, 4));
    bytes = bytes.subarray(4);
    return drawn;
  };
  return (limit) => {
    const range = Math.floor(2 ** 32 / limit) * limit;
    for (;;) {
      const drawn = next();
      if (drawn < range) return drawn % limit;
    }
  };
}

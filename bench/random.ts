// Chance that repeats: the same seed gives the same requests on every machine.

/** A number from 0 up to but not including 1. */
export type Random = () => number;

/** The generator known as mulberry32: 32 bits of state, good enough to scatter test requests. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0 up to but not including `count`. */
export const below = (random: Random, count: number): number => Math.floor(random() * count);

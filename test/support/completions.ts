// Every way to answer what is still unknown, tried one by one where they are few and drawn by chance where they are many.

import { type ClosedLaw, slotsRead } from '../../src/law/close.ts';
import type { Codes } from '../../src/law/graph.ts';
import { assessPlainly } from '../../src/law/reference.ts';
import type { OutcomeName } from '../../src/law/verdict.ts';
import type { Random } from './random.ts';

const SAMPLES = 24;

/** Whether some completion gives another outcome; "not found" when there are more than `most` and those drawn give none. */
export function otherOutcome(
  law: ClosedLaw,
  codes: Codes,
  outcome: OutcomeName,
  most: number,
  random: Random,
): 'yes' | 'no' | 'not found' {
  const open = [...slotsRead(law)].filter((slot) => codes[slot] === 0);
  const bins = open.map((slot) => law.slots[slot]?.bins.length ?? 1);
  const count = bins.reduce((product, size) => product * size, 1);
  const whole = codes.slice();
  const differs = (choose: (i: number) => number): boolean => {
    open.forEach((slot, i) => (whole[slot] = 1 + choose(i)));
    return assessPlainly(law, whole).outcome !== outcome;
  };
  if (count > most) {
    for (let i = 0; i < SAMPLES; i++) if (differs((at) => random.below(bins[at] as number))) return 'yes';
    return 'not found';
  }
  for (let number = 0; number < count; number++) {
    let rest = number;
    const digits = bins.map((size) => {
      const digit = rest % size;
      rest = (rest - digit) / size;
      return digit;
    });
    if (differs((at) => digits[at] as number)) return 'yes';
  }
  return 'no';
}

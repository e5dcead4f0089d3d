// Ourselves, from the same facts: explained, assessed in full, and outcomes alone by the generated module.

import type { Day } from '../../../src/kernel/calendar.ts';
import { close } from '../../../src/law/close.ts';
import { emptyColumns, setRow } from '../../../src/law/columns.ts';
import { type Engine, engineFor, type Facts } from '../../../src/law/engine.ts';
import { DEFAULT_POLICY } from '../../../src/law/profile.ts';
import { tapeOf } from '../../../src/law/tape.ts';
import { OUTCOMES, rankOf } from '../../../src/law/verdict.ts';
import { generatedCode, rankAt } from '../../generated-code.ts';
import type { Judge } from '../peer.ts';
import type { LawToClose } from '../work.ts';

const engineOf = ({ rules, hash, instrument, measure, day }: LawToClose): Engine =>
  engineFor(close(rules, instrument, measure, day as Day, DEFAULT_POLICY), 'en', hash);

const RANKS = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, rankOf(outcome)]));

export function explained(law: LawToClose): Judge {
  const engine = engineOf(law);
  const day = law.day as Day;
  return {
    shape: (facts) => facts,
    judge: (facts: Facts) => RANKS[engine.explain(engine.encode(facts), day).outcome] as number,
  };
}

export function assessed(law: LawToClose): Judge {
  const engine = engineOf(law);
  const day = law.day as Day;
  return { shape: (facts) => facts, judge: (facts: Facts) => RANKS[engine.assess(facts, day).outcome] as number };
}

/** From facts to bits to outcomes; `resident` leaves out the first step, as for a docket that is kept as bits. */
export async function outcomes(law: LawToClose, resident: boolean): Promise<Judge> {
  const closed = close(law.rules, law.instrument, law.measure, law.day as Day, DEFAULT_POLICY);
  const { encode } = engineFor(closed, 'en', law.hash);
  const tape = tapeOf([closed]);
  const code = await generatedCode(tape);
  const fill = (requests: readonly Facts[], columns: ReturnType<typeof emptyColumns>): void =>
    requests.forEach((facts, row) => setRow(tape, columns, row, encode(facts), null));
  return {
    shape: (facts) => facts,
    batch: (requests: readonly Facts[]) => {
      const columns = emptyColumns(tape, requests.length);
      const out = new Int32Array(columns.words * 3);
      fill(requests, columns);
      const ranks = new Uint8Array(requests.length);
      return () => {
        if (!resident) fill(requests, columns);
        code.outcomes(columns.data, out, 0, columns.words);
        for (let row = 0; row < ranks.length; row++) ranks[row] = rankAt(out, row);
        return ranks;
      };
    },
  };
}

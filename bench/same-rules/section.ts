// Section A: the same rules and the same requests, given to every engine: who answers wrongly, and how fast.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from '../../src/law/slots.ts';
import { assessPlainly } from '../../src/law/reference.ts';
import { rankOf } from '../../src/law/verdict.ts';
import { randomFrom } from '../random.ts';
import { digits, type Section, spread, type Table, times, whole } from '../report.ts';
import { requestMaker, statedFacts } from '../requests.ts';
import { closed, DAY, type ShippedLaw } from '../shipped-law.ts';
import { spreadOf, type Effort } from '../timing.ts';
import { CONTENDERS, type Contender } from './engines.ts';
import { factsRead, flatFacts } from './rules.ts';
import { rulesOf } from './rules-from-law.ts';
import type { Result, Work } from './work.ts';

export type Scale = {
  readonly requests: number;
  /** Fresh processes for each engine, taken in turns so that a noisy minute hits all alike. */
  readonly processes: number;
  readonly effort: Effort;
};

type Measured = {
  readonly contender: Contender;
  readonly wrong: number;
  /** Of these, how many in requests that state every fact. */
  readonly wrongComplete: number;
  readonly executes: number;
  readonly refuses: number;
  readonly start: ReturnType<typeof spreadOf>;
  readonly each: ReturnType<typeof spreadOf>;
};

const INSTRUMENT = 'uncc';
const MEASURE = 'content-data';

export function sameRules(law: ShippedLaw, scale: Scale): Section {
  const work = workOf(law, scale);
  const results = runAll(work, scale);
  const explained = results.find(({ contender }) => contender.id === 'explained') as Measured;
  const ours = results.filter(({ contender }) => contender.ours);
  const wrong = ours.reduce((sum, one) => sum + one.wrong, 0);
  const zenTrace = results.find(({ contender }) => contender.id === 'zen-trace-careful') as Measured;
  const ratio = zenTrace.each.median / explained.each.median;
  const unknown = work.requests.filter((facts) => Object.keys(facts).length < mostKnown(work.requests)).length;
  return {
    title: `A. The same rules: ${INSTRUMENT} and ${MEASURE}, ${work.rules.length} rules, ${whole(work.requests.length)} requests, ${whole(unknown)} of them with unknown facts`,
    tables: [correctness(results), speed(results, explained)],
    notes: [
      `Wrong: the outcome differs from the reference interpreter's (src/law/reference.ts). "Of complete": of these, in requests that state every fact. "Executes": says may-execute or needs-conditions where information is missing. "Refuses": says no-basis or must-refuse where that is not decided yet. Plain: written as that engine's users would, a fact that is not known left out. Careful: each rule twice, certainly true and possibly true (feelin: equality guarded). Native: the engine knows unknown facts by itself.`,
      `Each figure: median (least-most) of ${scale.processes} processes with ${scale.effort.rounds} rounds of ${scale.effort.roundMs} ms each, after a warm-up; engines take turns. Start: import, build and first answer in a fresh process with a filled compile cache (as the product runs), the rules already read. "x explained" is that engine's time over that of Rogatory explained; below 1 it is faster; "x best" is the same of the best rounds, which other programs on the machine disturb least.`,
      `The peers get only the ${work.rules.length} rules that bear on the outcome; Rogatory explained also gives options, duties and bars to refusal, reads the same facts object, and is timed with the encoding of facts. The peers' requests are put into the shape they like best before the clock runs. The hand-written function leaves at the first rule that decides, and is the limit when no reasons are wanted. json-logic-engine runs compiled; Zen compiled by ZenDecisionContent; Cedar with a preparsed policy set; feelin and Cedar's partial evaluation parse at each call, since they offer no other form.`,
    ],
    claims: [
      {
        claim: 'A wrong outcomes of ours, four ways of asking',
        target: '0',
        measured: whole(wrong),
        pass: wrong === 0,
      },
      {
        claim: 'A explained, against Zen with trace on the same rules',
        target: '>= 20 x',
        measured: `${times(ratio)}; of best rounds ${times(zenTrace.each.min / explained.each.min)}`,
        pass: ratio >= 20,
      },
    ],
    wrong,
  };
}

const correctness = (results: readonly Measured[]): Table => ({
  head: ['engine', 'written', 'wrong', 'of complete', 'executes', 'refuses', 'reasons given'],
  rows: results.map(({ contender, wrong, wrongComplete, executes, refuses }) => [
    contender.name,
    contender.style,
    whole(wrong),
    whole(wrongComplete),
    whole(executes),
    whole(refuses),
    contender.explains,
  ]),
});

const speed = (results: readonly Measured[], explained: Measured): Table => ({
  head: ['engine', 'written', 'us a request', 'requests/s', 'best/s', 'x explained', 'x best', 'start ms', 'runs'],
  rows: results.map(({ contender, each, start }) => [
    contender.name,
    contender.style,
    spread(each),
    whole(1e6 / each.median),
    whole(1e6 / each.min),
    digits(each.median / explained.each.median),
    digits(each.min / explained.each.min),
    spread(start),
    whole(each.runs),
  ]),
});

/** How many facts a complete request states. */
const mostKnown = (requests: Work['requests']): number =>
  Math.max(...requests.map((facts) => Object.keys(facts).length));

function workOf({ rules, hash }: ShippedLaw, scale: Scale): Work {
  const law = closed(rules, INSTRUMENT, MEASURE);
  const random = randomFrom(20280301);
  const make = requestMaker(law, random, 0.05);
  const requests = Array.from({ length: scale.requests }, () => statedFacts(law, make(), random));
  const expected = requests.map((facts) => rankOf(assessPlainly(law, encode(law.slots, law.index, facts)).outcome));
  return {
    law: { rules, hash, instrument: INSTRUMENT, measure: MEASURE, day: DAY },
    rules: rulesOf(law),
    requests,
    expected,
    effort: scale.effort,
  };
}

function runAll(work: Work, scale: Scale): Measured[] {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-bench-'));
  try {
    // Facts have their own names for us, flat ones for the peers.
    const ours = join(folder, 'ours.json');
    const theirs = join(folder, 'theirs.json');
    writeFileSync(ours, JSON.stringify({ ...work, rules: [] }));
    const read = new Set(factsRead(work.rules));
    writeFileSync(
      theirs,
      JSON.stringify({ ...work, law: null, requests: work.requests.map((facts) => flatFacts(facts, read)) }),
    );
    const results = CONTENDERS.map((): Result[] => []);
    for (let i = 0; i < scale.processes; i++) {
      CONTENDERS.forEach((contender, at) => {
        results[at]?.push(runOne(contender, contender.ours ? ours : theirs, folder, i === 0));
      });
    }
    return CONTENDERS.map((contender, at) => summed(contender, results[at] ?? [], work));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function runOne(contender: Contender, file: string, folder: string, answers: boolean): Result {
  const program = fileURLToPath(new URL('one-engine.ts', import.meta.url));
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const args = [program, contender.id, file, ...(answers ? ['answers'] : [])];
  const run = spawnSync(process.execPath, args, { encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`${contender.name}: ${run.stderr}`);
  return JSON.parse(run.stdout) as Result;
}

function summed(contender: Contender, results: readonly Result[], { expected, requests }: Work): Measured {
  const facts = mostKnown(requests);
  const isComplete = requests.map((request) => Object.keys(request).length === facts);
  const answers = results[0]?.answers ?? [];
  const pairs = expected.map((right, i) => [answers[i] as number, right] as const);
  const runs = results.reduce((sum, result) => sum + result.perRequest.runs, 0);
  const each = results.map((result) => result.perRequest);
  return {
    contender,
    wrong: pairs.filter(([given, right]) => given !== right).length,
    wrongComplete: pairs.filter(([given, right], i) => given !== right && isComplete[i]).length,
    executes: pairs.filter(([given, right]) => given >= 4 && right === 3).length,
    refuses: pairs.filter(([given, right]) => given <= 1 && right > given && right > 1).length,
    // The first process fills the compile cache.
    start: spreadOf((results.length > 1 ? results.slice(1) : results).map((result) => result.startMs)),
    each: {
      median: spreadOf(each.map((one) => one.median)).median,
      min: Math.min(...each.map((one) => one.min)),
      max: Math.max(...each.map((one) => one.max)),
      rounds: each.reduce((sum, one) => sum + one.rounds, 0),
      runs,
    },
  };
}

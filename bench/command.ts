// Section E: the whole command, from the start of the process to its last byte, beside an empty program on the same Node.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Section, spread, times } from './report.ts';
import { type Spread, spreadOf } from './timing.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const EXAMPLE = 'examples/03-ransomware-complete.json';

export function command(rounds: number): Section {
  const runs = {
    nothing: [] as number[],
    people: [] as number[],
    json: [] as number[],
  };
  let fault = '';
  // The first turn fills the caches. All three take turns, so that a noisy minute hits them alike.
  for (let round = -1; round < rounds; round++) {
    const took = {
      nothing: timed(process.execPath, ['-e', '0']),
      people: timed('bin/rogatory', ['assess', EXAMPLE]),
      json: timed('bin/rogatory', ['assess', EXAMPLE, '--json']),
    };
    for (const { status, stderr } of Object.values(took))
      if (status !== 0) fault ||= stderr.split('\n').find((line) => /error/i.test(line)) ?? 'it failed';
    if (round < 0) continue;
    for (const name of ['nothing', 'people', 'json'] as const) runs[name].push(took[name].ms);
  }
  const [nothing, people, json] = [runs.nothing, runs.people, runs.json].map((list) => spreadOf(list)) as [
    Spread,
    Spread,
    Spread,
  ];
  const row = (what: string, time: Spread): string[] => [
    what,
    spread(time),
    times(time.median / nothing.median),
    `${time.rounds}`,
  ];
  return {
    title: 'E. One assessment on the command line, start of the process included',
    tables:
      fault === ''
        ? [
            {
              head: ['command', 'ms', 'x empty', 'runs'],
              rows: [
                row('node -e 0', nothing),
                row(`rogatory assess ${EXAMPLE}`, people),
                row(`rogatory assess ${EXAMPLE} --json`, json),
              ],
            },
          ]
        : [],
    notes:
      fault === ''
        ? ['Median (least-most) after one run that fills the caches; the commands take turns.']
        : [`The command did not run: ${fault}`],
    claims: [
      {
        claim: 'E rogatory assess, process start included',
        target: '<= 250 ms',
        measured: fault === '' ? `${spread(people)} ms` : '-',
        pass: fault === '' ? people.median <= 250 : null,
      },
    ],
    wrong: 0,
  };
}

function timed(program: string, args: readonly string[]): { ms: number; status: number | null; stderr: string } {
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' });
  return { ms: performance.now() - start, status, stderr: stderr ?? '' };
}

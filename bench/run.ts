// Every figure that the README claims, beside its peers, in one run: `npm run bench -- [--quick] [--json] [A B C D E F G H]`.

import { cpus, loadavg } from 'node:os';
import { casework } from './casework/section.ts';
import { command } from './command.ts';
import { docket } from './docket.ts';
import { publicLog } from './log/section.ts';
import { evidence } from './evidence/section.ts';
import { explained } from './explained.ts';
import { watchHost } from './host.ts';
import { million } from './million.ts';
import { claimsTable, printed, type Section } from './report.ts';
import { sameRules } from './same-rules/section.ts';
import { shippedLaw } from './shipped-law.ts';

const words = process.argv.slice(2);
const quick = words.includes('--quick');
const json = words.includes('--json');
const chosen = words.filter((word) => /^[A-H]$/.test(word));
const strange = words.filter((word) => !['--quick', '--json', ...chosen].includes(word));
if (strange.length > 0) {
  process.stderr.write(
    `bench: unknown: ${strange.join(' ')}; it takes --quick, --json and the letters of sections, A to H\n`,
  );
  process.exit(2);
}

const law = await shippedLaw();
const effort = quick ? { rounds: 1, roundMs: 2 } : { rounds: 15, roundMs: 30 };

const sections: Record<string, () => Section | Promise<Section>> = {
  A: () =>
    sameRules(law, {
      requests: quick ? 40 : 1000,
      processes: quick ? 1 : 4,
      effort: quick ? effort : { rounds: 3, roundMs: 150 },
    }),
  B: () => million(law, quick ? 2500 : 1_000_000),
  C: () => explained(law, effort),
  D: () =>
    docket(law, quick ? { rows: 65_536, rounds: 3, sample: 1000 } : { rows: 1_048_576, rounds: 21, sample: 50_000 }),
  E: () => command(quick ? 1 : 15),
  F: () =>
    casework(
      quick
        ? { cases: 200, seconds: 1, intakes: 20, readings: 20 }
        : { cases: 100_000, seconds: 20, intakes: 2000, readings: 1500 },
    ),
  G: () =>
    publicLog(
      quick ? { entries: 70_000, proofs: 50, batches: 5 } : { entries: 10_000_000, proofs: 5000, batches: 300 },
    ),
  H: () => evidence(quick ? { megabytes: 20, rounds: 1, long: 64 } : { megabytes: 1000, rounds: 3, long: 8192 }),
};

const hostNote = (share: number | null): string[] =>
  share === null
    ? []
    : [
        `While this was measured, others had ${(share * 100).toFixed(0)} % of the processor time that was asked for here.`,
      ];

const start = performance.now();
const done: Section[] = [];
const machine = `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores; Node ${process.version}, ${process.platform} ${process.arch}; ${new Date().toISOString().slice(0, 10)}; law ${law.hash.slice(0, 19)}`;
if (!json) process.stdout.write(`Rogatory, all figures in one run\n${machine}\n\n`);
for (const name of chosen.length > 0 ? chosen : Object.keys(sections)) {
  const taken = watchHost();
  const measured = await (sections[name] as () => Section | Promise<Section>)();
  const section = { ...measured, notes: [...measured.notes, ...hostNote(taken())] };
  done.push(section);
  if (!json) process.stdout.write(`${printed(section)}\n`);
}

const load = `load average ${loadavg()
  .map((one) => one.toFixed(1))
  .join(', ')} at the end`;
const claims = done.flatMap((section) => section.claims);
const wrong = done.reduce((sum, section) => sum + section.wrong, 0);
const seconds = Math.round((performance.now() - start) / 1000);
if (json)
  process.stdout.write(`${JSON.stringify({ machine, load, seconds, wrong, sections: done, claims }, null, 2)}\n`);
else process.stdout.write(`== Claims (${seconds} s in all; ${load})\n\n${claimsTable(claims)}\n`);
// Slow is told, not punished: machines differ. Wrong is wrong on every machine.
process.exitCode = wrong === 0 ? 0 : 1;

// Sealing and opening evidence on one core, beside the package it builds on, Debian's age and openssl; and memory over a length.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { Claim, Section } from '../report.ts';

export type EvidenceLoad = { readonly megabytes: number; readonly rounds: number; readonly long: number };

const ONE = new URL('./one.ts', import.meta.url).pathname;
const MB = 1_000_000;
/** On one core where the machine can be told so. */
const PIN = existsSync('/usr/bin/taskset') ? ['/usr/bin/taskset', '-c', '0'] : [];

type Run = { readonly bytes: number; readonly seconds: number; readonly megabytes: number };

function node(...args: readonly string[]): Run {
  const [program = '', ...rest] = [...PIN, process.execPath, ONE, ...args];
  const run = spawnSync(program, rest, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Run;
}

/** A line of shell, of which the seconds of a processor count, its pipe with it. */
function shell(line: string, bytes: number): Run | undefined {
  const timed = `TIMEFORMAT='%U %S'; time { ${line}; }`;
  const [program = '', ...rest] = [...PIN, 'bash', '-c', timed];
  const run = spawnSync(program, rest, { encoding: 'utf8' });
  const [user, system] = run.stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return run.status === 0 && user !== undefined && system !== undefined
    ? { bytes, seconds: user + system, megabytes: 0 }
    : undefined;
}

export async function evidence({ megabytes, rounds, long }: EvidenceLoad): Promise<Section> {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-bench-evidence-'));
  const size = megabytes * MB;
  const rows: string[][] = [];
  let wrong = 0;
  const best: Record<string, number> = {};
  /** Rounds in turn, so that no way has the quiet hour to itself. */
  const measure = (ways: Record<string, () => Run | undefined>): void => {
    const seen = new Map<string, Run[]>();
    for (let round = 0; round < rounds; round++)
      for (const [name, way] of Object.entries(ways)) {
        const run = way();
        if (run) seen.set(name, [...(seen.get(name) ?? []), run]);
      }
    for (const [name, runs] of seen) {
      const rates = runs.map(({ seconds }) => size / MB / seconds).sort((a, b) => a - b);
      best[name] = rates[rates.length >> 1] ?? 0;
      const memory = Math.max(...runs.map((run) => run.megabytes));
      rows.push([
        name,
        rates.map((rate) => rate.toFixed(0)).join(' '),
        (best[name] ?? 0).toFixed(0),
        memory > 0 ? memory.toFixed(0) : '',
      ]);
    }
  };
  try {
    const [hybrid, classical] = [await generateHybridIdentity(), await generateX25519Identity()];
    const [toHybrid, toClassical] = [await identityToRecipient(hybrid), await identityToRecipient(classical)];
    const at = (name: string): string => join(folder, name);
    writeFileSync(at('key'), classical);
    node('write', String(size), toHybrid, at('hybrid.age'));
    node('write', String(size), toClassical, at('classical.age'));
    const zeros = `head -c ${size} /dev/zero`;
    const openssl = 'openssl enc -aes-256-ctr -pbkdf2 -iter 1 -pass pass:x';
    shell(`${zeros} | ${openssl} > ${at('enc')}`, size);
    measure({
      'seal: ours, hybrid key': () => node('seal-ours', String(size), toHybrid),
      'seal: ours, X25519 key': () => node('seal-ours', String(size), toClassical),
      'seal: age-encryption, hybrid key': () => node('seal-package', String(size), toHybrid),
      "seal: Debian's age, X25519 key": () => shell(`${zeros} | age -r ${toClassical} > /dev/null`, size),
      'seal: openssl enc (AES-256-CTR, no check of what was sealed)': () =>
        shell(`${zeros} | ${openssl} > /dev/null`, size),
    });
    measure({
      'open: ours, hybrid key': () => node('open-ours', '0', hybrid, at('hybrid.age')),
      'open: ours, X25519 key': () => node('open-ours', '0', classical, at('classical.age')),
      'open: age-encryption, hybrid key': () => node('open-package', '0', hybrid, at('hybrid.age')),
      "open: Debian's age, X25519 key": () => shell(`age -d -i ${at('key')} ${at('classical.age')} > /dev/null`, size),
      'open: openssl enc': () => shell(`${openssl} -d -in ${at('enc')} > /dev/null`, size),
    });
    const [short, whole] = [long / 16, long].map((length) =>
      node('both', String(length * MB), `${toHybrid} ${hybrid}`),
    );
    if (short?.bytes !== (long / 16) * MB || whole?.bytes !== long * MB) wrong++;
    rows.push([
      `sealed and opened at once, ${long / 16} MB and ${long} MB`,
      '',
      '',
      `${short?.megabytes.toFixed(0)} and ${whole?.megabytes.toFixed(0)}`,
    ]);
    const rate = (name: string, claim: string): Claim => ({
      claim,
      target: 'at least 400 MB/s',
      measured: `${(best[name] ?? 0).toFixed(0)} MB/s`,
      pass: (best[name] ?? 0) >= 400,
    });
    const grown = (whole?.megabytes ?? 0) - (short?.megabytes ?? 0);
    return {
      title: 'H. Evidence: sealing and opening',
      tables: [{ head: ['what', 'MB a processor second', 'median', 'memory MB'], rows }],
      notes: [
        `${megabytes} MB a run, each in a process of its own${PIN.length > 0 ? ' on one core' : ''}, by the seconds of a processor that it took, so that neighbours do not count; ours and the package without their start, age and openssl with it. Sealing takes bytes from memory (ours, the package) or a pipe (age, openssl); opening reads a file from the cache.`,
        'openssl enc writes a form that nobody can check for changes, and is told for its speed alone.',
      ],
      claims: [
        rate('seal: ours, hybrid key', 'sealing evidence, one core'),
        rate('open: ours, hybrid key', 'opening evidence, one core'),
        {
          claim: `memory does not grow from ${long / 16} to ${long} MB`,
          target: 'under 64 MB',
          measured: `${grown.toFixed(0)} MB`,
          pass: grown < 64,
        },
      ],
      wrong,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The whole test suite, or the part named on the command line: `npm test -- law` runs files whose path contains "law".
//
// Some tests need programs of the machine. As root on Debian they are installed here; anywhere else the tests that
// need them skip themselves by an environment variable, and this file says so.

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateOf } from '../src/adapters/postgres/server/process-table.ts';
import { filesUnder, ROOT } from '../tools/tree.ts';

type Need = {
  /** Test files under this folder need the program. */
  readonly folder: string;
  readonly program: string;
  readonly packages: readonly string[];
  /** A program that does as well, where the first cannot be had. */
  readonly instead?: string;
  /** Set to "1" for tests that must skip themselves. */
  readonly skip: string;
};

const NEEDS: readonly Need[] = [
  {
    folder: 'test/browser/',
    program: '/usr/bin/chromium-headless-shell',
    packages: ['chromium-headless-shell'],
    instead: '/usr/bin/chromium',
    skip: 'ROGATORY_SKIP_BROWSER',
  },
  {
    folder: 'test/evidence/',
    program: '/usr/bin/bwrap',
    packages: ['bubblewrap', 'poppler-utils', 'netpbm'],
    skip: 'ROGATORY_SKIP_SANDBOX',
  },
  {
    folder: 'test/evidence/',
    program: '/usr/bin/age',
    packages: ['age', 'openssl'],
    skip: 'ROGATORY_SKIP_EVIDENCE_TOOLS',
  },
];

const patterns = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const options = process.argv.slice(2).filter((word) => word.startsWith('--'));
const files = filesUnder(ROOT, ['src', 'test'], (path) => path.endsWith('.test.ts')).filter(
  (path) => patterns.length === 0 || patterns.some((pattern) => path.includes(pattern)),
);
if (files.length === 0) {
  console.error(`No test file matches ${patterns.join(' ')}`);
  process.exit(1);
}

const env: NodeJS.ProcessEnv = { ...process.env };
// A test that starts `node --test` itself would be told to report to the runner around it.
delete env['NODE_TEST_CONTEXT'];
for (const need of NEEDS) {
  const concerned = files.filter((path) => path.startsWith(need.folder)).length;
  if (concerned === 0 || existsSync(need.program) || install(need.packages)) continue;
  if (need.instead !== undefined && existsSync(need.instead)) continue;
  env[need.skip] = '1';
  console.log(
    `Skipping the tests in ${concerned} files under ${need.folder}: ${need.program} is not here. ` +
      `Install ${need.packages.join(' ')}, or run as root on Debian.`,
  );
}

function install(packages: readonly string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  console.log(`Installing ${packages.join(' ')} for the tests ...`);
  const quietly = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, encoding: 'utf8' } as const;
  spawnSync('apt-get', ['update', '-qq'], quietly);
  const done = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quietly);
  if (done.status !== 0) console.log(done.stderr);
  return done.status === 0;
}

/** Files that are a process each: they take long by themselves, or look at the memory of the whole process. */
const ALONE: readonly string[] = [
  'test/browser/casework-access.test.ts',
  'test/browser/life.test.ts',
  'test/browser/people.test.ts',
  'test/law/agreement.test.ts',
  'test/bench/quick.test.ts',
  'test/crash/intake.test.ts',
  'src/kernel/strict-json.test.ts',
];
/** What takes longest, first, so that no core is idle at the end. */
const LONGEST: readonly string[] = [
  'test/browser',
  'test/browser/life.test.ts',
  'test/casework',
  'test/browser/people.test.ts',
  'test/browser/casework-access.test.ts',
  'test/crash/intake.test.ts',
  'test/stores',
  'test/cli',
  'test/web',
  'test/evidence',
  'test/log',
  'test/law/agreement.test.ts',
  'test/law',
  'src',
  'test/reporting',
  'test/packs',
  'test/people',
  'test/bench/quick.test.ts',
  'test/oversight',
  'test/notice',
  'test/proofs',
  'test/fences',
  'test/letters',
];

/**
 * Files of one folder share a process, and with it modules, the law and a database server; those beside the source share
 * one as well. Their hooks outside of `describe` all run at the start and the end of that process.
 */
const processOf = (path: string): string =>
  ALONE.includes(path) ? path : path.startsWith('src/') ? 'src' : path.split('/').slice(0, 2).join('/');
const rank = (group: string): number => (LONGEST.includes(group) ? LONGEST.indexOf(group) : LONGEST.length);

/** A file system in memory, and the room that all tests at once may need in it, several times over. */
const MEMORY = '/dev/shm';
const ROOM = 4 * 1_073_741_824;
const PREFIX = 'rogatory-suite-';

/**
 * A folder of this run for all that tests make: in memory where there is plenty, since making and dropping databases on a
 * disk is a third of the price of the tests that do it, and no test cuts the power. What killed runs left goes.
 */
function ownFolder(): string {
  const parent = process.env['TMPDIR'] === undefined && roomInMemory() ? MEMORY : tmpdir();
  for (const name of readdirSync(parent)) {
    const run = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1]);
    if (Number.isNaN(run) || stateOf(run) === 'running') continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Of another user, who clears it away.
    }
  }
  const own = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  // As open as the folder it stands for: servers and sandboxes run as other users.
  chmodSync(own, 0o1777);
  return own;
}

function roomInMemory(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, freemem()) > ROOM;
}

const folder = ownFolder();
env['TMPDIR'] = folder;
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
const groups = Object.entries(Object.groupBy(files, processOf))
  .sort(([a], [b]) => rank(a) - rank(b))
  .map(([group, members = []], n) => {
    // Files are run in the order of their names.
    const entry = join(folder, `${String(n).padStart(2, '0')}-${group.replaceAll('/', '-')}.mjs`);
    writeFileSync(entry, members.map((path) => `import ${JSON.stringify(`file://${ROOT}/${path}`)};\n`).join(''));
    return entry;
  });

// More at a time than two cores carry, since many of them wait for disks, clocks and browsers.
const runner = spawn(
  process.execPath,
  ['--test', '--test-concurrency=4', '--test-reporter=spec', ...options, ...groups],
  { cwd: ROOT, stdio: 'inherit', env },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});

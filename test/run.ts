// The whole test suite, or the part named on the command line: `npm test -- law` runs files whose path contains "law".
//
// Some tests need programs of the machine. As root on Debian they are installed here; anywhere else the tests that
// need them skip themselves by an environment variable, and this file says so.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { filesUnder, ROOT } from '../tools/tree.ts';

type Need = {
  /** Test files under this folder need the program. */
  readonly folder: string;
  readonly program: string;
  readonly packages: readonly string[];
  /** Set to "1" for tests that must skip themselves. */
  readonly skip: string;
};

const NEEDS: readonly Need[] = [
  { folder: 'test/browser/', program: '/usr/bin/chromium', packages: ['chromium'], skip: 'ROGATORY_SKIP_BROWSER' },
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

// Each file is a process of its own: two at a time is what two cores carry, and browsers bring processes along.
const runner = spawn(
  process.execPath,
  ['--test', '--test-concurrency=2', '--test-reporter=spec', ...options, ...files],
  { cwd: ROOT, stdio: 'inherit', env },
);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => runner.kill(signal));
runner.on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1;
});

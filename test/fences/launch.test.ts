// The launchers pass on arguments, signals and the exit code, and print nothing of their own.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { ROOT } from '../../tools/tree.ts';
import { tree } from './checks.ts';

const SCRIPT = `// For a test.
type Words = string[];
const words: Words = process.argv.slice(2);
process.on('SIGTERM', () => process.exit(43));
console.log(process.version, ...words);
if (words.includes('wait')) setTimeout(() => {}, 8000); // an end of its own, in case nothing stops it
else process.exitCode = 42;
`;

function project(t: TestContext): string {
  const copies = ['bin', 'package.json', 'package-lock.json'];
  const root = tree(t, { 'src/main.ts': SCRIPT, 'src/cli/main.ts': SCRIPT }, copies);
  symlinkSync(`${ROOT}/node_modules`, `${root}/node_modules`);
  symlinkSync(`${root}/bin/rogatory`, `${root}/elsewhere`);
  return root;
}

const quiet = { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } } as const;

test('boot.cjs starts the script that was asked for on the pinned Node', (t) => {
  const root = project(t);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`${root}/bin/boot.cjs`, 'start', 'a b', '--c'],
    quiet,
  );
  assert.deepEqual([status, stdout, stderr], [42, `${process.version} a b --c\n`, '']);
});

test('boot.cjs passes on a signal and the exit code that follows', async (t) => {
  const root = project(t);
  const child = spawn(process.execPath, [`${root}/bin/boot.cjs`, 'start', 'wait'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [43, null]);
});

test('stopping npm stops what it started', { skip: process.platform === 'win32' }, async (t) => {
  const root = project(t);
  // Under another name than npm's own variables, so that the npm inside takes nothing from one around this test.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const npm = spawn('npm', ['start', '--silent', '--', 'wait'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(npm.stdout, 'data');
  npm.kill('SIGTERM');
  // The pipe ends when the last process that holds it has gone.
  npm.stdout.resume();
  await once(npm.stdout, 'end', { signal: AbortSignal.timeout(5000) });
});

test('boot.cjs says which scripts there are', (t) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${project(t)}/bin/boot.cjs`, 'dance'], quiet);
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /no script is called dance; there are start, /u);
});

for (const [how, path] of [
  ['by its path', 'bin/rogatory'],
  ['through a link', 'elsewhere'],
] as const) {
  test(`the command line starts ${how}`, { skip: process.platform === 'win32' }, (t) => {
    const { status, stdout, stderr } = spawnSync(`${project(t)}/${path}`, ['assess', 'a b'], quiet);
    assert.deepEqual([status, stdout, stderr], [42, `${process.version} assess a b\n`, '']);
  });
}

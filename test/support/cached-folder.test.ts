// The cache of what tests make: made once a version, and cleared of what nobody uses any more.

import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { cachedFolder } from './cached-folder.ts';

const DAY = 86_400_000;
const cache = mkdtempSync(join(tmpdir(), 'rogatory-cache-'));
after(() => rmSync(cache, { recursive: true, force: true }));

let made = 0;
const folder = (kind: string, version: string): Promise<string> =>
  cachedFolder({ kind, version, cache }, async (path) => {
    made++;
    mkdirSync(path);
    writeFileSync(join(path, 'what'), `${kind} ${version}`);
  });
/** As if it had been used last so many days ago. */
const lastUsed = (path: string, days: number): void => {
  const then = new Date(Date.now() - days * DAY);
  utimesSync(path, then, then);
};

test('what was made is kept, and made anew for another version', async () => {
  const first = await folder('kept', '1');
  assert.equal(await folder('kept', '1'), first);
  assert.equal(made, 1);
  assert.equal(readFileSync(join(await folder('kept', '2'), 'what'), 'utf8'), 'kept 2');
  assert.equal(readFileSync(join(first, 'what'), 'utf8'), 'kept 1');
});

test('another version that nobody used for a week goes; one used since, one of another kind and the one asked for stay', async () => {
  const names = (): string[] => readdirSync(cache).filter((name) => /-(cluster|data)-/.test(name));
  for (const [version, days] of [
    ['old', 8],
    ['recent', 6],
    ['back', 30],
  ] as const)
    lastUsed(await folder('cluster', version), days);
  lastUsed(await folder('data', 'old'), 8);
  const back = await folder('cluster', 'back');
  assert.ok(Date.now() - statSync(back).mtimeMs < DAY, 'it is in use again');
  await folder('cluster', 'new');
  assert.deepEqual(names().sort(), [
    'rogatory-test-cluster-back',
    'rogatory-test-cluster-new',
    'rogatory-test-cluster-recent',
    'rogatory-test-data-old',
  ]);
});

// docs/DEPENDENCIES.md and package.json name the same packages in the same versions, and what serves is locked by hash.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { directDependencies } from '../../tools/check-lock.ts';
import type { Lock } from '../../tools/lock-platforms.ts';
import { ROOT } from '../../tools/tree.ts';

const ROW =
  /^\| `(?<name>[^`]+)` \| (?<version>[^ |]+) \| (?<keeper>[^|]+) \| (?<saves>[^|]+) \| (?<size>[^|]+) \|$/gmu;

function documented(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ROW)].map(({ groups }) => [groups?.['name'], groups?.['version']]));
}

test('every package has its line with its version, and every line its package', () => {
  assert.deepEqual(documented(readFileSync(`${ROOT}/docs/DEPENDENCIES.md`, 'utf8')), directDependencies(ROOT));
});

test('a line without a keeper, a purpose or a size does not count', () => {
  assert.deepEqual(documented('| `a` | 1.0.0 | someone | things | 1 MB |\n| `b` | 1.0.0 | someone | things |\n'), {
    a: '1.0.0',
  });
});

/** Presses for platforms other than Linux on x64, which could not be had where the lock file was written. */
const UNSEEN = /\/@myriaddreamin\/typst-ts-node-compiler-(?!linux-x64-gnu$)/;

test('every package that runs in service is locked by hash', () => {
  const { packages } = JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')) as Lock;
  const loose = Object.entries(packages).filter(
    ([path, entry]) => path !== '' && entry.dev !== true && entry.integrity === undefined && !UNSEEN.test(path),
  );
  assert.deepEqual(loose, []);
});

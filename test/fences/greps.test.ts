// The checks that read the tree line by line find what was planted, and only that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCorePurity } from '../../tools/check-core-purity.ts';
import { checkLawWords, instrumentIds, lawlessFiles } from '../../tools/check-law-words.ts';
import { checkLock } from '../../tools/check-lock.ts';
import { checkSize, sizedFiles } from '../../tools/check-size.ts';
import { ROOT } from '../../tools/tree.ts';
import { tree } from './checks.ts';

const OPENING = '// For a test.\n';

test('a file of more than 400 lines fails, one of more than 250 warns, one of 250 is fine', (t) => {
  const ofLines = (count: number) => OPENING + '\n'.repeat(count - 1);
  const root = tree(t, { 'src/a.ts': ofLines(250), 'src/b.ts': ofLines(251), 'test/c.test.ts': ofLines(401) });
  const found = checkSize(root);
  assert.deepEqual(
    found.map(({ file, warning }) => [file, warning === true]),
    [
      ['src/b.ts', true],
      ['test/c.test.ts', false],
    ],
  );
});

test('a file that does not say what it is for fails', (t) => {
  const root = tree(t, { 'src/a.ts': 'export const a = 1;\n', 'tools/b.ts': `#!/usr/bin/env node\n${OPENING}` });
  assert.deepEqual(
    checkSize(root).map(({ file, line }) => [file, line]),
    [['src/a.ts', 1]],
  );
});

for (const [what, text] of [
  ['a treaty', "const basis = 'Budapest';"],
  ['the id of an instrument of the pack', "if (instrument === 'lagos-2019') decide();"],
  ['an id that only the register knows', "const other = 'quito';"],
  ['a provision', "const rule = 'uncc:40.8';"],
  ['a treaty series number', '// as ETS 185 has it'],
  ['a regulation', '// see 2023/1543'],
  ['an article', '// Article 29 asks for this'],
  ['a term', 'const text = "within 60 days";'],
] as const) {
  test(`${what} in src is found, with file and line`, (t) => {
    const root = tree(t, {
      'law/instruments/lagos/pack.yaml': 'pack: lagos\nprefix: lagos-2019\n',
      'law/status/register.yaml': 'instruments:\n  - instrument: quito\n',
      'src/domain/x/y.ts': `${OPENING}const fine = 'a treaty';\n${text}\n`,
    });
    const found = checkLawWords(root);
    assert.ok(found.length > 0);
    for (const { file, line } of found) assert.deepEqual([file, line], ['src/domain/x/y.ts', 3]);
  });
}

test('words of house policy and of a test are not law', (t) => {
  const root = tree(t, {
    'law/policy/pack.yaml': 'prefix: policy\n',
    'src/a.ts': `${OPENING}const policy = 'policy';\n`,
    'src/a.test.ts': `${OPENING}const basis = 'budapest:29';\n`,
  });
  assert.deepEqual(checkLawWords(root), []);
});

test('the law check of this tree looks at files and knows the instruments', () => {
  assert.ok(lawlessFiles(ROOT).length > 10);
  assert.ok(instrumentIds(ROOT).length > 0);
  assert.ok(sizedFiles(ROOT).length > 10);
});

for (const text of ['Math.random()', 'new Date()', 'Date.now()', 'Temporal.Now.instant()', "await import('x')"]) {
  test(`${text} in the core is found, and outside it is not`, (t) => {
    const root = tree(t, {
      'src/kernel/a.ts': `${OPENING}export const a = ${text};\n`,
      'src/kernel/a.test.ts': `${OPENING}export const a = ${text};\n`,
      'src/worker/a.ts': `${OPENING}export const a = ${text};\n`,
    });
    assert.deepEqual(
      checkCorePurity(root).map(({ file, line }) => [file, line]),
      [['src/kernel/a.ts', 2]],
    );
  });
}

test('a loose version, a registry in the lock file and a platform left out are found', (t) => {
  const lock = {
    packages: {
      '': {},
      'node_modules/a': {
        version: '1.0.0',
        resolved: 'somewhere',
        optionalDependencies: { '@a/linux-x64-musl': '^1.0.0' },
      },
    },
  };
  const root = tree(t, {
    'package.json': JSON.stringify({ dependencies: { a: '^1.0.0', b: '1.0.0' } }),
    'package-lock.json': JSON.stringify(lock, null, 2),
  });
  const says = checkLock(root).map((finding) => finding.says);
  assert.equal(says.length, 3);
  assert.match(says.join('\n'), /linux-x64-musl is missing.*names a registry.*a is not pinned exactly/su);
});

test('the lock file of this tree is whole', () => {
  assert.deepEqual(checkLock(ROOT), []);
});

// The compiler, the linter and the search for unused things find what was planted for them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, symlinkSync } from 'node:fs';
import { test } from 'node:test';
import { linesOf, ROOT } from '../../tools/tree.ts';
import { run } from '../../tools/run.ts';
import { PLANTED, tree } from './checks.ts';

const planted = (file: string): string[] =>
  linesOf(`${PLANTED}/types/src/kernel`, file).flatMap((text, index) =>
    text.includes('// error') ? [`${file}:${index + 1}`] : [],
  );

test('the core cannot see the world, and the strict settings are on', async () => {
  const { ok, output } = await run({
    name: 'tsc',
    args: ['node_modules/typescript/bin/tsc', '-p', `${PLANTED}/types`, '--pretty', 'false'],
  });
  assert.equal(ok, false);
  const found = [...output.matchAll(/([\w-]+\.ts)\((\d+),\d+\): error/gu)].map((match) => `${match[1]}:${match[2]}`);
  assert.deepEqual([...new Set(found)].sort(), [...planted('strict.ts'), ...planted('world.ts')].sort(), output);
});

test('the linter finds a clock in the core, a lost promise, a default export and a bare import', (t) => {
  const root = tree(t, {}, ['biome.json']);
  cpSync(`${PLANTED}/lint`, root, { recursive: true });
  const { status, stdout } = biome(root);
  assert.notEqual(status, 0);
  for (const rule of ['noRestrictedGlobals', 'noFloatingPromises', 'noDefaultExport', 'useImportExtensions']) {
    assert.match(stdout, new RegExp(`lint/\\w+/${rule}`, 'u'));
  }
});

test('the linter leaves good code alone', (t) => {
  const root = tree(t, { 'src/kernel/a.ts': "// For a test.\nexport const a = 'a';\n" }, ['biome.json']);
  const { status, stdout } = biome(root);
  assert.equal(status, 0, stdout);
  assert.match(stdout, /Checked \d+ files/u);
});

function biome(cwd: string) {
  const args = [`${ROOT}/node_modules/@biomejs/biome/bin/biome`, 'check', '--colors=off'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  return { status, stdout: stdout + stderr };
}

test('an unused file, an unused export and an unused package are found', (t) => {
  const root = tree(
    t,
    {
      'package.json': JSON.stringify({ name: 'planted', type: 'module', dependencies: { hono: '*', zod: '*' } }),
      'src/main.ts':
        "// For a test.\nimport { z } from 'zod';\nimport { used } from './kernel/a.ts';\nz.parse(used);\n",
      'src/kernel/a.ts': '// For a test.\nexport const used = 1;\nexport const unused = 2;\n',
      'src/kernel/orphan.ts': '// For a test.\nexport const orphan = 1;\n',
    },
    ['knip.json'],
  );
  symlinkSync(`${ROOT}/node_modules`, `${root}/node_modules`);
  const { status, stdout } = spawnSync(
    process.execPath,
    [`${ROOT}/node_modules/knip/bin/knip.js`, '--no-progress', '--no-config-hints', '--reporter', 'json'],
    { cwd: root, encoding: 'utf8' },
  );
  assert.notEqual(status, 0);
  for (const name of ['src/kernel/orphan.ts', 'unused', 'hono']) assert.ok(stdout.includes(`"${name}"`), stdout);
  assert.ok(!stdout.includes('"zod"'), stdout);
});

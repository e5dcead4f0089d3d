// The benchmark still runs, and no way of asking our engine disagrees with the reference. Nothing here looks at a clock.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { ROOT } from '../../tools/tree.ts';

type Printed = {
  readonly wrong: number;
  readonly claims: readonly { readonly claim: string; readonly target: string; readonly measured: string }[];
  readonly sections: readonly { readonly tables: readonly { readonly rows: readonly (readonly string[])[] }[] }[];
};

test('the same rules in every engine, and a few thousand requests in every way we know: none of ours is wrong', () => {
  const run = spawnSync(process.execPath, ['bench/run.ts', '--quick', '--json', 'A', 'B'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(run.status, 0, run.stderr);
  const { wrong, claims, sections } = JSON.parse(run.stdout) as Printed;
  assert.equal(wrong, 0);
  const counted = claims.filter(({ target }) => target === '0');
  assert.equal(counted.length, 3);
  for (const { claim, measured } of counted) assert.equal(measured, '0', claim);
  // Every peer, written plainly or with care, answers complete requests as the reference does: the rules are the same rules.
  const engines = sections[0]?.tables[0]?.rows ?? [];
  assert.ok(engines.length > 15);
  for (const [name, style, , ofComplete] of engines) assert.equal(ofComplete, '0', `${name}, ${style}`);
  for (const [name, style, all] of engines) if (style === 'careful') assert.equal(all, '0', `${name}, ${style}`);
});

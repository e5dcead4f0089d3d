// Each rule of who may import whom finds the violation planted for it, leaves good files alone, and really looks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../tools/run.ts';
import { PLANTED } from './checks.ts';

type Report = {
  summary: { totalCruised: number; violations: { from: string; to: string; rule: { name: string } }[] };
};

async function cruise(src: string): Promise<Report['summary']> {
  const { output } = await run({
    name: 'dependency-cruiser',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', src],
    ],
    env: { FENCE_SRC: src },
  });
  return (JSON.parse(output) as Report).summary;
}

const EXPECTED: readonly (readonly [rule: string, from: string])[] = [
  ['adapters-need-ports-only', 'adapters/files/reaches-app.ts'],
  ['adapters-take-types-only', 'adapters/files/runs-domain.ts'],
  ['app-needs-core-only', 'app/reaches-adapter.ts'],
  ['core-uses-no-packages', 'kernel/lost.ts'],
  ['core-uses-no-packages', 'kernel/uses-dev.ts'],
  ['core-uses-no-packages', 'kernel/uses-node.ts'],
  ['core-uses-no-packages', 'kernel/uses-zod.ts'],
  ['domain-folders-are-known', 'domain/reporting/uses-ticket.ts'],
  ['domain-needs-kernel-and-law', 'domain/requests/reaches-app.ts'],
  ['domain-order-requests', 'domain/requests/leans-forward.ts'],
  ['domain-takes-types-of-law', 'domain/requests/runs-law.ts'],
  ['edges-never-use-adapters', 'web/pages/reaches-adapter.ts'],
  ['edges-stand-apart', 'api/reaches-web.ts'],
  ['edges-never-decide', 'web/pages/decides.ts'],
  ['edges-take-types-of-law', 'web/pages/runs-law.ts'],
  ['enhance-runs-in-a-browser', 'web/enhance/reaches-node.ts'],
  ['exchange-needs-kernel-only', 'exchange/reaches-transparency.ts'],
  ['kernel-imports-nothing', 'kernel/reaches-law.ts'],
  ['law-needs-kernel-only', 'law/reaches-domain.ts'],
  ['log-and-exchange-use-hashes-only', 'transparency/uses-node-crypto.ts'],
  ['no-cycles', 'kernel/cycle-a.ts'],
  ['no-dev-dependencies', 'kernel/uses-dev.ts'],
  ['no-tests-in-source', 'kernel/imports-test.ts'],
  ['nothing-imports-main', 'worker/reaches-main.ts'],
  ['packs-are-proved-with', 'law/prove/uses-yaml.ts'],
  ['packs-are-read-with', 'law/pack/uses-hono.ts'],
  ['resolves', 'kernel/lost.ts'],
  ['transparency-needs-kernel-only', 'transparency/reaches-law.ts'],
];

test('every planted import is found by its rule, and no other import is', async () => {
  const src = 'test/fences/planted/imports/src';
  assert.ok(PLANTED.endsWith('test/fences/planted'));
  const { totalCruised, violations } = await cruise(src);
  assert.ok(totalCruised > 30, `only ${totalCruised} modules were looked at`);
  const found = violations.map(({ rule, from }) => [rule.name, from.replace(`${src}/`, '')].join(' '));
  assert.deepEqual([...new Set(found)].sort(), EXPECTED.map((pair) => pair.join(' ')).sort());
});

test('the check of this tree really looks at modules', async () => {
  // Under a compiler that it does not know, the tool reads no TypeScript and finds nothing wrong in nothing.
  const { totalCruised } = await cruise('src');
  assert.ok(totalCruised > 20, `only ${totalCruised} modules were looked at`);
});

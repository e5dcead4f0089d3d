// The documents that a stranger opens first are there, and point at files that exist.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ROOT } from '../../tools/tree.ts';

const read = (file: string): string => readFileSync(`${ROOT}/${file}`, 'utf8');

for (const file of ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'docs/DEPENDENCIES.md']) {
  test(`links in ${file} lead somewhere`, () => {
    for (const [, target] of read(file).matchAll(/\]\((?!https?:)([^)#]+)/gu)) {
      assert.ok(existsSync(`${ROOT}/${target}`), `${target} is not there`);
    }
  });
}

test('the licence is the one that package.json names, in full', () => {
  assert.match(read('package.json'), /"license": "EUPL-1.2"/u);
  assert.match(read('LICENSE'), /EUROPEAN UNION PUBLIC LICENCE v\. 1\.2.*Appendix.*Reciprocity/su);
});

test('every npm script is one that boot.cjs knows, or a file', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const boot = read('bin/boot.cjs');
  for (const [name, command] of Object.entries(scripts)) {
    const known = command === `exec node bin/boot.cjs ${name}` && boot.includes(`  ${name}: [`);
    assert.ok(known || existsSync(`${ROOT}/${command.replace(/^node /u, '')}`), `${name}: ${command}`);
  }
});

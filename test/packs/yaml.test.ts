// YAML as an attacker or an accident writes it: every trick is a fault on its line, and none costs more than its size.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readText } from '../../src/adapters/files/law-store.ts';
import { readYaml } from '../../src/law/pack/yaml.ts';
import { ROOT } from '../../tools/tree.ts';
import { folder, write } from '../support/cli.ts';
import { altered, assertFault, faultsOf, GROUNDS, lawText, lawTexts } from '../support/packs.ts';

const EFFECT = 'effect: refuse-may';
const put = (text: string): string => altered(GROUNDS, EFFECT, text);
const ANCHORS = /anchors and aliases \(& and \*\) are not allowed/;

test('a syntax error is said with its line', () => {
  const [fault, ...more] = faultsOf({ [GROUNDS]: put('effect: [refuse-may') });
  assert.deepEqual([fault?.pointer, more], [GROUNDS, []]);
  assert.ok(Math.abs((fault?.line ?? 0) - 8.5) <= 1, `line ${fault?.line}`);
  assertFault(GROUNDS, put('effect: "refuse-may'), 'effect: "refuse-may', /Missing closing "quote/);
});

test('a tab is no indentation', () => {
  const faults = faultsOf({ [GROUNDS]: altered(GROUNDS, `    ${EFFECT}`, `\t${EFFECT}`) });
  assert.equal(faults[0]?.line, 8);
  assert.match(faults[0]?.detail ?? '', /Tabs are not allowed as indentation/);
});

test('a key that stands twice is refused, on the line of the second', () => {
  assertFault(GROUNDS, put(`${EFFECT}\n    effect: form`), 'effect: form', /keys must be unique/);
  const flow = altered(GROUNDS, 'in-force: { from: 2024-12-24 }', 'in-force: { from: 2024-12-24, from: 2020-01-01 }');
  assertFault(GROUNDS, flow, 'from: 2020-01-01', /keys must be unique/);
});

test('an anchor or an alias is refused, so that no small file grows to gigabytes', () => {
  assertFault(GROUNDS, put('effect: &a refuse-may'), '&a', ANCHORS);
  const laughs = Array.from({ length: 30 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}*l${i}]`);
  const bomb = readYaml('bomb.yaml', `l0: &l0 [ha]\n${laughs.join('\n')}\n`);
  assert.ok(!bomb.ok);
  assert.ok(bomb.faults.every((fault) => ANCHORS.test(fault.detail)));
  assert.equal(bomb.faults[0]?.line, 1);
  assert.ok(!readYaml('merge.yaml', 'a: &a { b: 1 }\nc: { <<: *a }\n').ok);
  assert.ok(!readYaml('nowhere.yaml', 'a: *nowhere\n').ok);
});

test('__proto__ is no key of anything: not of a provision, nor of a worked case, where it would vanish', () => {
  const says = /__proto__ is no name of anything/;
  assertFault(GROUNDS, put(`${EFFECT}\n    __proto__: { effect: scope }`), '__proto__', says);
  assertFault(
    GROUNDS,
    altered(GROUNDS, 'given: { basis.otherTreatyGoverns: false,', 'given: { __proto__: true,'),
    '__proto__',
    says,
  );
  assertFault(GROUNDS, put(`${EFFECT}\n    "__proto__": 1`), '__proto__', says);
  assertFault(GROUNDS, put(`${EFFECT}\n    constructor: 1`), '- id: uncc:40.8', /has the unknown key "constructor"/);
  assert.equal(({} as Record<string, unknown>)['effect'], undefined);
});

test('tags make nothing but text: no dates, no functions, no other types', () => {
  assertFault(GROUNDS, put('effect: !!js/function refuse-may'), '!!js', /Unresolved tag/);
  const read = readYaml('a.yaml', 'day: 2024-12-24\nyes: yes\nnull: ~\nsexagesimal: 1:30\noctal: 010\n');
  assert.ok(read.ok);
  assert.deepEqual(read.value.value, { day: '2024-12-24', yes: 'yes', null: null, sexagesimal: '1:30', octal: 10 });
});

test('one file is one document', () => {
  assertFault(GROUNDS, `${lawText(GROUNDS)}---\narticle: "1"\n`, /---\n/, /multiple documents/);
});

test('a file of 2 MB is not parsed at all', () => {
  const text = `${lawText(GROUNDS)}#${' '.repeat(2_000_000)}`;
  assertFault(GROUNDS, text, /^/, /is larger than 1048576 bytes; split it, one article a file/);
});

test('what is nested deeper than a person reads is refused, however deep', () => {
  for (const levels of [40, 100, 1_000, 5_000, 50_000]) {
    const deep = put(`${EFFECT}\n    gap: ${'{ en: '.repeat(levels)}1${' }'.repeat(levels)}`);
    const faults = faultsOf({ [GROUNDS]: deep });
    assert.equal(faults[0]?.line, 9, `${levels} levels`);
    if (levels > 40)
      assert.ok(
        faults.every((fault) => /is nested too deep/.test(fault.detail)),
        faults[0]?.detail,
      );
  }
  const nots = altered(
    GROUNDS,
    'when: offence.minor',
    `when: ${'{ not: '.repeat(900)}offence.minor${' }'.repeat(900)}`,
  );
  assertFault(GROUNDS, nots, 'when: { not: { not:', /is nested too deep/);
});

for (const text of ['', '# nothing but words\n', '~', '[]', 'article', '7']) {
  test(`a file that holds ${JSON.stringify(text)} is no article`, () => {
    assertFault(GROUNDS, text, /^/, /./);
  });
}

test('bytes that are no UTF-8, and a file of any size, are refused before they are parsed', () => {
  const dir = folder();
  const bytes = readText(write(`${dir}/a.yaml`, Uint8Array.of(0x61, 0x3a, 0x20, 0xe9, 0x0a)), 'a.yaml');
  assert.deepEqual(bytes, { ok: false, faults: [{ pointer: 'a.yaml', detail: 'is not valid UTF-8 text' }] });
  const large = readText(write(`${dir}/b.yaml`, Buffer.alloc(2_000_000, 0x20)), 'b.yaml');
  assert.deepEqual(large, {
    ok: false,
    faults: [{ pointer: 'b.yaml', detail: 'is 2000000 bytes; at most 1048576 are read' }],
  });
});

test('every file of the law tells editors its schema, by a path that leads there', () => {
  for (const { path, text } of lawTexts(() => true)) {
    const [opening, modeline] = text.split('\n');
    assert.match(opening ?? '', /^# \S/, path);
    const schema = /^# yaml-language-server: \$schema=((?:\.\.\/)+schemas\/([a-z]+)\.schema\.json)$/.exec(
      modeline ?? '',
    );
    assert.ok(schema, `${path} has no modeline on its second line`);
    assert.ok(readFileSync(new URL(schema[1] as string, `file://${ROOT}/law/${path}`), 'utf8').startsWith('{'), path);
    const name = /(facts|measures|pack|parameters)\.yaml$/.exec(path)?.[1];
    const expected = path.startsWith('translations/')
      ? 'translation'
      : (name ?? (path.startsWith('states/') ? 'profile' : path.startsWith('status/') ? 'register' : 'article'));
    assert.equal(schema[2], expected, path);
  }
});

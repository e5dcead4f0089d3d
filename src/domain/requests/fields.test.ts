// The form as data: every field named once, every measure the law knows, every word in the catalogue.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ROOT } from '../../../tools/tree.ts';
import { RULES } from './completeness-rules.ts';
import { FAULT_CODES } from './content.ts';
import { FIELDS, STEPS } from './fields.ts';
import { type Field, MAX_ITEMS, MAX_TEXT } from './fields-kinds.ts';
import { MEASURES } from './fields-measures.ts';
import { holds, isAsked, isGiven, isRequired, keyOf, nameOf, pointerOf, valueAt } from './fields-path.ts';

type Named = { readonly key: string; readonly field: Field };
const all = (fields: readonly Field[], prefix = ''): Named[] =>
  fields.flatMap((field) => [
    { key: prefix + field.id, field },
    ...('fields' in field ? all(field.fields, `${prefix}${field.id}.`) : []),
  ]);
const EVERY = all(FIELDS);
const catalogue = (language: string) =>
  JSON.parse(readFileSync(`${ROOT}/locales/${language}/request.json`, 'utf8')) as Record<string, string>;

test('the form knows the measures of the law, in its order', () => {
  const law = parse(readFileSync(`${ROOT}/law/measures.yaml`, 'utf8')) as { measures: { id: string }[] };
  assert.deepEqual(
    MEASURES,
    law.measures.map((measure) => measure.id),
  );
});

test('no two fields have the same name in the same place, and a name needs no escaping', () => {
  assert.equal(new Set(EVERY.map(({ key }) => key)).size, EVERY.length);
  for (const { field } of EVERY) assert.match(field.id, /^[a-zA-Z][a-zA-Z0-9]*$/);
});

test('there are twelve pages at most, and none is empty for any measure', () => {
  assert.ok(STEPS.length <= 12);
  for (const measure of MEASURES)
    for (const step of STEPS)
      assert.ok(
        step.fields.some((field: Field) => isAsked(field, measure, {})),
        `${step.id} for ${measure}`,
      );
});

test('no text is longer than twenty thousand characters, and no list than two hundred items', () => {
  for (const { key, field } of EVERY) {
    if ('maxLength' in field) assert.ok(field.maxLength <= MAX_TEXT && MAX_TEXT === 20_000, key);
    if ('maxItems' in field) assert.ok(field.maxItems <= MAX_ITEMS && MAX_ITEMS === 200, key);
  }
});

test('each condition looks at a field that stands where it looks, and at answers that can be given', () => {
  const check = (fields: readonly Field[]): void => {
    for (const field of fields) {
      for (const condition of [field.asked, field.need]) {
        if (condition === undefined || typeof condition === 'string') continue;
        assert.ok(condition.measures !== undefined || condition.field !== undefined, field.id);
        if (condition.field === undefined) continue;
        const [head = '', ...rest] = condition.field.split('.');
        let found = fields.find((one) => one.id === head);
        for (const id of rest)
          found = found && 'fields' in found ? found.fields.find((one) => one.id === id) : undefined;
        assert.ok(found, `${field.id} looks at ${condition.field}`);
        const options: readonly unknown[] = 'options' in found ? found.options : [true, false];
        for (const answer of condition.in ?? []) assert.ok(options.includes(answer), `${field.id}: ${answer}`);
      }
      if ('fields' in field) check(field.fields);
    }
  };
  check(FIELDS);
});

test('what is asked in an emergency is asked of the emergency lane and of whatever calls itself one, and of nothing else', () => {
  const threat = EVERY.find(({ key }) => key === 'threatDescription')?.field;
  assert.ok(threat);
  assert.equal(isRequired(threat, 'emergency-disclosure', {}), true);
  assert.equal(isRequired(threat, 'traffic-data', { urgency: { level: 'emergency' } }), true);
  assert.equal(isAsked(threat, 'traffic-data', { urgency: { level: 'expedited' } }), false);
});

test('a condition without an answer does not hold, nor does one on a name that objects inherit', () => {
  assert.equal(holds({ field: 'toString', in: [true] }, 'preservation', {}), false);
  assert.equal(holds({ field: 'urgency.level', in: ['emergency'] }, 'preservation', { urgency: 'emergency' }), false);
});

test('no and nought are answers; an empty group, list or text is none', () => {
  assert.deepEqual([false, 0, 'x', ['x'], { a: [{ b: false }] }].map(isGiven), [true, true, true, true, true]);
  assert.deepEqual([undefined, null, '', [], {}, [{}], { a: { b: [] } }].map(isGiven), Array(7).fill(false));
});

test('a pointer, the name of its control and the key of its words lead to one another', () => {
  assert.equal(nameOf('/targets/0/service'), 'targets.0.service');
  assert.equal(pointerOf('targets.0.service'), '/targets/0/service');
  assert.equal(keyOf('/prosecutionOrCourt/decisions/12/at'), 'prosecutionOrCourt.decisions.at');
  assert.equal(valueAt({ targets: [{ service: 'x' }] }, '/targets/0/service'), 'x');
  assert.equal(valueAt({ targets: [{ service: 'x' }] }, '/targets/1/service'), undefined);
});

for (const language of ['en', 'ar']) {
  test(`every field, option, fault and thing that can be missing has its words (${language}), and no words are left over`, () => {
    const words = catalogue(language);
    const needed = [
      ...STEPS.map((step) => `step.${step.id}`),
      ...EVERY.map(({ key }) => `field.${key}`),
      ...EVERY.flatMap(({ key, field }) =>
        'options' in field ? field.options.map((option) => `option.${key}.${option}`) : [],
      ),
      ...EVERY.flatMap(({ key, field }) => (field.kind === 'list' ? [`add.${key}`, `item.${key}`] : [])),
      ...['missing', ...RULES].map((why) => `missing.${why}`),
      ...FAULT_CODES.map((code) => `fault.${code}`),
      ...['must', 'should'].map((weight) => `weight.${weight}`),
      ...['remove', 'yes', 'no', 'life', 'optional'],
    ];
    const hints = Object.keys(words).filter((key) => key.startsWith('hint.'));
    for (const hint of hints) assert.ok(needed.includes(`field.${hint.slice(5)}`), `${hint} is of no field`);
    const clock = Object.keys(words).filter((key) => key.startsWith('clock.'));
    assert.deepEqual(Object.keys(words).sort(), [...needed, ...hints, ...clock].sort());
    for (const [key, text] of Object.entries(words)) assert.ok(text.trim() !== '', key);
  });
}

test('each step of a deadline has its words', () => {
  const kinds = ['calendar-days', 'working-days', 'hours'].map((kind) => `clock.counted.${kind}`);
  const sources = ['law', 'profile', 'setting'].map((source) => `clock.source.${source}`);
  const steps = [
    'started',
    'weekend-skipped',
    'holiday-skipped',
    'paused.days',
    'paused.hours',
    'standing-still',
    'ends',
  ];
  const expected = [...kinds, ...sources, ...steps.map((step) => `clock.${step}`)].sort();
  for (const language of ['en', 'ar'])
    assert.deepEqual(
      Object.keys(catalogue(language))
        .filter((key) => key.startsWith('clock.'))
        .sort(),
      expected,
    );
});

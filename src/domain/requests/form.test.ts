// The form and the content: what a page shows comes back the same, and nothing that was typed is lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RequestContent } from './content.ts';
import { STEPS } from './fields.ts';
import { MEASURES } from './fields-measures.ts';
import { valueAt, type Values } from './fields-path.ts';
import { type FormField, fieldsOfStep, type Merged, mergeStep } from './form.ts';
import { aContent, exampleRequest } from './testing/content.ts';

type Entries = Map<string, string[]>;
const entries = (values: Record<string, string | string[]>): Entries =>
  new Map(Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]));

/** What a browser sends for these controls. */
function sent(fields: readonly FormField[], into: Entries = new Map()): Entries {
  for (const { field, name, values, fields: parts, items } of fields) {
    if (field.kind === 'group') sent(parts, into);
    else if (field.kind === 'list') for (const item of items) sent(item, into);
    else into.set(name, field.kind === 'choices' ? ['', ...values] : [values[0] ?? '']);
  }
  return into;
}
const flat = (fields: readonly FormField[]): FormField[] =>
  fields.flatMap((one) => [one, ...flat(one.fields), ...one.items.flatMap(flat)]);
const only = (content: RequestContent, merged: Merged): RequestContent => {
  assert.deepEqual([merged.faults, merged.unread], [[], {}]);
  assert.ok(content);
  return merged.content;
};

test('a page that is sent as it was shown changes nothing', () => {
  fc.assert(
    fc.property(aContent, fc.constantFrom(...STEPS), fc.constantFrom(...MEASURES), (content, step, measure) => {
      const merged = mergeStep(content, step.id, sent(fieldsOfStep(step.id, measure, content)));
      assert.deepEqual(only(content, merged), content);
    }),
  );
});

test('all the pages of a request, typed anew, give the request', () => {
  for (const digits of ['01', '02', '04', '05']) {
    const { content, measure } = exampleRequest(digits);
    let typed: RequestContent = {};
    for (const step of STEPS)
      typed = only(typed, mergeStep(typed, step.id, sent(fieldsOfStep(step.id, measure, content))));
    assert.deepEqual(typed, content);
  }
});

test('whatever is typed into a control stands in the content or is kept as it was typed', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('31.2.2028', 'yes', 'life', '٢٠٢٨-٠٣-٠١', '12', '\u0000', 'x'.repeat(20_001), '\ud800'),
  );
  const cases = fc.tuple(aContent, fc.constantFrom(...STEPS), fc.constantFrom(...MEASURES), fc.nat(), text);
  fc.assert(
    fc.property(cases, ([content, step, measure, place, typed]) => {
      const leaves = flat(fieldsOfStep(step.id, measure, content)).filter(
        ({ field }) => field.kind !== 'group' && field.kind !== 'list',
      );
      const leaf = leaves[place % leaves.length];
      assert.ok(leaf);
      const merged = mergeStep(content, step.id, new Map([[leaf.name, [typed]]]));
      const value = valueAt(merged.content as Values, leaf.pointer);
      if (typed.trim() === '') assert.equal(value, undefined);
      else if (value === undefined) {
        const kept = typed.toWellFormed().replaceAll('\u0000', '\ufffd');
        assert.deepEqual(merged.unread, { [leaf.name]: [kept] });
        assert.deepEqual(
          merged.faults.map((fault) => fault.pointer),
          [leaf.pointer],
        );
        const shown = flat(fieldsOfStep(step.id, measure, merged.content, merged.unread));
        assert.deepEqual(shown.find((one) => one.name === leaf.name)?.values, [kept]);
      } else assert.deepEqual([merged.faults, merged.unread], [[], {}]);
    }),
  );
});

test('a control that the page does not have keeps its value, and one that was emptied loses it', () => {
  const content: RequestContent = { purpose: 'a', evidentialThreshold: 'b' };
  assert.deepEqual(mergeStep(content, 'purpose', entries({ purpose: ' ' })).content, { evidentialThreshold: 'b' });
});

test('check boxes of which none is ticked any more are an answer, since the page sends their empty value', () => {
  const content: RequestContent = { threatTo: ['life'] };
  assert.deepEqual(mergeStep(content, 'urgency', entries({ threatTo: '' })).content, {});
  assert.deepEqual(mergeStep(content, 'urgency', entries({ threatTo: ['', 'safety', 'life'] })).content, {
    threatTo: ['life', 'safety'],
  });
});

test('what could not be read is asked about on its own page until it is mended, and other pages leave it alone', () => {
  const first = mergeStep({}, 'limits', entries({ retentionUntil: 'next year' }));
  assert.deepEqual(first.unread, { retentionUntil: ['next year'] });
  const elsewhere = mergeStep(first.content, 'purpose', entries({ purpose: 'x' }), first.unread);
  assert.deepEqual([elsewhere.unread, elsewhere.faults], [first.unread, []]);
  const again = mergeStep(elsewhere.content, 'limits', entries({ onwardTransferRules: 'none' }), elsewhere.unread);
  assert.deepEqual(
    again.faults.map((fault) => fault.code),
    ['day'],
  );
  const mended = mergeStep(again.content, 'limits', entries({ retentionUntil: '2029-01-01' }), again.unread);
  assert.deepEqual(mended, {
    content: { purpose: 'x', onwardTransferRules: 'none', retentionUntil: '2029-01-01' },
    faults: [],
    unread: {},
  });
});

test('numbers, days and times may be typed in Arabic and Persian digits', () => {
  const typed = entries({
    'offences.0.maxPenaltyYears': '٢٫٥',
    'offences.1.maxPenaltyYears': '۱۰',
  });
  assert.deepEqual(mergeStep({}, 'offence', typed).content, {
    offences: [{ maxPenaltyYears: 2.5 }, { maxPenaltyYears: 10 }],
  });
  const target = entries({ 'targets.0.observedAt': '٢٠٢٨-٠٣-٠١ ١٤:٠٥' });
  assert.deepEqual(mergeStep({}, 'data', target).content, { targets: [{ observedAt: '2028-03-01T14:05' }] });
});

const TWO: RequestContent = { targets: [{ service: 'a' }, { service: 'b' }] };

test('the first account has its controls ready, and a second comes with the button', () => {
  const targetsOf = (content: RequestContent): number =>
    fieldsOfStep('data', 'subscriber-data', content).find(({ name }) => name === 'targets')?.items.length ?? -1;
  assert.equal(targetsOf({}), 1);
  const blank = mergeStep({}, 'data', entries({ 'targets.0.service': '' }));
  assert.deepEqual(blank.content, {}, 'controls nobody typed into are no account');
  const more = mergeStep({}, 'data', entries({ 'targets.0.service': '', 'add:targets': '' }));
  assert.equal(targetsOf(more.content), 2);
  assert.deepEqual(mergeStep(TWO, 'data', entries({ 'add:targets': '' })).content.targets?.length, 3);
});

test('an account is taken away with all that was typed into it, and those after it move up with theirs', () => {
  const unread = { 'targets.0.ipPort': ['x'], 'targets.1.ipPort': ['y'] };
  const merged = mergeStep(TWO, 'data', entries({ 'targets.1.service': 'c', 'remove:targets:0': '' }), unread);
  assert.deepEqual(merged.content.targets, [{ service: 'c' }]);
  assert.deepEqual(merged.unread, { 'targets.0.ipPort': ['y'] });
  assert.deepEqual(
    merged.faults.map((fault) => fault.pointer),
    ['/targets/0/ipPort'],
  );
});

test('a list within a group grows and shrinks by its own buttons', () => {
  const name = 'prosecutionOrCourt.decisions';
  const grown = mergeStep({}, 'proceeding', entries({ [`${name}.0.reference`]: 'x', [`add:${name}`]: '' }));
  assert.deepEqual(grown.content, { prosecutionOrCourt: { decisions: [{ reference: 'x' }, {}] } });
  const shrunk = mergeStep(grown.content, 'proceeding', entries({ [`remove:${name}:0`]: '' }));
  assert.deepEqual(shrunk.content, { prosecutionOrCourt: { decisions: [{}] } });
});

test('a list has no more than two hundred items, whatever is sent', () => {
  const full: RequestContent = { targets: Array.from({ length: 200 }, () => ({ service: 'a' })) };
  const merged = mergeStep(full, 'data', entries({ 'add:targets': '' }));
  assert.equal(merged.content.targets?.length, 200);
  assert.deepEqual(
    merged.faults.map((fault) => fault.code),
    ['too-many'],
  );
  const far = mergeStep({}, 'data', entries({ 'targets.900000000.service': 'a', '__proto__.x': 'y' }));
  assert.deepEqual(far.content, {});
});

test('a measure is asked only what concerns it', () => {
  const names = (measure: (typeof MEASURES)[number], content: RequestContent = {}) =>
    flat(STEPS.flatMap((step) => fieldsOfStep(step.id, measure, content))).map(({ name }) => name);
  assert.ok(names('preservation').includes('dataToPreserve'));
  assert.ok(!names('content-data').includes('dataToPreserve'));
  assert.ok(!names('extradition').includes('dataCategories'));
  assert.ok(!names('content-data').includes('threatDescription'));
  assert.ok(names('content-data', { urgency: { level: 'emergency' } }).includes('threatDescription'));
});

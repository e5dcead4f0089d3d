// Receipts: what stands in the log, under whose signatures, and what it opens to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { commitPadding, entryOf, paddingBytes } from '../../src/transparency/leaf.ts';
import { commit, type Opening, openingBytes } from '../../src/transparency/opening.ts';
import { inWords, parsePolicy, Unusable, verifyReceipt } from '../../verify/verify.ts';
import { checkpointOf, entries, logKey, ORIGIN, POLICY, receiptOf, witnessKey } from './a-log.ts';

const policy = parsePolicy(POLICY);
const salt = new Uint8Array(32).fill(5);
const opening: Opening = {
  caseId: '3f0c5a52-8d0e-4c1b-9f5e-1d2a7b6c4e90',
  seq: 7,
  previous: new Uint8Array(32).fill(3),
  at: '2028-03-01T09:30:00.123Z',
  actor: 'clock',
  type: 'notice.scheduled',
  bodyHash: new Uint8Array(32).fill(9),
};
const padding = { origin: ORIGIN, slot: '2028-03-01T09:30:00.000Z', index: 12 } as Parameters<typeof commitPadding>[1];
const all = entries(300);
all[12] = entryOf(commitPadding(salt, padding));
all[77] = entryOf(commit(salt, opening));
const shown = async (text: string) => (await verifyReceipt(text, policy)).shown.map(inWords);

test('a receipt proves its entry, and with the opening says which step it is', async () => {
  for (const index of [0, 12, 77, 255, 256, 299]) {
    const verdict = await verifyReceipt(receiptOf(all, index), policy);
    assert.equal(verdict.proven, true);
    assert.ok(verdict.open.some(({ key }) => key === 'receipt.noOpening'));
  }
  const opened = await shown(receiptOf(all, 77, { salt, opening: openingBytes(opening) }));
  assert.ok(opened.includes(`It is step 7 of case ${opening.caseId}: notice.scheduled, ${opening.at}, by clock.`));
  assert.ok(
    (await shown(receiptOf(all, 12, { salt, opening: paddingBytes(padding) }))).includes(
      'It is padding of the log, no step of a case.',
    ),
  );
});

test('an opening that is not of the entry is found', async () => {
  const other = openingBytes({ ...opening, at: '2028-02-01T09:30:00.123Z' });
  const { proven, wrong } = await verifyReceipt(receiptOf(all, 77, { salt, opening: other }), policy);
  assert.equal(proven, false);
  assert.match(wrong.map(inWords).join(), /opening in it is not that of the entry/);
});

test('the proof of one entry proves no other, at no other place and under no other root', async () => {
  const receipt = receiptOf(all, 77);
  const moved = receipt.replace('index 77', 'index 78');
  const swapped = receipt.replace(/extra \S+/, receiptOf(all, 78).match(/extra \S+/)?.[0] ?? '');
  const elsewhere = receipt.slice(0, receipt.indexOf('\n\n') + 2) + checkpointOf(all.slice(0, 299));
  for (const forged of [moved, swapped, elsewhere]) {
    const { wrong } = await verifyReceipt(forged, policy);
    assert.match(wrong.map(inWords).join(), /proof does not lead from entry/);
  }
});

test('without enough witnesses it is not proven', async () => {
  const alone = receiptOf(all, 77, undefined, checkpointOf(all, logKey, [witnessKey]));
  assert.match((await verifyReceipt(alone, policy)).wrong.map(inWords).join(), /asks for more witnesses/);
});

test('gibberish is refused, and no change of a byte proves what it did not prove', async () => {
  const receipt = Buffer.from(receiptOf(all, 77));
  const before = await verifyReceipt(receipt.toString(), policy);
  await fc.assert(
    fc.asyncProperty(fc.nat(receipt.length - 1), fc.integer({ min: 1, max: 127 }), async (at, flip) => {
      const changed = Buffer.from(receipt);
      changed[at] = (changed[at] ?? 0) ^ flip;
      try {
        const verdict = await verifyReceipt(changed.toString(), policy);
        // Signatures of keys that nobody trusts here may be anything: the same is proven, no more.
        if (verdict.proven) assert.deepEqual(verdict.shown, before.shown);
      } catch (error) {
        assert.ok(error instanceof Unusable, String(error));
      }
    }),
    { numRuns: 60 },
  );
});

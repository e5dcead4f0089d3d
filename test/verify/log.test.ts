// Villains at a log: whatever is changed, taken out, exchanged or shown twice, a stranger sees it and is told what it was.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newSecret, signerOf } from '../../src/adapters/log/signatures.ts';
import { ED25519, formatKey } from '../../src/transparency/note.ts';
import { inWords, parsePolicy, Unusable, verifyLog } from '../../verify/verify.ts';
import { checkpointOf, entries, type Files, fetchFrom, filesOf, logKey, ORIGIN, POLICY, witnessKey } from './a-log.ts';

const policy = parsePolicy(POLICY);
const SIZE = 600;
const honest = entries(SIZE);
const files = filesOf(honest);
const check = (shown: Files, since?: string) => verifyLog(fetchFrom(shown), policy, since);

/** Either nothing is proven, and the first sentence names what; or the input is no log at all. */
async function caught(shown: Files, since?: string): Promise<string> {
  try {
    const { proven, wrong } = await check(shown, since);
    assert.equal(proven, false);
    const [first] = wrong;
    assert.ok(first);
    return inWords(first);
  } catch (error) {
    assert.ok(error instanceof Unusable, String(error));
    return error.message;
  }
}

test('a whole log of any size is read, and continues every checkpoint it had', async () => {
  for (const size of [1, 2, 255, 256, 257, 512, SIZE]) {
    const all = honest.slice(0, size);
    for (const before of [1, 200, 256, 512, size].filter((one) => one <= size)) {
      const { proven, wrong, open } = await check(filesOf(all), checkpointOf(honest.slice(0, before)));
      assert.deepEqual(wrong.map(inWords), []);
      assert.equal(proven, true);
      assert.ok(open.some(({ key }) => key === 'log.meaning'));
    }
  }
});

test('a tree of three levels is read', async () => {
  const all = entries(65_536 + 300);
  assert.equal((await check(filesOf(all))).proven, true);
});

test('no byte of any file can be another', async () => {
  const paths = [...files.keys()].filter((path) => path !== 'vkey');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 1, max: 255 }), async (path, at, flip) => {
      const whole = files.get(path) ?? new Uint8Array();
      const changed = Uint8Array.from(whole);
      changed[at % whole.length] = (changed[at % whole.length] ?? 0) ^ flip;
      // A signature by a key that nobody trusts here may be anything, and so may the line it stands in.
      const line = Buffer.from(whole.subarray(0, at % whole.length))
        .toString()
        .split('\n').length;
      const shown = new Map(files).set(path, changed);
      if (path === 'checkpoint' && line > 4) {
        const { proven, wrong } = await check(shown).catch(() => ({ proven: false, wrong: [{ key: 'unusable' }] }));
        assert.ok(!proven || wrong.length === 0);
        return;
      }
      await caught(shown);
    }),
    { numRuns: 40 },
  );
});

test('an entry that was exchanged is found, with its number, though the tiles say otherwise', async () => {
  const other = entries(SIZE, (n) => (n === 300 ? 'another' : 'one'));
  const bundle = filesOf(other).get('tile/entries/001') ?? new Uint8Array();
  assert.match(await caught(new Map(files).set('tile/entries/001', bundle)), /Hash 44 of tile\/0\/001/);
});

test('an entry that was taken out of a log that is signed anew does not continue what was published', async () => {
  const published = checkpointOf(honest);
  const without = [...honest.slice(0, 100), ...honest.slice(101)];
  assert.match(await caught(filesOf(without), published), /counts 600 entries, this one 599/);
  const refilled = [...without, ...entries(50, () => 'later')];
  assert.match(await caught(filesOf(refilled), published), /first 600 entries no longer give the root/);
});

test('two histories of one size are named as such', async () => {
  const other = entries(SIZE, (n) => (n > 500 ? 'another' : 'one'));
  const { wrong } = await check(filesOf(other), checkpointOf(honest));
  assert.ok(wrong.some(({ key }) => key === 'log.twoHistories'));
});

test('a log signed by another key, or without the witnesses one trusts, is not proven', async () => {
  const stranger = signerOf(ED25519, ORIGIN, newSecret(ED25519));
  const forged = checkpointOf(honest, stranger, [witnessKey]);
  const { wrong } = await check(filesOf(honest, forged));
  assert.deepEqual(
    wrong.map(({ key }) => key),
    ['sign.none', 'witness.notMet'],
  );
  const alone = await check(filesOf(honest, checkpointOf(honest, logKey, [witnessKey])));
  assert.match(alone.wrong.map(inWords).join(), /more witnesses than cosigned it \(1\)/);
});

test('a cosignature of other words counts for nothing', async () => {
  const later = checkpointOf(honest).split('\n\n');
  const earlier = checkpointOf(honest.slice(0, 599)).split('\n\n');
  const mixed = `${later[0]}\n\n${earlier[1]}`;
  assert.match(await caught(filesOf(honest, mixed)), /signature of node\.example\/log on the checkpoint is not good/);
});

test('a file that is missing is named', async () => {
  for (const path of ['tile/0/001', 'tile/entries/000', 'tile/0/002.p/88', 'tile/1/000.p/2']) {
    const shown = new Map(files);
    assert.ok(shown.delete(path), path);
    assert.match(await caught(shown), new RegExp(path.replaceAll('.', '\\.')));
  }
});

test('without a policy the key beside the log is used, and said to prove little', async () => {
  const { proven, open } = await verifyLog(fetchFrom(files), undefined);
  assert.equal(proven, true);
  assert.deepEqual(
    open.map(({ key }) => key),
    ['sign.ownKey', 'witness.none', 'log.noSince', 'log.meaning'],
  );
  assert.ok(open.some((one) => inWords(one).includes(formatKey(logKey))));
});

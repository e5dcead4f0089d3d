// A day on which nothing happens and a day with ten sealed cases look the same to whoever watches the log.
// Attacker: fetches everything public in every slot, keeps it, and counts.

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { entriesIn } from '../../src/transparency/tiles.ts';
import { openOffice, takeIn } from '../support/casework.ts';
import { sealTo } from '../support/sealed.ts';
import { dataDirectory, openTestLog, publicFiles } from './support.ts';

/** A day of 48 half hours: what stood there after each of them, and every entry at its end. */
async function day(t: TestContext, cases: number) {
  const office = await openOffice();
  t.after(office.close);
  const data = dataDirectory(t);
  const cadence = { every: 1800, places: 16, reserved: 2 };
  const log = await openTestLog(office.app.db, data, { cadence });
  const { work, staff } = office;
  const seen: string[] = [];
  for (let slot = 0; slot < 48; slot++) {
    // In the busiest hours several in one slot, as it comes.
    const arrive = slot >= 16 && slot < 24 ? [1, 0, 3, 0, 2, 1, 3, 0][slot - 16] : 0;
    for (let n = 0; cases > 0 && n < (arrive ?? 0); n++) {
      const file = await takeIn(work, staff['duty-officer']);
      await sealTo(office, file, [staff.reviewer]);
    }
    assert.equal((await log.publish()).is, 'published');
    const files = [...publicFiles(data)].map(([name, bytes]) => `${name} ${bytes.length}`);
    const { size, note } = await log.checkpoint();
    seen.push(`${log.ports.now()} ${size} ${note.signatures.map(({ bytes }) => bytes.length)} ${files.join(', ')}`);
    log.pass();
  }
  const bundles = [...publicFiles(data)].filter(([name]) => /^tile\/entries\/\d+$/.test(name));
  const entries = bundles.flatMap(([, bytes]) => entriesIn(bytes) ?? assert.fail());
  const { steps } = await office.owner.db
    .selectFrom('commitment')
    .select(({ fn }) => fn.countAll<number>().as('steps'))
    .executeTakeFirstOrThrow();
  const waiting = await office.owner.db
    .selectFrom('commitment')
    .leftJoin('log_entry', 'log_entry.commitment', 'commitment.id')
    .select('commitment.id')
    .where('log_entry.index', 'is', null)
    .execute();
  assert.equal(waiting.length, 0);
  return { seen, entries, steps };
}

/** Pearson's statistic of how often each value of a byte comes, against evenly: 255 degrees of freedom. */
function chiSquare(entries: readonly Uint8Array[]): number {
  const counts = new Float64Array(256);
  for (const entry of entries) for (const byte of entry.subarray(1)) counts[byte] = (counts[byte] ?? 0) + 1;
  const expected = (entries.length * 32) / 256;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

test('sizes, names and moments of all that is public are the same with no case and with ten under seal', async (t) => {
  const [quiet, busy] = [await day(t, 0), await day(t, 10)];
  // The accounts of the eight people who work there, and what else of the office is committed to as it is found.
  assert.equal(quiet.steps, 12);
  assert.ok(busy.steps > 40);
  assert.deepEqual(busy.seen, quiet.seen);
  assert.deepEqual([quiet.entries.length, busy.entries.length], [768, 768]);
  for (const { entries } of [quiet, busy]) {
    assert.ok(entries.every((entry) => entry.length === 33 && entry[0] === 1));
    // The bytes are as even as chance: above 400 by chance less than once in ten million days.
    assert.ok(chiSquare(entries) < 400, String(chiSquare(entries)));
    assert.equal(new Set(entries.map((entry) => Buffer.from(entry).toString('hex'))).size, entries.length);
  }
});

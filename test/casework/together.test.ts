// Requests that come in at the same moment share a transaction, and none of them pays for another.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { caseChanges } from '../../src/adapters/postgres/casework/changes.ts';
import { together } from '../../src/adapters/postgres/casework/together.ts';
import { alike } from '../../src/app/casework/front-desk.ts';
import { openCase } from '../../src/app/casework/receive.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { RequestContent } from '../../src/domain/requests/content.ts';
import { CONTENT, openOffice, type TestOffice } from '../support/casework.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const take = (content: RequestContent) =>
  openCase(office.work, office.staff['duty-officer'], {
    direction: 'incoming',
    channel: 'api',
    measure: 'content-data',
    otherState: 'AA',
    instrument: null,
    content,
    documents: [],
  });
/** By a name that no text of this database can hold, or that has no bytes to be committed to. */
const unwritable = (name: string) => ({ ...CONTENT, requestingAuthority: { name } }) as RequestContent;

test('of requests that come in together one that cannot be written fails alone, and each of the others is there once', async () => {
  const contents = Array.from({ length: 21 }, (_, n) => {
    if (n === 7) return unwritable('Office of the\u0000Prosecutor');
    if (n === 9) return unwritable('Office of the\ud800Prosecutor');
    return { ...CONTENT, caseReference: `AA-${n}`, targets: [] };
  });
  const ended = await Promise.allSettled(contents.map(take));
  assert.deepEqual(
    ended.flatMap(({ status }, n) => (status === 'rejected' ? [n] : [])),
    [7, 9],
  );
  const opened = ended.flatMap((one) => (one.status === 'fulfilled' && one.value.is === 'opened' ? [one.value] : []));
  assert.equal(new Set(opened.map(({ file }) => file.reference)).size, 19);
  for (const { file } of opened) {
    const { reviewer } = office.staff;
    assert.deepEqual(await office.work.store.read(reviewer.id, file.reference, 'test'), file);
    assert.equal((await office.work.store.history(reviewer.id, file.id)).length, file.version);
  }
  const { rows } = await office.owner.pool.query(
    "select count(distinct xmin::text)::int as n from event where type = 'request.received'",
  );
  assert.ok(rows[0].n < 19, `${rows[0].n} transactions for 19 cases: nothing was shared`);
});

test('what requests have in common is found among those that come in together too, and a sealed or hidden case is not told', async () => {
  const same = { ...CONTENT, caseReference: 'AA-same' };
  const [first, second] = await Promise.all([take(same), take(same)]);
  assert.ok(first.is === 'opened' && second.is === 'opened');
  const third = await take(same);
  assert.ok(third.is === 'opened');
  const likeTo = async (file: CaseFile): Promise<Set<string>> =>
    new Set((await alike(office.work, office.staff['duty-officer'], file)).map(({ reference }) => reference));
  const found = await likeTo(third.file);
  assert.ok(found.has(first.file.reference) && found.has(second.file.reference));
  await office.owner.db
    .insertInto('conflict_of_interest')
    .values({ case_id: first.file.id, person: office.staff['duty-officer'].id, declared_at: office.clock.now() })
    .execute();
  const fourth = await take(same);
  assert.ok(fourth.is === 'opened');
  const left = await likeTo(fourth.file);
  assert.ok(!left.has(first.file.reference) && left.has(second.file.reference));
});

test('a page that listens hears of each new case, once it stands', async () => {
  const changes = caseChanges(office.app.db, office.app.pool.options);
  const heard = new Set<string | null>();
  const wait = async (until: () => boolean): Promise<void> => {
    while (!until()) await new Promise((next) => setTimeout(next, 20));
  };
  changes.listen((id) => heard.add(id));
  try {
    // Listening has begun when a first case is heard of; those before it are word that was lost.
    while (heard.size === 0) {
      await take(CONTENT);
      await new Promise((next) => setTimeout(next, 150));
    }
    const opened = await Promise.all([1, 2, 3].map((n) => take({ ...CONTENT, caseReference: `AA-heard-${n}` })));
    const ids = opened.map((one) => (one.is === 'opened' ? one.file.id : assert.fail(one.is)));
    await wait(() => ids.every((id) => heard.has(id)));
  } finally {
    await changes.close();
  }
});

test('a reviewer opens a case, oversight and the executing unit do not, whatever program asks', async () => {
  const { app, staff } = office;
  for (const who of ['oversight', 'executing-unit', 'registrar'] as const) {
    const empty = [staff[who].id, null, null, null, null, null, null, Buffer.alloc(0)];
    await assert.rejects(
      app.pool.query('select rogatory_receive($1, $2, $3, $4, $5, $6, $7, $8)', empty),
      /opened by a duty officer or a reviewer/,
      who,
    );
  }
});

test('one answer is asked for many, in lanes, each gets their own, and where the question fails all who asked hear it', async () => {
  const asked: number[][] = [];
  const double = together({ lanes: 1, most: 3 }, async (numbers: readonly number[]) => {
    asked.push([...numbers]);
    if (numbers.includes(13)) throw new Error('unlucky');
    return numbers.map((number) => (number === 5 ? Promise.reject(new Error('five')) : number * 2));
  });
  const ended = await Promise.allSettled([1, 2, 3, 4, 5, 6, 13, 14].map(double));
  assert.deepEqual(
    ended.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as Error).message)),
    [2, 4, 6, 8, 'five', 12, 'unlucky', 'unlucky'],
  );
  assert.deepEqual(asked, [
    [1, 2, 3],
    [4, 5, 6],
    [13, 14],
  ]);
});

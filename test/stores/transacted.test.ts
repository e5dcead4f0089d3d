// A transaction that does not wait for each answer before it asks the next question.
// Attacker: chance, that puts a question of one person into the transaction of the next.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import {
  type Connected,
  type Db,
  connect,
  transacted,
  transactedAlone,
} from '../../src/adapters/postgres/connection.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let one: Connected;
before(async () => {
  database = await testDatabase();
  // A single connection: whatever is left on it, the next one meets.
  one = connect(database.owner, 1);
  await one.pool.query('create table note (text text not null)');
});
after(async () => {
  await one.close();
  await database.stop();
});

const write = (tx: Db, text: string | null) => sql`insert into note values (${text})`.execute(tx);
const notes = async (): Promise<string[]> => {
  const { rows } = await sql<{ text: string }>`select text from note order by text`.execute(one.db);
  return rows.map(({ text }) => text);
};

test('what is asked at the same time is answered in the order in which it was asked', async () => {
  const seen = await transacted(one.db, 'begin', async (tx) => {
    const asked = await Promise.all([
      write(tx, 'order'),
      sql<{ n: number }>`select count(*)::int as n from note`.execute(tx),
      sql`delete from note`.execute(tx),
      sql<{ n: number }>`select count(*)::int as n from note`.execute(tx),
    ]);
    return [asked[1].rows[0]?.n, asked[3].rows[0]?.n];
  });
  assert.deepEqual(seen, [1, 0]);
});

test('where it cannot begin, nothing that was asked with it is done, and the error says why it could not', async () => {
  const failed = transacted(one.db, "begin; select 'nobody'::int", (tx) => write(tx, 'without a beginning'));
  await assert.rejects(failed, /invalid input syntax for type integer: "nobody"/);
  assert.deepEqual(await notes(), []);
});

test('where one of several questions fails, none of them counts', async () => {
  const failed = transacted(one.db, 'begin', (tx) => Promise.all([write(tx, 'a'), write(tx, null), write(tx, 'b')]));
  await assert.rejects(failed, /null value in column "text"/);
  assert.deepEqual(await notes(), []);
});

test('what is left over of work that failed asks nothing of whoever has the connection next', async () => {
  const { promise: gone, resolve: end } = Promise.withResolvers<void>();
  let leftOver: Promise<unknown> | undefined;
  const failed = transacted(one.db, 'begin', (tx) => {
    leftOver = gone.then(() => write(tx, 'left over'));
    return Promise.reject(new Error('the work failed'));
  });
  await assert.rejects(failed, /the work failed/);
  const next = transacted(one.db, 'begin', async (tx) => {
    await write(tx, 'of the next one');
    end();
    await assert.rejects(leftOver as Promise<unknown>, /asked after its end/);
  });
  await next;
  assert.deepEqual(await notes(), ['of the next one']);
});

test('one question with its begin and commit is kept whole or not at all, and leaves the connection as it was', async () => {
  const written = (text: string | null) => sql<{ text: string }>`insert into note values (${text}) returning text`;
  const alone = (begin: string, text: string | null) => transactedAlone(one.db, begin, written(text).compile(one.db));
  const before = await notes();
  assert.deepEqual(await alone('begin', 'alone'), [{ text: 'alone' }]);
  assert.deepEqual(await notes(), ['alone', ...before]);
  await assert.rejects(
    alone("begin; select 'nobody'::int", 'by nobody'),
    /invalid input syntax for type integer: "nobody"/,
  );
  await assert.rejects(alone('begin', null), /null value in column "text"/);
  await assert.rejects(alone('begin read only', 'without leave'), /read-only transaction/);
  // What is found wrong with it at its end is told too.
  await one.pool.query('create table once (text text unique deferrable initially deferred)');
  const twice = sql`insert into once values ('twice'), (${'twice'})`.compile(one.db);
  await assert.rejects(transactedAlone(one.db, 'begin', twice), /once_text_key/);
  const { rows } = await one.pool.query(
    'select text from once union all select pg_current_xact_id_if_assigned()::text',
  );
  assert.deepEqual(rows, [{ text: null }]);
  assert.deepEqual(await notes(), ['alone', ...before]);
});

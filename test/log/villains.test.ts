// Whoever owns the database or the disk changes what happened; the node names what was changed, and signs nothing over it.
// Attacker: the database's owner with triggers off, the disk's owner, and both at once.

import assert from 'node:assert/strict';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { By } from '../../src/domain/registry/person.ts';
import { randomFrom } from '../support/random.ts';
import { openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { sealTo } from '../support/sealed.ts';
import { auditOf, dataDirectory, found, memoryFolder, openTestLog, publicFiles, type TestLog } from './support.ts';

let office: TestOffice;

const checked = async (log: TestLog): Promise<readonly string[]> => (await auditOf(log, office)).found;

/** What the owner of the database does while no trigger and no foreign key looks. Undone afterwards. */
async function unseen<T>(statement: ReturnType<typeof sql>, look: () => Promise<T>): Promise<T> {
  const back = 'villain_back';
  await office.owner.db.connection().execute(async (own) => {
    await sql`set session_replication_role = replica`.execute(own);
    for (const table of TABLES) {
      await sql`create table ${sql.id(`${back}_${table}`)} as table ${sql.id(table)}`.execute(own);
    }
    await statement.execute(own);
    await sql`set session_replication_role = origin`.execute(own);
  });
  try {
    return await look();
  } finally {
    await office.owner.db.connection().execute(async (own) => {
      await sql`set session_replication_role = replica`.execute(own);
      for (const table of TABLES) {
        await sql`delete from ${sql.id(table)}`.execute(own);
        const overriding = table === 'commitment' ? sql`overriding system value` : sql``;
        await sql`insert into ${sql.id(table)} ${overriding} select * from ${sql.id(`${back}_${table}`)}`.execute(own);
        await sql`drop table ${sql.id(`${back}_${table}`)}`.execute(own);
      }
      await sql`set session_replication_role = origin`.execute(own);
    });
  }
}
const TABLES = ['case_file', 'event', 'commitment', 'opening', 'log_entry', 'log_head', 'log_slot', 'case_key'];

let scene: { readonly file: CaseFile; readonly sealed: CaseFile; readonly data: string };
before(async () => {
  office = await openOffice();
  const { work, staff } = office;
  const file = await takeIn(work, staff['duty-officer']);
  const other = await takeIn(work, staff['duty-officer']);
  const sealed = await sealTo(office, other, [staff.reviewer]);
  const data = memoryFolder();
  const log = await openTestLog(office.app.db, data);
  for (let n = 0; n < 5; n++) {
    assert.equal((await log.publish()).is, 'published');
    log.pass();
  }
  scene = { file, sealed, data };
});
after(async () => {
  rmSync(scene.data, { recursive: true, force: true });
  await office.close();
});

/** The log of one case in the clear and one under seal, all of it published; its files a copy of the test's own. */
async function published(t: TestContext) {
  const folder = dataDirectory(t);
  cpSync(scene.data, folder, { recursive: true });
  return { ...scene, folder, log: await openTestLog(office.app.db, folder) };
}

test('a step that is kept waiting until the sequencer looks for it no more is named', async () => {
  const log = await openTestLog(office.app.db, scene.data);
  // Its entry is called lost, and the slot behind which it waits is long over.
  const first = sql`(select min(e.index) from log_entry e join commitment c on c.id = e.commitment join opening o on o.entry = c.id)`;
  const kept = sql`
update log_slot set slot = slot - interval '2 hours' where slot = (select slot from log_entry where index = ${first});
update log_entry set commitment = null, slot = null where index = ${first}`;
  const named = /^step 1 \(case\.opened\) of .* waits for the log although later steps have entered$/;
  assert.ok((await unseen(kept, () => checked(log))).some((what) => named.test(what)));
});

test('of a log that nobody touched nothing is found, and everything in it opens', async (t) => {
  const { log, file, sealed } = await published(t);
  const { found: nothing, counted } = await auditOf(log, office);
  assert.deepEqual(nothing, []);
  const { accounts } = await office.owner.db
    .selectFrom('held_step')
    .select(({ fn }) => fn.countAll<number>().as('accounts'))
    .executeTakeFirstOrThrow();
  const steps = file.version + sealed.version + accounts;
  assert.deepEqual(counted, {
    entries: 40,
    steps,
    padding: 40 - steps,
    lost: 0,
    cases: 2,
    erased: 0,
    waiting: 0,
    signed: 40,
  });
});

/** One of the office, who did not take that step. */
const APPROVER = '00000000-0000-4000-8000-000000000003';

type Deed = {
  readonly what: string;
  readonly by: (file: CaseFile, sealed: CaseFile) => ReturnType<typeof sql>;
  readonly names: (file: CaseFile, sealed: CaseFile) => RegExp;
};
const DEEDS: readonly Deed[] = [
  {
    what: 'another text of a step',
    by: ({ id }) =>
      sql`update event set body = convert_to(replace(convert_from(body, 'UTF8'), 'AA', 'AB'), 'UTF8') where case_id = ${id} and seq = 1`,
    names: ({ reference }) =>
      new RegExp(`step 1 \\(case.opened\\) of ${reference} is not what was committed to: entry \\d+`),
  },
  {
    what: 'another person for a step',
    by: ({ id }) => sql`update event set person = ${APPROVER}::uuid where case_id = ${id} and seq = 2`,
    names: ({ reference }) => new RegExp(`step 2 .* of ${reference} is not what was committed to`),
  },
  {
    what: 'an earlier moment for a step',
    by: ({ id }) => sql`update event set at = at - interval '1 day' where case_id = ${id} and seq = 1`,
    names: ({ reference }) => new RegExp(`step 1 .* of ${reference} is not what was committed to`),
  },
  {
    what: 'a step taken out of a sealed case',
    by: (_, { id }) => sql`delete from event where case_id = ${id} and seq = 2`,
    names: (_, { reference }) =>
      new RegExp(`step 2 of ${reference} is missing, and entry \\d+ of the log is its commitment`),
  },
  {
    what: 'the sealed text of a step',
    by: (_, { id }) =>
      sql`update event set body = set_byte(body, 20, 1 + get_byte(body, 20) % 255) where case_id = ${id} and seq = 1`,
    names: (_, { reference }) => new RegExp(`step 1 .* of ${reference} does not open with the key of its case`),
  },
  {
    what: 'a step taken out with all that points to it',
    by: ({ id, version }) =>
      sql`with gone as (delete from opening where case_id = ${id} and seq = ${version} returning commitment),
        event_gone as (delete from event where case_id = ${id} and seq = ${version})
        delete from commitment where value in (select commitment from gone)`,
    names: ({ reference, version }) => new RegExp(`step ${version} of ${reference} is missing`),
  },
  {
    what: 'a whole case taken out',
    by: ({ id }) =>
      sql`with gone as (delete from opening where case_id = ${id} returning commitment), e as (delete from event where case_id = ${id}),
        f as (delete from case_file where id = ${id}) delete from commitment where value in (select commitment from gone)`,
    names: () => /entry \d+ of the log is of a step whose commitment is gone/,
  },
  {
    what: 'a whole case taken out, and what it was committed to left',
    by: ({ id }) =>
      sql`with o as (delete from opening where case_id = ${id}), e as (delete from event where case_id = ${id})
        delete from case_file where id = ${id}`,
    names: () => /entry \d+ of the log is the commitment of a step that is gone: a step was taken out/,
  },
  {
    what: 'a step put in behind the last, as if it had always been there',
    by: ({ id, version }) =>
      sql`insert into event select case_id, ${version + 1}, type, at, person, body, sealed from event where case_id = ${id} and seq = 1`,
    names: ({ reference, version }) =>
      new RegExp(`step ${version + 1} .* of ${reference} has nothing that opens a commitment`),
  },
  {
    what: 'a salt',
    by: ({ id }) => sql`update opening set salt = null where case_id = ${id} and seq = 1`,
    names: ({ reference }) => new RegExp(`step 1 .* of ${reference} has lost its salt, and no erasure is on record`),
  },
  {
    what: 'the case as it is shown, and none of its steps',
    by: ({ id }) =>
      sql`update case_file set state = convert_to(replace(convert_from(state, 'UTF8'), '"closed":null', '"closed":"2028-03-02T09:00:00.000Z"'), 'UTF8') where id = ${id}`,
    names: ({ reference }) => new RegExp(`${reference} is kept otherwise than its steps make it`),
  },
  {
    what: 'a commitment and its opening, made anew to fit another text',
    by: ({ id }) =>
      sql`with c as (update commitment set value = sha256(value) where value = (select commitment from opening where case_id = ${id} and seq = 1) returning value)
        update opening set commitment = (select value from c) where case_id = ${id} and seq = 1`,
    names: () => /entry \d+ of the log is not the commitment that it stands for/,
  },
  {
    what: 'which entry of the log is of a step',
    by: ({ id }) => sql`update opening set entry = null where case_id = ${id} and seq = 1`,
    names: () => /entry \d+ of the log is the commitment of a step that is gone: a step was taken out/,
  },
  {
    what: 'an entry of the log, and the commitment with it',
    by: () => sql`update log_entry set value = sha256(value) where index = 3`,
    names: () => /tile\/entries\/000\.p\/40 and the database differ in entry 3/,
  },
  {
    what: 'a step called padding',
    by: ({ id }) =>
      sql`update log_entry set commitment = null, padding_salt = sha256('x'), slot = (select min(slot) from log_slot)
        where commitment = (select c.id from commitment c join opening o on o.entry = c.id where o.case_id = ${id} and o.seq = 1)`,
    names: () => /entry \d+ of the log is called padding and does not open as padding/,
  },
  {
    what: 'an entry in the middle of the log',
    by: () => sql`delete from log_entry where index = 17`,
    names: () => /entries 17 to 17 of the log are missing from the database/,
  },
  {
    what: 'the last entries of the log',
    by: () => sql`delete from log_entry where index > 30`,
    names: () => /the database has 31 entries, and 40 were signed/,
  },
  {
    what: 'a signed root',
    by: () => sql`update log_head set root = sha256(root) where size = 16`,
    names: () => /the entries in the database do not give the root that was signed over 16 of them/,
  },
  {
    what: 'a signed root, taken out',
    by: () => sql`delete from log_head where size = 16`,
    names: () => /the signed root over 16 entries, with the batch of .*, is gone from the database/,
  },
  {
    what: 'two steps of a case in each other’s place',
    by: ({ id }) =>
      sql`update event e set body = o.body, type = o.type from event o
        where e.case_id = ${id} and o.case_id = ${id} and e.seq in (1, 2) and o.seq = 3 - e.seq`,
    names: ({ reference }) => new RegExp(`step 1 .* of ${reference} is not what was committed to`),
  },
];

for (const { what, by, names } of DEEDS)
  test(`changed as owner of the database: ${what}`, async (t) => {
    const { log, file, sealed } = await published(t);
    const all = await unseen(by(file, sealed), () => checked(log));
    assert.match(all.join('\n'), names(file, sealed));
    t.diagnostic(all[0] ?? '');
    assert.deepEqual(await checked(log), [], 'and put back');
  });

test('which entries no step claims is told to oversight and the node itself, and to nobody at work on cases', async (t) => {
  const { file } = await published(t);
  const told = async (by: By): Promise<number[]> => {
    const question = sql<{ index: number }>`select rogatory_unclaimed(0, ${1_000}::bigint) as index`;
    return (await asPerson(office.app.db, by, (tx) => question.execute(tx))).rows.map(({ index }) => index);
  };
  const [duty, oversight] = [office.staff['duty-officer'].id, office.staff.oversight.id];
  await unseen(sql`delete from opening where case_id = ${file.id} and seq = 1`, async () => {
    const all = await told('clock');
    assert.equal(all.length, 1);
    assert.deepEqual(await told(oversight), all);
    assert.deepEqual(await told(duty), []);
    return [];
  });
  assert.deepEqual(await told('clock'), []);
});

test('any byte of any file: found, and the file is named', async (t) => {
  const { log, folder } = await published(t);
  const seed = Number(process.env['ROGATORY_TEST_SEED'] ?? Date.now() % 1_000_000);
  t.diagnostic(`ROGATORY_TEST_SEED=${seed}`);
  const random = randomFrom(seed);
  // Beginnings of tiles under older checkpoints are there for readers who are late; the newest of each is what holds today.
  const current = [...publicFiles(folder).keys()].filter((name) => name === 'checkpoint' || name.endsWith('/40'));
  assert.equal(current.length, 3);
  for (const name of current)
    for (let n = 0; n < 12; n++) {
      const path = join(folder, 'log', name);
      const whole = readFileSync(path);
      const at = random.below(whole.length);
      const bad = Uint8Array.from(whole);
      bad[at] = (whole[at] as number) ^ (1 << random.below(8));
      writeFileSync(path, bad);
      const all = await checked(log);
      assert.match(
        all.join('\n'),
        name === 'checkpoint' ? /the published checkpoint/ : new RegExp(name.replaceAll('.', '\\.')),
        `${name} byte ${at}`,
      );
      writeFileSync(path, whole);
    }
  rmSync(join(folder, 'log/tile/0/000.p/40'));
  assert.match((await checked(log)).join('\n'), /tile\/0\/000\.p\/40 is missing/);
});

test('over files that were changed nothing is signed', async (t) => {
  const { log, folder } = await published(t);
  const path = join(folder, 'log/tile/0/000.p/40');
  const whole = readFileSync(path);
  writeFileSync(path, whole.with(100, (whole[100] as number) ^ 1));
  log.pass(6);
  assert.match(found(await log.publish()), /the files of the log do not give the root that was signed over 40/);
  writeFileSync(path, whole.subarray(1));
  assert.match(found(await log.publish()), /tile\/0\/000\.p\/40 has not 40 hashes/);
  assert.equal((await log.checkpoint()).size, 40);
  assert.equal((await office.owner.db.selectFrom('log_slot').selectAll().execute()).length, 5);
});

test('a note of another key, or none at all, stops the log, and says what to do', async (t) => {
  const { log, folder } = await published(t);
  log.pass(6);
  const signed = readFileSync(join(folder, 'last-signed'), 'utf8');
  writeFileSync(join(folder, 'last-signed'), signed.replace(/\n40\n/, '\n41\n'));
  assert.match(
    found(await log.publish('started anew')),
    /last signed checkpoint is not signed by the key node\.example\/log/,
  );
  rmSync(join(folder, 'last-signed'));
  assert.match(found(await log.publish('started anew')), /last signed checkpoint is gone.*rogatory log resume/);
  // Other keys in the folder: they would make another log under the same name.
  const other = dataDirectory(t);
  const stranger = await openTestLog(office.app.db, other);
  assert.match(found(await stranger.publish()), /put the folder keys\/log back/);
});

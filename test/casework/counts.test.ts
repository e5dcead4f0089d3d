// What a docket counts and finds without looking at each case is what row-level security would have shown, case by case.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { type Actor, type DocketFilter, type DocketQuery, MOST_COUNTED } from '../../src/app/casework/ports.ts';
import type { Stage, Turn } from '../../src/domain/docket/standing.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';

let office: TestOffice;
const CASES = 2_000;

/** Rows as nobody's steps would leave them, all sorts mixed: lists and counts look at these columns and at nothing else. */
const FILL = `
insert into case_file (id, reference, direction, requesting_state, requested_state, counterpart, measure, stage, urgency, turn, assignee,
  received_at, due_at, outcome, executing, closed, sealed, version, state, search)
select md5('case' || n)::uuid, 'BB-2028-' || lpad((900000 + n)::text, 6, '0'), case when n % 5 = 0 then 'outgoing' else 'incoming' end,
  case when n % 5 = 0 then 'BB' else (array['AA', 'CC', 'DD'])[1 + n % 3] end, case when n % 5 = 0 then 'EE' else 'BB' end, '',
  (array['content-data', 'subscriber-data'])[1 + n % 2], (array['received', 'assessing', 'executing'])[1 + n * 7 % 11 % 3],
  (array['routine', 'emergency'])[1 + n % 13 / 12], (array['duty-officer', 'reviewer', 'approver'])[1 + n * 7 % 11 % 3],
  case when n % 4 = 0 then (select id from person order by name limit 1) end,
  timestamptz '2028-01-01' + n * interval '13 minutes', case when n % 6 > 0 then timestamptz '2028-02-20' + n * 7919 % 3000 * interval '11 minutes' end,
  case when n % 3 = 0 then 'may-refuse' end, n % 9 = 0, n % 17 = 0, n % 10 = 0, 1, '{}',
  case when n % 10 = 0 then '' else to_tsvector('simple', 'common n' || n || case when n % 4 = 0 then ' fourth' else '' end) end
from generate_series(1, ${CASES}) n`;

before(async () => {
  office = await openOffice();
  await sql.raw(FILL).execute(office.owner.db);
  // Counting must be right for any rows, also for those of which a rule of its own says that they cannot come about.
  await sql`alter table conflict_of_interest disable trigger conflict_leaves_an_approver`.execute(office.owner.db);
  await sql`alter table case_grant disable trigger case_grant_leaves_an_approver`.execute(office.owner.db);
  // Of every third sealed case a grant, and of every case in twenty a conflict, for each by another rule.
  for (const [place, { id }] of people().entries())
    await sql
      .raw(
        `insert into case_grant (case_id, person, wrapped_key, granted_at)
           select id, '${id}', '', now() from case_file where sealed and hashtext(id::text || '${place}') % 3 = 0;
         insert into conflict_of_interest (case_id, person, declared_at)
           select id, '${id}', now() from case_file where hashtext('${place}' || id::text) % 20 = 0`,
      )
      .execute(office.owner.db);
});
after(() => office.close());

const people = (): Actor[] => Object.values(office.staff);
/** One who works on cases, one who executes, one who watches. */
const some = (): Actor[] => [office.staff.reviewer, office.staff['executing-unit'], office.staff.oversight];

const FILTERS: DocketFilter[] = [
  {},
  { closed: true },
  { direction: 'outgoing' },
  { state: 'CC', measure: 'content-data' },
  { state: 'BB' },
  { outcome: 'may-refuse', urgency: 'emergency' },
  { turns: ['reviewer', 'approver'] as Turn[] },
  { unassigned: true, measure: 'subscriber-data' },
];
const NOW = '2028-03-02T09:00:00.000Z' as never;

/** The same by reading every row that the policy shows. No words of a sealed case are kept to be found by. */
function readOneByOne(who: Actor, filter: DocketFilter, words?: string) {
  const of = (given: unknown, condition: ReturnType<typeof sql<boolean>>) =>
    given === undefined ? sql<boolean>`true` : condition;
  return asPerson(office.app.db, who.id, async (tx) => {
    const { rows } = await sql<{ id: string; stage: string; urgency: string; late: boolean }>`
      select id, stage, urgency, coalesce(due_at < ${NOW}, false) as late from case_file
      where closed = ${filter.closed ?? false} and ${of(filter.direction, sql`direction = ${filter.direction}`)}
        and ${of(filter.state, sql`${filter.state} in (requesting_state, requested_state)`)}
        and ${of(filter.measure, sql`measure = ${filter.measure}`)} and ${of(filter.outcome, sql`outcome = ${filter.outcome}`)}
        and ${of(filter.urgency, sql`urgency = ${filter.urgency}`)} and ${of(filter.turns, sql`turn = any (${filter.turns})`)}
        and ${of(filter.stage, sql`stage = ${filter.stage}`)} and ${of(filter.unassigned, sql`assignee is null`)}
        and ${of(words, sql`not sealed and search @@ plainto_tsquery('simple', ${words})`)}
      order by due_at, id`.execute(tx);
    return rows;
  });
}

async function countsAreRight(whose: readonly Actor[] = some()): Promise<void> {
  for (const who of whose)
    for (const filter of FILTERS) {
      const rows = await readOneByOne(who, filter);
      const byStage: { [stage: string]: number } = {};
      for (const { stage } of rows) byStage[stage] = (byStage[stage] ?? 0) + 1;
      const expected = {
        total: rows.length,
        byStage,
        overdue: Math.min(rows.filter(({ late }) => late).length, MOST_COUNTED + 1),
        emergency: rows.filter(({ urgency }) => urgency === 'emergency').length,
        many: false,
      };
      const about = `${who.roles} ${JSON.stringify(filter)}`;
      assert.deepEqual(await office.work.store.counts(who.id, NOW, filter), expected, about);
    }
}

test('for each person so many are counted as they may see: nothing sealed from them, nothing they have a conflict in', async () => {
  const { work, staff } = office;
  await countsAreRight(people());
  const total = async (who: Actor) => (await work.store.counts(who.id, NOW)).total;
  assert.ok((await total(staff.reviewer)) > MOST_COUNTED, 'kept counts know no ceiling');
  assert.notEqual(await total(staff.reviewer), await total(staff.reviewer2));
  assert.ok((await total(staff['executing-unit'])) < 500);
  assert.equal(await total(staff.registrar), 0);
});

test('counts follow every change of every writer, and are the same after they were added up', async () => {
  const { owner, app, staff } = office;
  const change = (n: number) =>
    asPerson(app.db, 'clock', (tx) =>
      sql`update case_file set stage = ${n % 2 ? 'ready' : 'assessing'}, sealed = ${n % 7 === 0}, assignee = null, closed = ${n % 11 === 0}
        where reference = ${`BB-2028-${900000 + ((n * 37) % CASES) + 1}`}`.execute(tx),
    );
  // Eight at a time, on cases of which some meet.
  for (let n = 0; n < 400; n += 8) await Promise.all(Array.from({ length: 8 }, (_, at) => change(n + at)));
  await assert.rejects(
    asPerson(app.db, staff.approver2.id, async (tx) => {
      await sql`update case_file set stage = 'withdrawn'`.execute(tx);
      throw new Error('undone');
    }),
    /undone/,
  );
  await sql`delete from case_grant`.execute(owner.db);
  await countsAreRight();
  const waiting = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*) as n from docket_change`.execute(owner.db)).rows[0]?.n ?? 0;
  assert.ok((await waiting()) < 600, 'writers add them up on their way');
  await sql`select rogatory_add_up()`.execute(owner.db);
  assert.equal(await waiting(), 0);
  await countsAreRight();
  // Twice, so that all of them are afterwards what they were.
  for (const last of [100_000, 200_001]) {
    await sql`select setval(pg_get_serial_sequence('docket_change', 'id'), ${last})`.execute(owner.db);
    await sql`update case_file set urgency = case urgency when 'routine' then 'emergency' else 'routine' end`.execute(
      owner.db,
    );
    assert.ok((await waiting()) < 600, `whether the first change has an odd number or an even one, here after ${last}`);
  }
  await sql`select rogatory_count_anew()`.execute(owner.db);
  await countsAreRight();
});

test('nobody reads the counts but through what tells each their own', async () => {
  const { app, staff } = office;
  for (const query of [
    'select * from docket_count',
    'select * from docket_change',
    `select * from rogatory_kept_from('{}')`,
    'select rogatory_count_anew()',
    'select rogatory_add_up()',
  ])
    await assert.rejects(
      asPerson(app.db, staff.oversight.id, (tx) => sql.raw(query).execute(tx)),
      /permission denied/,
      query,
    );
});

/** All lines of a list, page by page. */
async function allOf(who: Actor, query: Omit<DocketQuery, 'size' | 'sort'>): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await office.work.store.docket(who.id, {
      ...query,
      sort: 'due',
      size: 400,
      ...(after ? { after } : {}),
    });
    found.push(...page.lines.map(({ reference }) => reference));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}
const referencesOf = (rows: readonly { id: string }[]): Promise<string[]> =>
  sql<{
    reference: string;
  }>`select reference from case_file join unnest(${rows.map(({ id }) => id)}::uuid[]) with ordinality as t (id, at)
    using (id) order by at`
    .execute(office.owner.db)
    .then(({ rows: found }) => found.map(({ reference }) => reference));

test('what many have and what few have is found alike, in the order of the list, and only what may be seen', async () => {
  for (const who of some())
    for (const [words, filter] of [
      ['common', {}],
      ['fourth', { measure: 'subscriber-data' }],
      ['common fourth', { stage: 'executing' as Stage }],
      ['n77', {}],
      ['common', { closed: true }],
    ] as const) {
      // "n77" is found as the beginning of n770 too; asked for with a word behind it, it is whole.
      const asked = words === 'n77' ? 'n77 common' : words;
      const rows = await readOneByOne(who, filter, asked);
      assert.deepEqual(
        await allOf(who, { ...filter, words: asked }),
        await referencesOf(rows),
        `${who.roles} ${words}`,
      );
    }
});

test('the ids that a search gives are of cases that may be seen, for whoever calls it by hand', async () => {
  for (const who of people()) {
    const { rows } = await asPerson(office.app.db, who.id, (tx) =>
      sql<{
        found: string[];
      }>`select rogatory_found('fourth', 2000, false, null, null, null, null, null, null, null, null, null, null)
        as found`.execute(tx),
    );
    const seen = await readOneByOne(who, {}, 'fourth');
    assert.deepEqual(rows[0]?.found.toSorted(), seen.map(({ id }) => id).toSorted(), String(who.roles));
  }
});

test('hits are counted up to a thousand; beyond that it is said that there are more, and one stage may still be counted', async () => {
  const { work, staff } = office;
  const list = (query: DocketFilter) =>
    work.store.lists(staff.reviewer.id, (ask) => ask.list(NOW, { ...query, sort: 'due', size: 50 }));
  const everywhere = await list({ words: 'common' });
  assert.deepEqual([everywhere.count, everywhere.counts.many, everywhere.page.lines.length], [null, true, 50]);
  const few = await readOneByOne(staff.reviewer, { stage: 'executing' as Stage }, 'common');
  assert.ok(few.length > 0 && few.length <= MOST_COUNTED);
  const here = await list({ words: 'common', stage: 'executing' });
  assert.deepEqual([here.count, here.counts.many], [few.length, true]);
  const fourth = await readOneByOne(staff.reviewer, {}, 'fourth');
  const counted = await list({ words: 'fourth' });
  assert.deepEqual([counted.count, counted.counts.many], [fourth.length, false]);
  assert.equal(
    counted.counts.total,
    Object.values(counted.counts.byStage).reduce((a, b) => a + b, 0),
  );
  const soon = await list({ dueBefore: '2028-02-21T00:00:00.000Z' as never });
  assert.ok(soon.count !== null && soon.count > 0 && soon.count === soon.counts.total);
  const late = await list({ dueBefore: '2029-01-01T00:00:00.000Z' as never });
  assert.equal(late.count, null);
});

test('an owner of the tables whom policies bind counts and finds the same', async () => {
  const { db } = office.owner;
  const bound = `bound_${process.pid}`;
  const { rows } = await sql<{ what: string }>`
    select 'table ' || quote_ident(relname) as what from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
    union all select 'function ' || oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace`.execute(
    db,
  );
  const me = (await sql<{ me: string }>`select current_user as me`.execute(db)).rows[0]?.me ?? '';
  await sql.raw(`create role ${bound} nologin; grant all on schema public to ${bound}`).execute(db);
  try {
    for (const { what } of rows) await sql.raw(`alter ${what} owner to ${bound}`).execute(db);
    await countsAreRight();
    const { reviewer } = office.staff;
    const expected = await referencesOf(await readOneByOne(reviewer, {}, 'fourth'));
    assert.deepEqual(await allOf(reviewer, { words: 'fourth' }), expected);
  } finally {
    await sql.raw(`reassign owned by ${bound} to ${me}; drop owned by ${bound}; drop role ${bound}`).execute(db);
  }
});

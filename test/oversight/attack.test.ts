// Who would rather not be looked at, and who would rather find nothing: the draw is bent afterwards, a case is rewritten, a finding is
// read by those it is kept from, oversight writes where it only reads. Each is refused or named.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { connect, type Connected } from '../../src/adapters/postgres/connection.ts';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { openAudit } from '../../src/adapters/log/open-audit.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { audit } from '../../src/app/log/audit.ts';
import type { Finding } from '../../src/app/log/audit-ports.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import { beginSample, drawNow, readSample, stageOf } from '../../src/app/oversight/samples.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { checkSample } from '../../verify/sample.ts';
import { inWords } from '../../verify/verify.ts';
import { openSpace, type Space } from './door.ts';

const data = mkdtempSync(join(tmpdir(), 'rogatory-oversight-'));
let space: Space;
let owner: Connected;
let olga: Actor;
before(async () => {
  space = await openSpace(data);
  owner = connect(space.door.office.database.owner, 2);
  olga = { id: space.people.olga.id, roles: ['oversight'] };
});
after(async () => {
  await owner.close();
  await space.close();
  rmSync(data, { recursive: true, force: true });
});

const ASKED = { kind: 'random', purpose: 'A look.', from: null, to: null, only: [], count: 2, lock: null } as const;

/** A sample that was drawn as it should be. */
async function drawn(): Promise<number> {
  const begun = await beginSample(space.ports, olga, ASKED);
  assert.equal(begun.is, 'done');
  await space.publish(2);
  const no = begun.is === 'done' ? begun.no : 0;
  const ended = await drawNow(space.ports, olga, no, '');
  assert.equal(ended.is, 'done', JSON.stringify(ended));
  return no;
}

/** Does it as the owner of the tables, with every trigger off. */
async function asOwner(query: string): Promise<void> {
  const tables = ['oversight_event', 'oversight_population', 'event', 'opening'];
  for (const table of tables) await sql.raw(`alter table ${table} disable trigger user`).execute(owner.db);
  for (const table of tables) await sql.raw(`alter table ${table} no force row level security`).execute(owner.db);
  await sql.raw(query).execute(owner.db);
  for (const table of tables) await sql.raw(`alter table ${table} force row level security`).execute(owner.db);
  for (const table of tables) await sql.raw(`alter table ${table} enable trigger user`).execute(owner.db);
}

type File = {
  no: number;
  population: string;
  steps: { body: string; bodyHash: string }[];
  seed: { size: number; root: string; checkpoint: string; consistency: string[] };
};
const fileOf = async (no: number): Promise<File> =>
  JSON.parse((await space.people.olga.get(`/oversight/samples/${no}/sample.json`)).text) as File;

type Event = { [name: string]: unknown };
const inBody = (file: File, step: number, change: (event: Event) => Event): void => {
  const one = file.steps[step];
  if (one === undefined) throw new Error('no such step');
  one.body = JSON.stringify(change(JSON.parse(one.body) as Event));
};

/** Ways to bend the file of a draw, and what is said of each. */
const BENT = (other: File): readonly (readonly [(file: File) => void, RegExp])[] => [
  [
    (file) => {
      file.population = file.population.replace(/^.*\n/, '');
    },
    /not the one whose hash/,
  ],
  [
    (file) => inBody(file, 0, (event) => ({ ...event, count: 1 })),
    /words of step 1 \(sample\.fixed\) are not those that were hashed/,
  ],
  [
    (file) => inBody(file, 1, (event) => ({ ...event, drawn: (event['drawn'] as unknown[]).toReversed() })),
    /seed gives other cases than were drawn/,
  ],
  [
    // Another tree that would have given another seed, with its true root and proof.
    (file) => {
      file.seed = other.seed;
    },
    /not the root of the tree that was announced/,
  ],
  [
    (file) => {
      file.seed.root = '00'.repeat(32);
    },
    /not the root of the tree/,
  ],
  [
    (file) => {
      file.seed.consistency = file.seed.consistency.slice(1);
    },
    /does not continue/,
  ],
];

test('a draw that was bent afterwards is named by whoever checks its file', async () => {
  const no = await drawn();
  assert.deepEqual((await checkSample(JSON.stringify(await fileOf(no)))).wrong, []);
  const other = await fileOf(await drawn());
  // Under a later checkpoint than that of its seed, so that there is a proof between the two.
  const good = await fileOf(no);
  assert.deepEqual((await checkSample(JSON.stringify(good))).wrong, []);
  const bent = async (change: (file: File) => void): Promise<string> => {
    const file = structuredClone(good);
    change(file);
    return (await checkSample(JSON.stringify(file))).wrong.map(inWords).join('\n');
  };
  for (const [change, words] of BENT(other)) assert.match(await bent(change), words);
  assert.match(await bent((file) => void file.steps.splice(0, 1)), /does not follow|does not fix/);
  const swapped = await bent((file) => {
    const theirs = structuredClone(other.steps[0]);
    if (theirs !== undefined) file.steps[0] = theirs;
  });
  assert.match(swapped, /commitment of step 1|does not fix this sample/);
});

test('a list of cases that was changed after the fixing gives no draw', async () => {
  const begun = await beginSample(space.ports, olga, ASKED);
  const no = begun.is === 'done' ? begun.no : 0;
  await space.publish(2);
  const sample = await readSample(space.ports, olga, no);
  await asOwner(
    `update oversight_population set body = regexp_replace(body, '^[^\\n]*\\n', '') where sha256 = '${sample?.sample.population.sha256}'`,
  );
  const ended = await drawNow(space.ports, olga, no, '');
  assert.deepEqual(ended.is === 'refused' && ended.refusals.map(({ code }) => code), ['oversight.population-changed']);
});

test('a fixing that enters the log when its seed could be known is void, and its number stays', async () => {
  const { entries } = space.ports.log;
  // As if the announced tree had been there already when the sample was fixed.
  const size = await entries.size();
  const late = { ...space.ports, log: { ...space.ports.log, entries: { ...entries, size: async () => size - 256 } } };
  const begun = await beginSample(late, olga, { ...ASKED, from: '2028-01-01' as never });
  const no = begun.is === 'done' ? begun.no : 0;
  await space.publish(1);
  assert.equal((await drawNow(space.ports, olga, no, '')).is, 'done');
  const read = await readSample(space.ports, olga, no);
  assert.equal(read && stageOf(read.sample), 'lapsed');
  assert.match((await space.people.olga.get('/oversight/samples')).text, new RegExp(`Sample ${no}[\\s\\S]*void`));
  const again = await drawNow(space.ports, olga, no, '');
  assert.deepEqual(again.is === 'refused' && again.refusals.map(({ code }) => code), ['oversight.lapsed']);
});

test('a step of a case that its database owner rewrote does not hold, and is named; the rest does', async () => {
  const { plain } = space.cases;
  await space.publish(1);
  const path = `/oversight/cases/${plain.reference}`;
  assert.match((await space.people.olga.get(path)).text, /are what was committed to/);
  await asOwner(
    `update event set body = convert_to(replace(convert_from(body, 'UTF8'), '"form"', '"post"'), 'UTF8') where case_id = '${plain.id}' and type = 'request.received'`,
  );
  const { text } = await space.people.olga.get(path);
  assert.match(text, /This case does not hold/);
  assert.match(text, /request\.received[\s\S]{0,900}are not those that were committed to/);
  assert.equal(text.match(/are not those that were committed to/g)?.length, 1);
  await asOwner(
    `update event set body = convert_to(replace(convert_from(body, 'UTF8'), '"post"', '"form"'), 'UTF8') where case_id = '${plain.id}' and type = 'request.received'`,
  );
  await asOwner(`update opening set salt = sha256('another') where case_id = '${space.cases.urgent.id}' and seq = 2`);
  assert.match((await space.people.olga.get(`/oversight/cases/${space.cases.urgent.reference}`)).text, /does not hold/);
});

test('the self-audit of the log knows the steps of oversight, and names one that was taken out', async () => {
  const { office } = space.door;
  const keys = caseKeys(office.ports.vault, office.ports.secrets, personKeyName);
  const { standing } = await officeStore(office.db, space.door.front.office(), () => Date.now(), keys.mark);
  const log = space.ports.log;
  const options = { db: office.db, dataDirectory: data, keys, office: { standing }, log, casework: space.door.front };
  const check = () => audit(openAudit(options));
  const own = (found: readonly Finding[]): string[] =>
    found.filter(({ reference }) => reference !== space.cases.urgent.reference).map(({ says }) => says);
  // The list that a test before this one changed is named, with each sample that is drawn from it; and nothing else is.
  const before = own((await check()).found);
  assert.ok(before.length > 0);
  for (const one of before)
    assert.match(one, /the list of cases of sample \d+ of oversight is not the one whose hash was fixed/);
  await asOwner(
    `update oversight_event set at = at + interval '1 day' where seq = 1 and type = 'sample.fixed' and file = (select id from oversight_file where kind = 'sample' and no = 1)`,
  );
  assert.match(
    own((await check()).found).join('\n'),
    /step 1 \(sample\.fixed\) of sample 1 of oversight is not what was committed to/,
  );
  await asOwner(
    `delete from oversight_event where seq = 2 and type = 'sample.drawn' and file = (select id from oversight_file where kind = 'sample' and no = 1)`,
  );
  assert.match(own((await check()).found).join('\n'), /entry \d+ of the log is the commitment of a step that is gone/);
});

test('oversight writes in no case, by page or by SQL', async () => {
  const { plain } = space.cases;
  for (const act of ['acknowledge', 'assign', 'seal', 'close'])
    assert.ok(
      [403, 404].includes((await space.people.olga.post(`/requests/${plain.reference}/${act}`, {})).status),
      act,
    );
  const version = (await space.door.front.store.read(olga.id, plain.reference, 'test'))?.version ?? 0;
  for (const query of [
    `insert into event (case_id, seq, type, at, person, body) values ('${plain.id}', ${version + 1}, 'case.closed', now(), '${olga.id}', '{}')`,
    `update case_file set closed = true where id = '${plain.id}'`,
    `insert into decision (case_id, no, disposition, assessment_no, outcome, hash, state, proposed_by) values ('${plain.id}', 1, 'execute', 1, 'may-execute', sha256('x'), 'open', '${olga.id}')`,
  ])
    assert.equal(await changed(olga.id, query), 0, query);
});

/** How many rows a statement touches as that person; refused is none. */
async function changed(person: string, query: string): Promise<number> {
  try {
    const done = await asPerson(space.door.office.db, person as never, (tx) => sql.raw<object>(query).execute(tx));
    return Number(done.numAffectedRows ?? done.rows.length);
  } catch (error) {
    assert.match(String(error), /permission denied|row-level security|never changed|violates|follow|check/);
    return 0;
  }
}

test('nobody else enters the space, by page or by SQL, and nobody rewrites the book', async () => {
  const { duty, rana, ada, remy, emil } = space.people;
  for (const who of [duty, rana, ada, remy, emil]) {
    for (const path of ['', '/samples', '/samples/1', '/samples/1/sample.json', '/lists/sealed', '/lists/sealed.csv'])
      assert.equal((await who.get(`/oversight${path}`)).status, 403, path);
    for (const path of [`/cases/${space.cases.plain.reference}`, '/findings', '/report', '/report.json'])
      assert.equal((await who.get(`/oversight${path}`)).status, 403, path);
    assert.equal((await who.post('/oversight/samples', { purpose: 'x', count: '1' })).status, 403);
    for (const table of ['oversight_file', 'oversight_event', 'oversight_population'])
      assert.equal(await changed(who.id, `select * from ${table}`), 0, table);
    const file = `insert into oversight_file (id, kind, no, made_at) values (gen_random_uuid(), 'sample', 99, now())`;
    assert.equal(await changed(who.id, file), 0);
  }
  for (const who of [duty, rana, emil]) assert.equal((await who.get('/office/findings')).status, 403);
  for (const table of ['oversight_file', 'oversight_event', 'oversight_population']) {
    assert.equal(await changed(olga.id, `delete from ${table}`), 0);
    const column = table === 'oversight_population' ? 'body' : table === 'oversight_file' ? 'no' : 'type';
    assert.equal(await changed(olga.id, `update ${table} set ${column} = ${column}`), 0);
  }
  // A number that leaves a gap would hide what was drawn between.
  const gap = `insert into oversight_file (id, kind, no, made_at) values (gen_random_uuid(), 'sample', 99, now())`;
  assert.equal(await changed(olga.id, gap), 0);
});

test('a finding that names a sealed case is not there for an approver whom the case was not opened to; nobody answers for the office', async () => {
  const { olga: auditor, ada } = space.people;
  const amal = await space.door.enter('amal', ['approver']);
  const made = await auditor.post('/oversight/findings', {
    to: 'approver',
    title: 'The seal',
    text: 'It has no end.',
    cases: `${space.cases.sealed.reference} ${space.cases.plain.reference}`,
    replyBy: '2028-04-01',
  });
  assert.equal(made.status, 303);
  assert.equal((await ada.get('/office/findings/1')).status, 200);
  assert.equal((await amal.get('/office/findings/1')).status, 404);
  assert.doesNotMatch((await amal.get('/office/findings')).text, /The seal/);
  assert.equal((await amal.post('/office/findings/1/reply', { stance: 'accepted', text: 'x' })).status, 404);
  for (const table of ['oversight_file', 'oversight_event']) {
    assert.equal(await changed(amal.id, `select * from ${table}`), 0);
    assert.equal(await changed(ada.id, `select * from ${table}`), 1);
  }
  // With a commitment of the right form, but as somebody whose word it is not.
  const write = (person: string, type: string): string => `
    with c as (insert into commitment (value) values (sha256(gen_random_uuid()::text::bytea)) returning id, value)
    insert into oversight_event (file, seq, type, at, person, body, commitment, salt, previous, entry)
    select e.file, 2, '${type}', now(), '${person}', '{}', c.value, sha256('x'), e.commitment, c.id
    from oversight_event e, c where e.type = 'finding.made' and e.seq = 1`;
  assert.equal(await changed(olga.id, write(olga.id, 'finding.replied')), 0);
  assert.equal(await changed(ada.id, write(ada.id, 'finding.closed')), 0);
  assert.equal(await changed(ada.id, write(olga.id, 'finding.replied')), 0);
});

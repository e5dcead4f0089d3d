// Intake under `kill -9` of the node, of PostgreSQL and of both: what was acknowledged is there, once and whole.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { Client, type ClientConfig } from 'pg';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { tick } from '../../src/app/casework/clock.ts';
import { commit } from '../../src/transparency/opening.ts';
import { must, quiet } from '../support/database.ts';
import { randomFrom } from '../support/random.ts';
import { auditOf, openTestLog } from '../log/support.ts';
import { KEYS, officeOver } from './office.ts';
import { ask, AVAILABLE, beforeRemoval, emptyDirectory, killHard, serverPid } from './support.ts';

/** Who is killed in which round; each at a random number of acknowledged requests. More rounds for a longer search. */
const VICTIMS = Array.from({ length: Number(process.env['ROGATORY_CRASH_ROUNDS'] ?? 3) }, (_, n) =>
  ['both', 'server', 'node'].at(n % 3),
) as string[];
const AT_ONCE = 6;

type Heard = { readonly acknowledged: Map<string, string>; readonly begun: Set<string> };

/** Starts the office, waits for some acknowledgements, kills, and for a killed server waits until the office goes on. */
async function round(t: TestContext, directory: string, binaries: string, victim: string, count: number, heard: Heard) {
  const script = new URL('intake-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, directory, binaries, String(AT_ONCE)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  beforeRemoval(directory, async () => {
    if (child.exitCode === null && child.signalCode === null) await killHard(child);
  });
  let [left, dead] = [count, false];
  for await (const line of createInterface(child.stdout)) {
    const [word = '', token = '', reference = ''] = line.split(' ');
    assert.notEqual(word, 'refused', line);
    if (word === 'begun') heard.begun.add(token);
    if (word !== 'acknowledged') continue;
    assert.equal(heard.acknowledged.has(token), false);
    heard.acknowledged.set(token, reference);
    if (dead || --left > 0) continue;
    const server = serverPid(directory) ?? assert.fail('no server runs');
    if (victim !== 'node') process.kill(server, 'SIGKILL');
    if (victim === 'server') {
      // The office lives on; it is killed later, and its new server is left behind.
      [victim, left] = ['node', count];
      t.diagnostic(`killed the server at ${heard.acknowledged.size}`);
      continue;
    }
    child.kill('SIGKILL');
    dead = true;
    t.diagnostic(`killed ${victim} at ${heard.acknowledged.size}`);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  assert.equal(child.signalCode, 'SIGKILL', 'the office ended by itself');
}

for (const binaries of AVAILABLE)
  test(`${binaries}: every acknowledged request is there once, with every step and every commitment`, async (t) => {
    const directory = emptyDirectory(t);
    const seed = Number(process.env['ROGATORY_TEST_SEED'] ?? Date.now() % 1_000_000);
    t.diagnostic(`ROGATORY_TEST_SEED=${seed}`);
    const random = randomFrom(seed);
    const heard: Heard = { acknowledged: new Map(), begun: new Set() };
    for (const victim of VICTIMS) await round(t, directory, binaries, victim, 5 + random.below(40), heard);
    const database = must(await openDatabase({ dataDirectory: directory, binaries, log: quiet }));
    beforeRemoval(directory, database.stop);
    const files = join(directory, 'files');
    await check(database.owner, files, heard);
    // What was received and not read before the machine stopped is read by the clock of the next start, once.
    const { db, close } = connect(database.app, 4);
    try {
      const work = await officeOver(db, directory);
      const unread = await ask<{ n: number }>(
        database.owner,
        "select count(*)::int as n from deadline where kind = 'read'",
      );
      t.diagnostic(`${unread[0]?.n} of ${heard.acknowledged.size} were not read yet`);
      assert.deepEqual((await tick(work)).failed, []);
      await check(database.owner, files, heard);
      const wrong = await ask(
        database.owner,
        `select f.reference from case_file f left join event e on e.case_id = f.id group by f.id
         having (count(*) filter (where e.type = 'facts.stated'), count(*) filter (where e.type = 'assessment.made'),
           count(*) filter (where e.type = 'notice.scheduled'), (select count(*) from assessment a where a.case_id = f.id)) <> (1, 1, 1, 1)
           or exists (select from deadline d where d.case_id = f.id and d.kind = 'read')
           or not exists (select from case_mark m where m.case_id = f.id)`,
      );
      assert.deepEqual(wrong, [], 'not read, or read twice');
      const log = await openTestLog(db, directory, { start: work.world.now() });
      assert.deepEqual(
        (await auditOf(log, { app: { db, pool: undefined as never, close }, keys: KEYS, work })).found,
        [],
      );
    } finally {
      await close();
    }
  });

async function check(owner: ClientConfig, files: string, { acknowledged, begun }: Heard): Promise<void> {
  const client = new Client(owner);
  await client.connect();
  const all = async <Row extends object>(text: string): Promise<Row[]> => (await client.query<Row>(text)).rows;
  try {
    const cases = await all<{ id: string; reference: string; version: number; token: string }>(
      `select f.id, reference, version, convert_from(e.body, 'UTF8')::jsonb #>> '{content,caseReference}' as token
         from case_file f left join event e on e.case_id = f.id and e.type = 'request.received'`,
    );
    const found = new Map(cases.map(({ token, reference }) => [token, reference]));
    assert.equal(found.size, cases.length, 'a request was taken in twice');
    const lost = [...acknowledged].filter(([token, reference]) => found.get(token) !== reference);
    assert.deepEqual(lost, [], 'acknowledged, and lost');
    assert.deepEqual(
      [...found.keys()].filter((token) => !begun.has(token)),
      [],
    );

    const events = await all<{
      case_id: string;
      seq: number;
      type: string;
      at: string;
      person: string | null;
      body: Buffer;
      salt: Buffer;
      previous: Buffer | null;
      commitment: Buffer;
      published: boolean;
    }>(
      `select e.case_id, e.seq, e.type, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.person, e.body,
              o.salt, o.previous, o.commitment, c.value is not null as published
         from event e left join opening o using (case_id, seq) left join commitment c on c.id = o.entry and c.value = o.commitment
        order by e.case_id, e.seq`,
    );
    const counts = await all<{ commitments: number; openings: number }>(
      'select (select count(*) from commitment where value not in (select commitment from held_step))::int as commitments, (select count(*) from opening)::int as openings',
    );
    assert.deepEqual(counts, [{ commitments: events.length, openings: events.length }]);
    const steps = Map.groupBy(events, ({ case_id }) => case_id);
    assert.equal(steps.size, cases.length);
    for (const { id, version, reference } of cases) {
      const own = steps.get(id) ?? [];
      assert.deepEqual(
        own.map(({ seq }) => seq),
        Array.from({ length: version }, (_, n) => n + 1),
        reference,
      );
      let previous: Buffer | null = null;
      for (const { seq, at, type, person, body, salt, commitment, published } of own) {
        const bodyHash = createHash('sha256').update(body).digest();
        const made = commit(salt, { caseId: id, seq, previous, at, actor: person ?? 'clock', type, bodyHash });
        assert.deepEqual(Buffer.from(made), commitment, `${reference} step ${seq}`);
        assert.ok(published);
        previous = commitment;
      }
    }

    const documents = await all<{ sha256: string }>('select sha256 from document');
    assert.equal(documents.length, cases.length);
    for (const { sha256 } of documents)
      assert.equal(
        createHash('sha256')
          .update(readFileSync(join(files, sha256.slice(0, 2), sha256)))
          .digest('hex'),
        sha256,
      );
    // Indexes agree with their tables: counted through the one and through the other.
    await client.query('set enable_seqscan = off');
    const [through] = await all<{ count: number }>(`select count(*)::int from case_file where reference > ''`);
    assert.equal(through?.count, cases.length);
  } finally {
    await client.end();
  }
}

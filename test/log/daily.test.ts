// The self-audit by itself: once a day, kept, called out by mail, and said on every page of whoever watches; to nobody else.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { openAudit } from '../../src/adapters/log/open-audit.ts';
import { type Connected, connect } from '../../src/adapters/postgres/connection.ts';
import { auditRuns } from '../../src/adapters/postgres/log/audits.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import type { AuditPorts } from '../../src/app/log/audit-ports.ts';
import { auditDaily } from '../../src/app/log/daily.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { addHours, type Instant } from '../../src/kernel/instant.ts';
import { auditRoutes } from '../../src/web/log/audit-routes.ts';
import { openFrontDoor, type Visitor } from '../casework/front-door.ts';
import { takeIn } from '../support/casework.ts';
import { memoryFolder, openTestLog, START, unwatched } from './support.ts';

const data = memoryFolder();
const PAGE = '/oversight/log';
let door: Awaited<ReturnType<typeof openFrontDoor>>;
let ports: AuditPorts;
let runs: ReturnType<typeof auditRuns>;
let people: { readonly [who in 'olga' | 'remy' | 'dana']: Visitor };
let file: CaseFile;
let now: Instant;
let owner: Connected;

before(async () => {
  door = await openFrontDoor();
  owner = connect(door.office.database.owner, 1);
  const { front, office } = door;
  const { db } = office;
  const [olga, remy, dana] = await Promise.all([
    door.enter('olga', ['oversight']),
    door.enter('remy', ['registrar']),
    door.enter('dana', ['duty-officer']),
  ]);
  people = { olga, remy, dana } as typeof people;
  file = await takeIn(front, { id: people.dana.id, roles: ['duty-officer'] });
  const log = await openTestLog(db, data);
  await log.publish();
  now = START;
  const keys = caseKeys(office.ports.vault, office.ports.secrets, personKeyName);
  const store = await officeStore(db, front.office(), () => Date.now(), keys.mark);
  const own = { ...log.ports, now: () => now };
  ports = openAudit({ db, dataDirectory: data, keys, office: store, log: own, casework: front });
  runs = auditRuns(db);
  door.app.route('/', auditRoutes(front, runs));
});
after(async () => {
  await owner.close();
  await door.close();
  rmSync(data, { recursive: true, force: true });
});

const called = async (): Promise<readonly (string | null)[]> =>
  (await door.office.db.selectFrom('outbox').select('role').orderBy('role').execute()).map(({ role }) => role);
const asOwner = (statement: string) => unwatched(owner, statement);

test('it runs at the start, then once a day, and where nothing is wrong nobody is called', async () => {
  await door.office.db.deleteFrom('outbox').execute();
  assert.match((await people.remy.get(PAGE)).text, /No run has ended yet/);
  assert.equal(await auditDaily(ports, runs), true);
  assert.equal(await auditDaily(ports, runs), false, 'the same day');
  now = addHours(now, 23);
  assert.equal(await auditDaily(ports, runs), false);
  now = addHours(now, 1);
  const both = await Promise.all([auditDaily(ports, runs), auditDaily(ports, runs)]);
  assert.ok(both.includes(true));
  const kept = await door.office.db.selectFrom('outbox').select('id').execute();
  assert.deepEqual(kept, []);
  const { text } = await people.remy.get(PAGE);
  assert.match(text, /All of it fits[\s\S]*for 8 entries and 1 case\./);
  assert.match(text, /Earlier runs/);
  assert.doesNotMatch(text, /alarm-banner/);
});

test('a row changed overnight: kept, called out to oversight and registrar, and said on every page of both', async () => {
  await asOwner(`update case_file set urgency = 'emergency' where id = '${file.id}'`);
  assert.doesNotMatch((await people.olga.get(PAGE)).text, /alarm-banner/, 'nobody has looked yet');
  now = addHours(now, 24);
  assert.equal(await auditDaily(ports, runs), true);
  assert.deepEqual(await called(), ['oversight', 'registrar']);

  const oversight = (await people.olga.get(PAGE)).text;
  assert.match(oversight, /alarm-banner[\s\S]*The self-audit of this node found what does not fit/);
  assert.match(oversight, /Cases as they are shown/);
  assert.match(oversight, new RegExp(`${file.reference}: its row of case_file was changed: urgency`));
  // Whoever heads the office sees no case, and a duty officer nothing of it at all.
  const registrar = (await people.remy.get(PAGE)).text;
  assert.match(registrar, /alarm-banner[\s\S]*Cases as they are shown[\s\S]*Which cases they are, oversight sees/);
  assert.doesNotMatch(registrar, new RegExp(file.reference));
  assert.match((await people.remy.get('/')).text, /alarm-banner[\s\S]*href="\/oversight\/log"/);
  assert.notEqual((await people.dana.get(PAGE)).status, 200);
  assert.doesNotMatch((await people.dana.get('/')).text, /alarm-banner/);
  const visitor = await door.app.request('http://localhost:8787/');
  assert.doesNotMatch(await visitor.text(), /alarm-banner/);
  const rows = (who: Visitor) => runs.findings(who.id, 3);
  assert.equal((await rows(people.olga)).length > 0, true);
  assert.deepEqual(await rows(people.remy), [], 'nor does the database tell them');
  await assert.rejects(
    door.office.db.connection().execute((db) => sql`update log_audit set found = '{}'`.execute(db)),
    { code: '42501' },
  );
});

test('put right, the next run says so, and the alarm ends', async () => {
  await asOwner(`update case_file set urgency = 'routine' where id = '${file.id}'`);
  now = addHours(now, 24);
  await auditDaily(ports, runs);
  assert.doesNotMatch((await people.olga.get('/')).text, /alarm-banner/);
});

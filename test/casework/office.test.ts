// The office's settings and the seals of its cases, by page: saved whole or not at all, on record, and seen by nobody else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { officeStore } from '../../src/adapters/postgres/office.ts';
import { thresholdProposals } from '../../src/adapters/postgres/reporting/thresholds.ts';
import type { Casework } from '../../src/app/casework/casework.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { sealCase } from '../../src/app/casework/sealing.ts';
import { countAnew } from '../../src/app/office/count-anew.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { caseworkRoutes } from '../../src/web/casework/routes.ts';
import { decisionRoutes } from '../../src/web/deciding/routes.ts';
import { officeRoutes } from '../../src/web/office/routes.ts';
import { PASSWORD } from '../people/office.ts';
import { takeIn } from '../support/casework.ts';
import { WHY } from '../support/sealed.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const SETTINGS = '/office/settings';
type Entry = readonly [string, string];

describe('the office', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let records: Awaited<ReturnType<typeof officeStore>>;
  let work: Casework;
  let remy: Visitor;
  let olga: Visitor;
  let dana: Visitor;
  let rana: Visitor;
  let ada: Visitor;
  before(async () => {
    door = await openFrontDoor();
    records = await officeStore(
      door.office.db,
      door.front.office(),
      () => Date.now(),
      nodeMark(door.office.ports.vault),
    );
    work = { ...door.front, office: records.office };
    door.app
      .route('/', caseworkRoutes({ work }))
      .route('/', decisionRoutes({ work, letters: {} as never, access: door.access }))
      .route(
        '/',
        officeRoutes({
          work,
          office: records,
          thresholds: thresholdProposals(door.office.db, nodeMark(door.office.ports.vault)),
          access: door.access,
        }),
      );
    [remy, olga, dana, rana, ada] = await Promise.all([
      door.enter('remy', ['registrar']),
      door.enter('olga', ['oversight']),
      door.enter('dana', ['duty-officer']),
      door.enter('rana', ['reviewer']),
      door.enter('ada', ['approver']),
    ]);
  });
  after(() => door.close());

  const actor = (one: Visitor, ...roles: Actor['roles']): Actor => ({ id: one.id, roles });
  const arrive = (): Promise<CaseFile> => takeIn(work, actor(dana, 'duty-officer'));
  /** The form as it stands on the page, with some of its fields filled in anew. */
  async function form(changed: { readonly [name: string]: string | readonly string[] } = {}): Promise<Entry[]> {
    const { text } = await remy.get(SETTINGS);
    const entries: Entry[] = [];
    for (const [, tag = ''] of text.matchAll(/<(?:input|textarea)\b([^>]*)>/g)) {
      const get = (name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
      const name = get('name');
      if (name === undefined || name === 'csrf' || (get('type') === 'checkbox' && !/ checked/.test(tag))) continue;
      entries.push([name, get('value') ?? '']);
    }
    const zone = /<option selected>([^<]+)</.exec(text)?.[1];
    if (zone !== undefined) entries.push(['timeZone', zone]);
    const kept = entries.filter(([name]) => changed[name] === undefined);
    return [
      ...kept,
      ...Object.entries(changed).flatMap(([name, value]) => [value].flat().map((one): Entry => [name, one])),
    ];
  }
  const save = async (changed: Parameters<typeof form>[0]) => remy.post(SETTINGS, await form(changed));
  const settings = async () => (await records.standing()).office.settings;

  test('a page of settings that nobody touched saves nothing and records nothing', async () => {
    const answer = await remy.post(SETTINGS, await form());
    assert.deepEqual([answer.status, answer.next], [303, `${SETTINGS}?saved=1`]);
    assert.equal((await records.standing()).version, 0);
    assert.deepEqual(await records.changes(10), []);
  });

  test('a registrar says whose office it is and how it counts, and what changed stands on the page with a name', async () => {
    const answer = await save({
      name: 'Authority of the Test',
      languages: ['en', 'ar'],
      'other-languages': 'pt, sw',
      weekend: ['5', '6'],
      timeZone: 'Africa/Nairobi',
      'term-reply': '٤٥',
      soon: '10',
      'added-day': '2028-05-01',
      'added-name': 'Labour Day',
    });
    assert.equal(answer.status, 303, answer.text.slice(answer.text.indexOf('<main')));
    const { office, version } = await records.standing();
    assert.equal(version, 1);
    assert.deepEqual(
      [office.name, office.languages, office.settings.calendar.weekend, office.settings.calendar.timeZone],
      ['Authority of the Test', ['en', 'ar', 'pt', 'sw'], [5, 6], 'Africa/Nairobi'],
    );
    assert.deepEqual([office.settings.terms.reply.otherwise, office.settings.alerts.soon], [45, 10]);
    assert.deepEqual(office.settings.calendar.holidays, [
      { day: '2028-05-01', name: { en: 'Labour Day', ar: 'Labour Day' } },
    ]);
    const { text } = await olga.get(SETTINGS);
    assert.match(text, /Name of remy/);
    assert.match(text, /A request is answered within: 30 days → 45 days/);
    assert.match(text, /Weekend: <bdi>Saturday and Sunday<\/bdi> → <bdi>Friday and Saturday<\/bdi>/);
    assert.match(text, /Holiday added: 1 May 2028, <bdi>Labour Day<\/bdi>/);
  });

  test('holidays are brought in as lines, and go one by one', async () => {
    const lines = '2028-05-01 Workers’ Day\r\n\r\n2028-12-25\tChristmas\n2029-01-01';
    assert.equal((await save({ lines })).status, 303);
    const named = async () =>
      (await settings()).calendar.holidays.map(({ day, name }) => [day as string, name?.en ?? null]);
    assert.deepEqual(await named(), [
      ['2028-05-01', 'Workers’ Day'],
      ['2028-12-25', 'Christmas'],
      ['2029-01-01', null],
    ]);
    assert.equal((await save({ removed: ['2028-05-01', '2029-01-01'] })).status, 303);
    assert.deepEqual(await named(), [['2028-12-25', 'Christmas']]);
  });

  test('with one fault nothing is saved, each fault stands beside its field, and nothing typed is lost', async () => {
    const was = await records.standing();
    const answer = await save({
      name: 'A name that is kept on the page',
      state: 'Atlantis',
      languages: [],
      'other-languages': '',
      weekend: ['1', '2', '3', '4', '5', '6', '7'],
      'term-reply': '0',
      'term-review': 'soon',
      'wide-period': '99999',
      lines: '2028-06-01 Fine\n2028-13-01 Thirteenth month',
    });
    assert.equal(answer.status, 422);
    for (const field of ['state', 'languages', 'weekend', 'term-reply', 'term-review', 'wide-period', 'lines'])
      assert.match(answer.text, new RegExp(`id="${field}-error"`), field);
    assert.match(answer.text, /Line 2 cannot be read/);
    assert.match(answer.text, /value="A name that is kept on the page"/);
    assert.match(answer.text, /2028-13-01 Thirteenth month<\/textarea>/);
    assert.deepEqual(await records.standing(), was);
  });

  test('of two registrars who save from the same page the second is told, and keeps what was typed', async () => {
    const [first, second] = [await form({ soon: '11' }), await form({ soon: '12', name: 'Typed by the second' })];
    assert.equal((await remy.post(SETTINGS, first)).status, 303);
    const answer = await remy.post(SETTINGS, second);
    assert.equal(answer.status, 409);
    assert.match(answer.text, /Somebody else changed the settings/);
    assert.match(answer.text, /value="Typed by the second"/);
    assert.equal((await settings()).alerts.soon, 11);
    const again = second.filter(([name]) => name !== 'version');
    const version = /name="version" value="(\d+)"/.exec(answer.text)?.[1] ?? '';
    assert.equal((await remy.post(SETTINGS, [...again, ['version', version]])).status, 303);
    assert.equal((await settings()).alerts.soon, 12);
  });

  test('of two processes that change the same version at once one does, and the record has one entry', async () => {
    const { office, version } = await records.standing();
    const entry = { at: work.world.now(), by: remy.id, version: version + 1, changes: [] };
    const ended = await Promise.all([1, 2, 3].map(() => records.change(office, entry)));
    assert.deepEqual(ended.sort(), [false, false, true]);
    assert.equal((await records.changes(50)).filter((one) => one.version === version + 1).length, 1);
  });

  test('registrars change the office, oversight reads it, and for others it is not', async () => {
    const { text, status } = await olga.get(SETTINGS);
    assert.equal(status, 200);
    assert.ok(!text.includes('Save the settings'));
    for (const one of [dana, rana, ada]) assert.equal((await one.get(SETTINGS)).status, 403);
    const fields = await form({ soon: '1' });
    for (const one of [olga, ada]) assert.equal((await one.post(SETTINGS, fields)).status, 403);
    assert.equal((await settings()).alerts.soon, 12);
  });

  test('each term says what the law sets today, and asks for a number where it sets none', async () => {
    const { text } = await remy.get(SETTINGS);
    const item = (term: string) =>
      new RegExp(`<li><div class="term-name"><h3 id="term-${term}-name">.*?</li>`, 's').exec(text)?.[0] ?? '';
    assert.match(item('hold-order-longest'), /<strong>90 days<\/strong>/);
    assert.match(item('hold-order-longest'), /Where the law sets none/);
    assert.match(item('acknowledge'), /No law on this node sets it/);
    assert.match(item('emergency-validation'), /The law sets it for every request/);
    assert.ok(!item('emergency-validation').includes('<input'));
  });

  test('the State stays once there is a case, for every reference begins with it', async () => {
    const free = await save({ state: 'QQ' });
    assert.equal(free.status, 303);
    assert.equal((await save({ state: 'BB' })).status, 303);
    await arrive();
    const answer = await save({ state: 'QQ' });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /The State cannot change any more/);
    assert.equal((await records.standing()).office.state, 'BB');
  });

  test('the record of changes is neither altered nor shortened', async () => {
    const { db } = door.office;
    await assert.rejects(sql`update office_event set changes = '[]'`.execute(db), /permission denied/);
    await assert.rejects(sql`delete from office_event`.execute(db), /permission denied/);
  });

  test('a change of the calendar moves the terms of open cases, sealed ones too, once and to the end', async () => {
    const { work: settled } = { work };
    door.office.later(120);
    await countAnew(settled, records);
    const plain = await arrive();
    const hidden = await arrive();
    const sealing = { reference: hidden.reference, version: null };
    assert.equal((await sealCase(work, actor(ada, 'approver'), sealing, { reason: WHY, to: [rana.id] })).is, 'done');
    const due = async ({ reference }: CaseFile) =>
      (await work.store.docket(rana.id, { sort: 'received', size: 100 })).lines.find(
        (line) => line.reference === reference,
      )?.dueAt;
    const before = [await due(plain), await due(hidden)];
    // Wednesday 1 March 2028; the next working day becomes a holiday.
    assert.equal((await save({ lines: '2028-03-02 A day of mourning' })).status, 303);
    assert.match((await remy.get(SETTINGS)).text, /being counted anew for all open cases: 0% done/);
    assert.equal((await countAnew(work, records)).counted, 0, 'another process may still count by the old settings');
    door.office.later(61);
    const { counted, failed } = await countAnew(work, records);
    assert.deepEqual(failed, []);
    assert.ok(counted >= 3);
    const now = [await due(plain), await due(hidden)];
    for (const n of [0, 1]) assert.ok((now[n] ?? '') > (before[n] ?? ''), `${before[n]} → ${now[n]}`);
    const [term] = await work.store
      .falling(rana.id, '2029-01-01T00:00:00.000Z' as never, 500)
      .then((all) =>
        all.filter(({ line, term }) => line.reference === hidden.reference && term.kind === 'acknowledge'),
      );
    assert.equal(term?.term.at, now[1]);
    assert.equal((await countAnew(work, records)).counted, 0, 'it is done');
    assert.ok(!(await remy.get(SETTINGS)).text.includes('counted anew for all'));
    const file = await work.store.read(rana.id, hidden.reference, 'test');
    assert.equal((await work.store.history(rana.id, hidden.id)).length, file?.version);
  });

  const sealing = (file: CaseFile): string => `/requests/${file.reference}/sealing`;
  const proof = async (one: Visitor): Promise<Entry[]> => {
    door.office.later(30);
    return [
      ['password', PASSWORD],
      ['code', await door.office.code(one.id)],
    ];
  };

  test('by page: sealed, opened to one more, shut again, and unsealed with a fresh proof', async () => {
    const file = await arrive();
    const path = sealing(file);
    const refused = await ada.post(path, [
      ['do', 'seal'],
      ['reason', 'too short'],
    ]);
    assert.equal(refused.status, 422);
    assert.match(refused.text, /id="people-error"/);
    assert.match(refused.text, /id="reason-seal-error"/);
    assert.match(refused.text, />too short<\/textarea>/);
    const sealed: Entry[] = [
      ['do', 'seal'],
      ['reason', WHY],
      ['person', rana.id],
    ];
    assert.equal((await rana.post(path, sealed)).status, 404);
    assert.equal((await ada.post(path, sealed)).status, 303);
    const page = await ada.get(path);
    assert.match(page.text, /This case is sealed/);
    assert.match(page.text, new RegExp(WHY));
    assert.equal((await rana.get(path)).status, 200);
    assert.equal((await dana.get(path)).status, 404);
    const open: Entry[] = [
      ['do', 'open'],
      ['person', dana.id],
      ['reason', 'She was on duty when it came in.'],
    ];
    assert.equal((await ada.post(path, open)).status, 303);
    assert.equal((await dana.get(path)).status, 200);
    const shut: Entry[] = [
      ['do', 'shut'],
      ['person', dana.id],
      ['reason', 'Her part in it is done now.'],
    ];
    assert.equal((await ada.post(path, shut)).status, 303);
    assert.equal((await dana.get(path)).status, 404);
    const unseal: Entry[] = [
      ['do', 'unseal'],
      ['reason', 'The witness is safe now.'],
    ];
    const unproved = await ada.post(path, [...unseal, ['password', 'a wrong one'], ['code', '000000']]);
    assert.equal(unproved.status, 422);
    assert.match(unproved.text, />The witness is safe now\.<\/textarea>/);
    assert.equal((await dana.get(path)).status, 404);
    assert.equal((await ada.post(path, [...unseal, ...(await proof(ada))])).status, 303);
    assert.equal((await dana.get(path)).status, 200);
    assert.match((await ada.get(path)).text, /The case was unsealed/);
  });

  test('an unsealing that was read before another step is not done, and its proof stays good', async () => {
    const file = await arrive();
    const path = sealing(file);
    const seal: Entry[] = [
      ['do', 'seal'],
      ['reason', WHY],
      ['person', rana.id],
    ];
    assert.equal((await ada.post(path, seal)).status, 303);
    const unseal: Entry[] = [['do', 'unseal'], ['reason', 'The witness is safe now.'], ...(await proof(ada))];
    const answer = await ada.post(path, [...unseal, ['version', String(file.version)]]);
    assert.equal(answer.status, 409);
    assert.match(answer.text, />The witness is safe now\.<\/textarea>/);
    assert.ok((await work.store.read(ada.id, file.reference, 'test'))?.sealed);
    assert.equal((await ada.post(path, unseal)).status, 303);
  });

  test('to whoever may not open it, every page of a sealed case is byte for byte the page of no case at all', async () => {
    const file = await arrive();
    const target = { reference: file.reference, version: null };
    await sealCase(work, actor(ada, 'approver'), target, { reason: WHY, to: [rana.id] });
    const absent = 'BB-2028-999999';
    const tabs = [
      '',
      '/amend',
      '/return',
      '/assessment',
      '/assessment/changes',
      '/decision',
      '/decision/countersign',
      '/letters',
      '/timeline',
      '/people',
      '/sealing',
    ];
    for (const one of [dana, remy])
      for (const tab of tabs) {
        const [there, nowhere] = [
          await one.get(`/requests/${file.reference}${tab}`),
          await one.get(`/requests/${absent}${tab}`),
        ];
        assert.equal(there.status, nowhere.status, tab);
        assert.notEqual(there.status, 200, tab);
        assert.equal(there.text.replaceAll(file.reference, absent), nowhere.text, tab);
      }
    for (const [tab, fields] of [
      ['/acknowledge', []],
      [
        '/sealing',
        [
          ['do', 'unseal'],
          ['reason', 'By somebody who guessed.'],
        ],
      ],
      ['/people/hand-over', [['to', dana.id]]],
      ['/people/conflict', [['reason', 'By somebody who guessed.']]],
    ] as const) {
      const post = (reference: string) =>
        dana.post(`/requests/${reference}${tab}`, [['version', '1'], ...(fields as readonly Entry[])]);
      const [there, nowhere] = [await post(file.reference), await post(absent)];
      assert.deepEqual(
        [there.status, there.text.replaceAll(file.reference, absent)],
        [nowhere.status, nowhere.text],
        tab,
      );
    }
    assert.equal((await rana.get(`/requests/${file.reference}`)).status, 200);
  });
});

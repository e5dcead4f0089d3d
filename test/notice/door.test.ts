// The door for people concerned: what their code opens, and what no code does. Attacker: guesses codes, holds another person's,
// or one of a case that became secret again; measures time; owns the database; floods the office.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { sql } from 'kysely';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { newCode } from '../../src/app/casework/notice-codes.ts';
import { answerComplaint, noticeArrived } from '../../src/app/casework/notifying.ts';
import { even, STEP_MS } from '../../src/app/notice/even-time.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { done } from '../support/casework.ts';
import { handTimer, openHouse, OTHER, TWO } from './support.ts';

type House = Awaited<ReturnType<typeof openHouse>>;
const NOTHING = /This code opens nothing at the moment/;
const words = (text: string): string => text.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

describe('the door for people concerned', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
  });
  after(() => house.close());

  const now = async ({ reference }: CaseFile): Promise<CaseFile> => {
    const file = await house.front.store.read(house.rana.id, reference, 'test');
    assert(file);
    return file;
  };

  test('with the code of their letter a person reads what happened, under which law, why only now, and what they can do', async () => {
    const { file, codes } = await house.told();
    const { status, text, headers } = await house.post({
      code: codes[0]?.toLowerCase().replaceAll('-', ' ') ?? '',
      do: 'open',
    });
    assert.equal(status, 200);
    const said = words(text);
    for (const part of [
      /Data about you were handed out/,
      /intruder@mail\.example/,
      /Office of the Prosecutor General/,
      /International Cooperation Division, Ministry of Justice decided to do what was asked/,
      /Two people had to agree/,
      /Content data/,
      /1 January 2028 to 14 January 2028/,
      /handed out/,
      /Secrecy from 1 March 2028/,
      /Code of Criminal Procedure 88/,
      /A search in the same matter was still to come\./,
      /It ended of itself/,
      /Administrative Court of Port City/,
      /Last day:/,
    ])
      assert.match(said, part);
    assert.match(text, /href="\/law#uncc"/);
    assert.match(text, /href="\/law\/uncc\/[^"]+#uncc:/);
    assert.match(said, new RegExp(file.reference));
    for (const name of ['Name of rana', 'Name of ada', 'Name of duty', house.rana.id, house.ada.id])
      assert(!text.includes(name), name);
    for (const kept of [
      /A\. Prosecutor/,
      /On 3 January 2028 the registry/,
      /The request meets what the law asks for/,
      /AA-PG-88/,
    ])
      assert.doesNotMatch(text, kept, 'what belongs to the investigation and to the other State');
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  test('nothing is kept of a visit: no cookie, no address with the code in it, no row, and no script runs', async () => {
    const { file, codes } = await house.told();
    const [code = ''] = codes;
    const counted = async () =>
      (
        await sql<{
          n: number;
        }>`select (select count(*) from event) + (select count(*) from reading) + (select count(*) from session) as n`.execute(
          owner.db,
        )
      ).rows[0]?.n;
    const owner = connect(house.office.database.owner, 1);
    const before = await counted();
    const { text, headers } = await house.post({ code, do: 'open' });
    assert.equal(await counted(), before);
    await owner.close();
    assert.equal(headers.get('set-cookie'), null);
    assert.doesNotMatch(text, /<script|https?:\/\/(?!www\.w3\.org)|method="get"/);
    assert.doesNotMatch(text, new RegExp(`(?:href|action)="[^"]*${code}`));
    assert.equal((await now(file)).version, file.version);
  });

  test('in Arabic the page is Arabic, right to left, and the languages are buttons that bring the code along', async () => {
    const { codes } = await house.told();
    const { text } = await house.post({ code: codes[0] ?? '' }, { 'accept-language': 'ar' });
    assert.match(text, /<html lang="ar" dir="rtl"/);
    assert.match(words(text), /سُلّمت بيانات تخصكم لأن إحدى سلطات/);
    assert.match(words(text), /المحكمة الإدارية في مدينة المرفأ/);
    assert.match(text, /<button class="site-language" type="submit" form="answer" formaction="\/notice\?lang=en"/);
    const main = words(
      text.slice(text.indexOf('<main'), text.indexOf('</main>')).replaceAll(/<bdi>.*?<\/bdi>|<input[^>]*>/gs, ' '),
    );
    assert.doesNotMatch(main.replaceAll('Rogatory', ''), /[A-Za-z]{3,}/);
  });

  test('every wrong code has one answer: guessed, cut short, covered, replaced, secret again, or of a letter that came back', async () => {
    const { file, codes } = await house.told();
    const [code = ''] = codes;
    const secret = await house.told();
    await house.secretAgain(secret.file, 20);
    const returned = await house.told();
    const proof = { notice: 1, arrived: false, proof: 'Returned by the post.' };
    done(await noticeArrived(house.front, house.staff.reviewer, house.at(returned.file), proof));
    const answers = [];
    for (const wrong of [
      '',
      newCode(house.front.world),
      code.slice(0, 14),
      `${code}0`,
      code.replaceAll(/[0-9A-Z]/g, '*'),
      "' or true --",
      'x'.repeat(10_000),
      secret.codes[0] ?? '',
      returned.codes[0] ?? '',
    ])
      for (const act of ['open', 'file', 'complain', 'stay'])
        answers.push(await house.post({ code: wrong, do: act, text: 'I complain.' }));
    assert.equal(new Set(answers.map(({ status }) => status)).size, 1);
    assert.equal(answers[0]?.status, 422);
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1, 'one page for all, to the last byte');
    assert.match(answers[0]?.text ?? '', NOTHING);
    assert.equal((await now(secret.file)).notice.complaints.length, 0);
    assert.equal((await now(file)).notice.complaints.length, 0);
  });

  test('once secrecy has ended again the code opens the case, and says from when to when it could not', async () => {
    const { file, codes } = await house.told();
    await house.secretAgain(file, 5);
    assert.match((await house.post({ code: codes[0] ?? '' })).text, NOTHING);
    house.office.later(6 * 86_400);
    const { status, text } = await house.post({ code: codes[0] ?? '' });
    assert.equal(status, 200);
    assert.match(words(text), /Order of the court/);
  });

  test('a code opens what is its person’s, and neither page nor file lets the other account be read or guessed', async () => {
    const { file, codes } = await house.told(TWO);
    const [mine = '', other = ''] = codes;
    const page = await house.post({ code: mine });
    const told = await house.post({ code: mine, do: 'file' });
    for (const { text } of [page, told]) {
      assert(text.includes('intruder@mail.example') || text.startsWith('{'));
      assert(!text.includes(OTHER));
    }
    const { steps } = JSON.parse(told.text) as {
      steps: { seq: number; type?: string; body?: string | null; salt?: string }[];
    };
    for (const step of steps)
      assert(step.salt === undefined || typeof step.body === 'string', 'no hash without its words');
    const shown = new Set(steps.flatMap(({ type }) => type ?? []));
    assert(shown.has('notice.sent') && shown.has('execution.produced'));
    assert(!shown.has('decision.countersigned') && !shown.has('execution.opened'));
    const bodies = steps.map(({ body }) => body ?? '').join('\n');
    assert.doesNotMatch(bodies, /"notice":2|"task":2/);
    // What the one complains about is not the other's to read.
    await house.post({ code: other, do: 'complain', kind: 'complaint', text: 'This is from the bystander.' });
    assert.doesNotMatch((await house.post({ code: mine })).text, /from the bystander/);
    assert.match((await house.post({ code: other })).text, /from the bystander/);
    assert.equal((await now(file)).notice.complaints[0]?.notice, 2);
  });

  test('whoever writes a mark of their own into the database gets no case by it: the record of the case decides', async () => {
    const { file, codes } = await house.told();
    const victim = await house.told();
    const owner = connect(house.office.database.owner, 1);
    // Superusers and owners are not bound by policies here; this is somebody with the password of the owner.
    await owner.db.transaction().execute(async (tx) => {
      await sql`select rogatory_enter(${house.ada.id})`.execute(tx);
      await sql`alter table notice_code no force row level security`.execute(tx);
      await sql`with mine as (delete from notice_code where case_id = ${file.id} returning mark)
        update notice_code set mark = (select mark from mine) where case_id = ${victim.file.id}`.execute(tx);
      await sql`alter table notice_code force row level security`.execute(tx);
    });
    await owner.close();
    const { status, text } = await house.post({ code: codes[0] ?? '' });
    assert.equal(status, 422);
    assert(!text.includes(victim.file.reference));
  });

  test('saying nothing takes the same time whatever was done before it, to the next whole second', async () => {
    for (const work of [0, 2, 40, 700, 999]) {
      const { timer, pass, now: at } = handTimer();
      assert.equal(await even(timer, async () => void pass(work)), undefined);
      assert.equal(at(), STEP_MS, `after ${work} ms of work`);
    }
    const { timer, pass, now: at } = handTimer();
    assert.equal(
      await even(timer, async () => {
        pass(40);
        return 'found';
      }),
      'found',
    );
    assert.equal(at(), 40);
    // The door itself waits so, for a code that is none and for one that may not open now.
    const secret = await house.told();
    await house.secretAgain(secret.file, 20);
    for (const code of ['', secret.codes[0] ?? '']) {
      house.clock.pass(60_000);
      const began = house.clock.now();
      await house.postNow({ code });
      assert.equal(house.clock.now() - began, STEP_MS);
    }
  });

  test('one address tries twenty codes a minute; the right one is not heard then either, and others are', async () => {
    const { codes } = await house.told();
    house.clock.pass(120_000);
    // With a fresh count, and a clock that stands still but for the waiting.
    const tries = [];
    for (let n = 0; n < 21; n++)
      tries.push((await house.postNow({ code: codes[0] ?? '' }, { 'x-test-address': 'guesser' })).status);
    assert.deepEqual(tries.slice(0, 20), Array(20).fill(200));
    const late = await house.postNow({ code: codes[0] ?? '' }, { 'x-test-address': 'guesser' });
    assert.deepEqual([tries[20], late.status, late.headers.get('retry-after')], [429, 429, '60']);
    assert.match(late.text, /Too many codes/);
    assert.equal((await house.postNow({ code: codes[0] ?? '' }, { 'x-test-address': 'neighbour' })).status, 200);
  });

  test('a page elsewhere cannot send codes through somebody’s browser', async () => {
    const { codes } = await house.told();
    const { status, text } = await house.post({ code: codes[0] ?? '' }, { 'sec-fetch-site': 'cross-site' });
    assert.equal(status, 403);
    assert.doesNotMatch(text, /intruder@mail/);
  });

  test('an objection goes into the case with its terms and a receipt, calls the approvers, and its answer is read by the code', async () => {
    const { file, codes } = await house.told();
    const [code = ''] = codes;
    const called = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from outbox where role = 'approver'`.execute(house.office.db))
        .rows[0]?.n ?? 0;
    const before = await called();
    const said = 'I was in hospital that week.\r\n<b>Who</b> used my account?';
    const { status, text } = await house.post({ code, do: 'complain', kind: 'objection', text: said });
    assert.equal(status, 200);
    assert.match(words(text), new RegExp(`Your receipt number is ${file.reference}/1`));
    assert.match(text, /&lt;b&gt;Who&lt;\/b&gt;/);
    const [complaint] = (await now(file)).notice.complaints;
    assert.deepEqual(
      [complaint?.notice, complaint?.kind, complaint?.text],
      [1, 'objection', 'I was in hospital that week.\n<b>Who</b> used my account?'],
    );
    assert(complaint && complaint.answerBy.on > complaint.receivedOn);
    assert.equal(await called(), before + 1);
    // Loading the page anew sends the same words again.
    await house.post({ code, do: 'complain', kind: 'objection', text: said });
    assert.equal((await now(file)).notice.complaints.length, 1);
    const other = await house.enter('judge', ['approver']);
    const staffSees = words((await other.get(`/requests/${file.reference}/timeline`)).text);
    assert.match(staffSees, /Complaint 1 came in from the person concerned/);
    const answer = {
      complaint: 1,
      outcome: 'not-competent',
      text: 'This is for the court.',
      remedy: '',
      remedyBy: null,
    } as const;
    done(await answerComplaint(house.front, { id: other.id, roles: ['approver'] }, house.at(file), answer));
    const read = words((await house.post({ code })).text);
    assert.match(read, /Your objection/);
    assert.match(read, /This is for the court\./);
  });

  test('what cannot be taken in is said beside the field, and nothing typed is lost', async () => {
    const { file, codes } = await house.told();
    const [code = ''] = codes;
    const empty = await house.post({ code, do: 'complain', kind: 'complaint', text: ' ' });
    assert.equal(empty.status, 422);
    assert.match(empty.text, /<a class="ds-link" href="#text">Write what you want to say\.<\/a>/);
    const long = await house.post({ code, do: 'complain', kind: 'objection', text: 'y'.repeat(10_001) });
    assert.equal(long.status, 422);
    assert(long.text.includes('y'.repeat(10_001)));
    const stayed = await house.post({ code, do: 'stay', kind: 'objection', text: 'not sent yet' });
    assert.match(stayed.text, />not sent yet<\/textarea>/);
    assert.match(stayed.text, /value="objection" checked/);
    for (let n = 0; n < 10; n++)
      assert.equal((await house.post({ code, do: 'complain', text: `Number ${n}` })).status, 200);
    const eleventh = await house.post({ code, do: 'complain', text: 'Number 10' });
    assert.equal(eleventh.status, 422);
    assert.match(eleventh.text, /still wait for an answer/);
    assert.equal((await now(file)).notice.complaints.length, 10);
  });
});

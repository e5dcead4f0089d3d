// After the decision, by page: data are held, tasks carried out, secrecy ends, people are told and answer back.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { markOfCode } from '../../src/app/casework/notice-codes.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { addDays } from '../../src/kernel/calendar.ts';
import { nodeMark } from '../../src/adapters/keys/node-mark.ts';
import { mailAddresses } from '../../src/adapters/postgres/outbox.ts';
import { mailRoutes } from '../../src/web/carrying-out/mail-routes.ts';
import { carryingOutRoutes } from '../../src/web/carrying-out/routes.ts';
import type { Staff } from '../support/casework.ts';
import { arrives, decided } from '../support/decided.ts';
import { formsOf, ITEM } from './forms.ts';
import { openFrontDoor, type Visitor } from './front-door.ts';

const HASH = 'ab'.repeat(32);

describe('hold, execution, secrecy and notice', () => {
  let door: Awaited<ReturnType<typeof openFrontDoor>>;
  let duty: Visitor;
  let rana: Visitor;
  let ada: Visitor;
  let aldo: Visitor;
  let emil: Visitor;
  let olga: Visitor;
  let remy: Visitor;
  let office: { readonly work: typeof door.front; readonly staff: Staff };

  before(async () => {
    door = await openFrontDoor();
    door.app.route('/', carryingOutRoutes({ work: door.front, letters: {} as never }));
    const addresses = mailAddresses(door.office.db, nodeMark(door.office.ports.vault), door.office.ports.now);
    door.app.route('/', mailRoutes({ work: door.front, addresses, sends: true }));
    ({
      people: { duty, rana, ada, aldo, emil, olga, remy },
      office,
    } = await door.hire('duty', 'rana', 'ada', 'aldo', 'emil', 'olga', 'remy'));
  });
  after(() => door.close());

  const { now, send, goes } = formsOf(() => ({ door, reader: rana }));
  const path = ({ reference }: CaseFile, tab: string): string => `/requests/${reference}/${tab}`;

  test('data are held with one button, whose form says beforehand what it sends', async () => {
    const file = await arrives(office);
    const page = await duty.get(path(file, 'execution'));
    assert.match(page.text, /Hold the data now/);
    assert.match(page.text, /value="Mail Example"/);
    const until = /name="until"[^>]*value="([\d-]+)"/.exec(page.text)?.[1] ?? '';
    const held = await goes(duty, file, 'execution/hold', {
      holder: 'Mail Example',
      what: ITEM,
      until,
      reasons: 'Logs go.',
    });
    assert.equal(held.preservation.orders[0]?.until, until);
    assert.deepEqual(held.preservation.hold?.pending, [file.reference], 'its own request waits for the decision');
    const confirmed = await goes(duty, file, 'execution/confirm', {
      no: '1',
      held: ITEM,
      otherProvider: 'Transit Example',
    });
    assert.equal(confirmed.preservation.orders[0]?.confirmation?.otherProviderInPath, 'Transit Example');
    assert.match((await duty.get(path(file, 'execution'))).text, /confirmed/);
  });

  test('a hold beyond the longest term is refused beside its field, and nothing that was typed is lost', async () => {
    const file = await arrives(office);
    const answer = await send(duty, file, 'execution/hold', {
      holder: 'Mail Example',
      what: ITEM,
      until: addDays(door.front.world.today(), 91),
      reasons: 'A reason that took long to write.',
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, /href="#hold-0-until"/);
    assert.match(answer.text, /id="hold-0-until-error"/);
    assert.match(answer.text, /A reason that took long to write\./);
    assert.equal((await now(file)).preservation.hold, null);
    const unreadable = await send(duty, file, 'execution/hold', {
      holder: 'Mail',
      what: '[[[',
      until: 'soon',
      reasons: 'x',
    });
    assert.equal(unreadable.status, 422);
    assert.match(unreadable.text, /id="hold-0-until-error"/);
  });

  test('a request in another case makes the hold wait, and how it was decided is read from that case', async () => {
    const file = await arrives(office);
    const until = addDays(door.front.world.today(), 30);
    await goes(duty, file, 'execution/hold', { holder: 'Mail Example', what: ITEM, until, reasons: 'Logs go.' });
    const other = await arrives(office);
    await goes(duty, file, 'execution/wait-for', { request: other.reference });
    const early = await send(duty, file, 'execution/settled', { request: other.reference });
    assert.equal(early.status, 422);
    const ended = await decided(office, other);
    // Told by the decision itself, in the same transaction, through the link that the wait left behind.
    assert.ok(ended.request.links.some(({ reference }) => reference === file.reference));
    const after = await door.front.store.read(duty.id, file.reference, 'test');
    assert(after?.preservation.hold?.toProduce);
    assert.deepEqual(after.preservation.hold.pending.includes(other.reference), false);
    assert.equal((await send(duty, file, 'execution/settled', { request: other.reference })).status, 422);
    const absent = await send(duty, file, 'execution/wait-for', { request: 'BB-2028-999999' });
    assert.equal(absent.status, 422);
  });

  test('tasks are handed out by the office and reported on by the unit, each of the two no more than that', async () => {
    const file = await decided(office, await arrives(office));
    assert.equal(file.execution.tasks.length, 1);
    assert.equal((await send(emil, file, 'execution/give', { no: '1', unit: 'Unit 5' })).status, 404);
    await goes(rana, file, 'execution/give', { no: '1', unit: 'Unit 5' });
    assert.equal((await send(rana, file, 'execution/report', { no: '1', came: 'not-held', reasons: 'x' })).status, 404);
    const short = await send(emil, file, 'execution/report', {
      no: '1',
      came: 'produced',
      count: '12',
      hashes: 'abc',
    });
    assert.equal(short.status, 422);
    assert.match(short.text, /id="report-1-hashes-error"/);
    await goes(emil, file, 'execution/report', {
      no: '1',
      came: 'partly-produced',
      count: '5',
      hashes: HASH,
      reasons: 'Some.',
    });
    const done = await goes(emil, file, 'execution/report', {
      no: '1',
      came: 'produced',
      count: '7',
      hashes: `${'cd'.repeat(32)}\r\n`,
    });
    assert.equal(done.execution.tasks[0]?.produced.count, 12);
    assert(done.execution.completedAt);
  });

  test('what somebody typed against an older version comes back with the case as it is now', async () => {
    const file = await decided(office, await arrives(office));
    await goes(rana, file, 'execution/give', { no: '1', unit: 'Unit 5' });
    const late = await rana.post(path(file, 'execution/give'), {
      no: '1',
      version: String(file.version),
      unit: 'Unit 9 of long name',
    });
    assert.equal(late.status, 409);
    assert.match(late.text, /Unit 9 of long name/);
    assert.equal((await now(file)).execution.tasks[0]?.unit, 'Unit 5');
  });

  test('an emergency waits for a call back to a number on file, and is validated by somebody else afterwards', async () => {
    const file = await arrives(office, { urgency: { level: 'emergency', reason: 'A life is in danger.' } } as never);
    const { text } = await duty.get(path(file, 'execution'));
    assert.match(text, /Call the requesting authority back/);
    assert.equal(/type="datetime-local".*?value="([^"]*)"/.exec(text)?.[1], door.front.world.now().slice(0, 16));
    const call = {
      number: '+99 1 0000',
      calledAt: door.front.world.now().slice(0, 16),
      outcome: 'verified',
      answeredBy: 'A. P.',
    };
    const own = await send(duty, file, 'execution/call-back', { ...call, numberFrom: '' });
    assert.equal(own.status, 422, 'a number that is not on file proves nothing');
    assert.match(own.text, /id="call-back-0-numberFrom-error"/);
    await goes(duty, file, 'execution/call-back', { ...call, numberFrom: 'Directory, AA' });
    const ordered = await decided(office, file);
    assert.equal(ordered.execution.openings[0]?.lane, 'emergency');
    const answer = { no: '1', authority: 'Court of BB', reasons: 'There was no danger.' };
    const same = await send(ada, file, 'execution/validate', answer);
    assert.equal(same.status, 422, 'whoever let it be executed does not validate it');
    const failed = await goes(aldo, file, 'execution/fail-validation', { ...answer, recipient: 'Office of AA' });
    assert.equal(failed.execution.openings[0]?.validation?.deletion?.state, 'demanded');
    assert.equal(failed.execution.tasks[0]?.status, 'cancelled');
    await goes(ada, file, 'execution/not-deleted', { no: '1', answer: 'We keep them.' });
    await goes(ada, file, 'execution/demand-again', { no: '1' });
    const gone = await goes(ada, file, 'execution/deleted', { no: '1', answer: 'Deleted, certificate 5.' });
    assert.equal(gone.execution.openings[0]?.validation?.deletion?.state, 'confirmed');
  });

  test('conditions and assurances are tracked, and while one is open the page says that nothing is handed over', async () => {
    const file = await decided(office, await arrives(office));
    const first = file.disclosure.conditions.length + 1;
    await goes(rana, file, 'execution/propose-condition', { text: 'No use against the witness.', dueOn: '' });
    await goes(rana, file, 'execution/ask-assurance', {
      kind: 'death-penalty',
      asked: 'No death penalty.',
      dueOn: '',
    });
    assert.match((await rana.get(path(file, 'execution'))).text, /nothing is handed over/);
    for (const { no } of (await now(file)).disclosure.conditions)
      await goes(rana, file, 'execution/condition', {
        no: String(no),
        to: 'accepted',
        answeredBy: 'Minister of AA',
      });
    const empty = await send(rana, file, 'execution/condition', { no: String(first), to: 'fulfilled', remarks: '' });
    assert.equal(empty.status, 422);
    await goes(rana, file, 'execution/give-assurance', {
      no: '1',
      text: 'It will not be sought.',
      signedBy: 'Minister',
    });
    await goes(ada, file, 'execution/judge-assurance', { no: '1', credible: 'yes', reasons: 'Kept before.' });
    assert.doesNotMatch((await rana.get(path(file, 'execution'))).text, /nothing is handed over/);
    await goes(rana, file, 'execution/limit-use', { text: 'For this case alone.', until: '2030-01-01' });
    await goes(rana, file, 'execution/ask-use', { askedBy: 'AA', purpose: 'A second case.' });
    assert.equal((await send(rana, file, 'execution/rule-use', { no: '1', allowed: 'yes', reasons: 'x' })).status, 404);
    await goes(ada, file, 'execution/rule-use', {
      no: '1',
      allowed: 'no',
      reasons: 'Another case needs its own request.',
    });
    await goes(rana, file, 'execution/ask-transfer', {
      askedBy: 'AA',
      to: 'CC',
      what: 'Messages',
      purpose: 'Trial',
    });
    const after = await goes(ada, file, 'execution/rule-transfer', {
      no: '1',
      allowed: 'yes',
      reasons: 'Same offence.',
    });
    assert.equal(after.disclosure.transfers[0]?.ruling?.answer, 'consent-given');
  });

  test('a wish for secrecy orders nothing; an approver orders it with reasons and an end, and lifts it', async () => {
    const file = await arrives(office, { confidentiality: { requested: true } } as never);
    assert.equal(file.disclosure.secrecy.length, 0);
    const today = door.front.world.today();
    const order = { ground: 'Code 88', reasons: 'An arrest.', until: addDays(today, 30), reviewOn: addDays(today, 10) };
    assert.equal((await send(rana, file, 'secrecy/order-secrecy', order)).status, 404);
    const endless = await send(ada, file, 'secrecy/order-secrecy', { ...order, until: addDays(today, 4000) });
    assert.equal(endless.status, 422);
    await goes(ada, file, 'secrecy/order-secrecy', order);
    await goes(ada, file, 'secrecy/review-secrecy', {
      no: '1',
      reasons: 'Still to come.',
      reviewOn: addDays(today, 20),
    });
    await goes(ada, file, 'secrecy/renew-secrecy', {
      no: '1',
      reasons: 'Late.',
      until: addDays(today, 60),
      reviewOn: addDays(today, 40),
    });
    const lifted = await goes(ada, file, 'secrecy/lift-secrecy', { no: '1', reasons: 'Arrested.' });
    assert.equal(lifted.disclosure.secrecy[0]?.end?.how, 'lifted');
  });

  test('the code of a notice is shown once, and only its hash is kept', async () => {
    const file = await decided(office, await arrives(office));
    const refused = await send(rana, file, 'secrecy/send-notice', { no: '1', channel: '' });
    assert.equal(refused.status, 422);
    assert.doesNotMatch(refused.text, /class="code-value"/);
    const answer = await send(rana, file, 'secrecy/send-notice', { no: '1', channel: 'Registered letter' });
    assert.equal(answer.status, 200);
    const code = /<code dir="ltr">([0-9A-Z-]+)<\/code>/.exec(answer.text)?.[1] ?? '';
    assert.match(code, /^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    const sent = await now(file);
    assert.equal(sent.notice.notices[0]?.sendings[0]?.codeHash, markOfCode(door.front.world, code.toLowerCase()));
    assert(!JSON.stringify([sent, await door.front.store.history(rana.id, file.id)]).includes(code));
    assert(!(await rana.get(path(file, 'secrecy'))).text.includes(code));
    const again = await send(rana, file, 'secrecy/send-notice', { no: '1', channel: 'Registered letter' });
    assert.equal(again.status, 422);
    await goes(rana, file, 'secrecy/arrived', { no: '1', arrived: 'no', proof: 'Returned by the post.' });
    const second = await send(rana, file, 'secrecy/send-notice', { no: '1', channel: 'In person' });
    assert.equal(second.status, 200);
    assert(!second.text.includes(code), 'another sending, another code');
    await goes(rana, file, 'secrecy/arrived', { no: '1', arrived: 'yes', proof: 'Signed.' });
  });

  test('notice is put off by an approver alone, until a day, and let go of again', async () => {
    const file = await decided(office, await arrives(office));
    const until = addDays(door.front.world.today(), 20);
    const delay = { no: '1', ground: 'Code 89', reasons: 'A witness.', until };
    assert.equal((await send(rana, file, 'secrecy/delay-notice', delay)).status, 404);
    await goes(ada, file, 'secrecy/delay-notice', delay);
    const early = await send(rana, file, 'secrecy/send-notice', { no: '1', channel: 'Letter' });
    assert.equal(early.status, 422);
    await goes(ada, file, 'secrecy/lift-delay', { no: '1', reasons: 'The witness is safe.' });
    await goes(ada, file, 'secrecy/not-needed', { no: '1', notNeeded: 'died', reasons: 'Register of deaths.' });
    const back = await goes(rana, file, 'secrecy/needed-again', { no: '1', reasons: 'It was a namesake.' });
    assert.equal(back.notice.notices[0]?.notNeeded, null);
  });

  test('a complaint and a review are answered by somebody who had no part in the decision', async () => {
    const file = await decided(office, await arrives(office));
    await goes(rana, file, 'secrecy/complaint', { notice: '1', text: 'My account was not the one.' });
    await goes(rana, file, 'secrecy/acknowledge-complaint', { no: '1' });
    const answer = {
      no: '1',
      outcome: 'upheld',
      text: 'You are right.',
      remedy: 'The data are deleted.',
      remedyBy: '2029-01-01',
    };
    assert.equal((await send(ada, file, 'secrecy/answer-complaint', answer)).status, 422, 'ada countersigned');
    const bare = await send(aldo, file, 'secrecy/answer-complaint', { ...answer, remedy: '', remedyBy: '' });
    assert.match(bare.text, /id="answer-complaint-1-remedy-error"/);
    await goes(aldo, file, 'secrecy/answer-complaint', answer);
    await goes(aldo, file, 'secrecy/remedied', { no: '1' });
    await goes(rana, file, 'secrecy/open-review', { reviewFor: 'person', why: 'The grounds were others.' });
    const verdict = { no: '1', reviewOutcome: 'annulled', reasons: 'It was another account.' };
    assert.equal((await send(ada, file, 'secrecy/decide-review', verdict)).status, 422);
    const after = await goes(aldo, file, 'secrecy/decide-review', verdict);
    assert.equal(after.notice.reviews[0]?.outcome?.outcome, 'annulled');
  });

  test('an address for mail is one’s own, is checked, and can be taken back', async () => {
    const wrong = await rana.post('/me/mail', { address: 'rana@office.example\r\nBcc: all@world.example' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /id="address-error"/);
    assert.equal((await rana.post('/me/mail', { address: 'rana@office.example' })).status, 303);
    assert.match((await rana.get('/me/mail')).text, /value="rana@office\.example"/);
    assert.doesNotMatch((await ada.get('/me/mail')).text, /rana@/);
    assert.equal((await rana.post('/me/mail', { address: '' })).status, 303);
    assert.doesNotMatch((await rana.get('/me/mail')).text, /rana@/);
  });

  test('oversight reads and finds no form; a registrar finds nothing; an act that does not exist is not found', async () => {
    const file = await decided(office, await arrives(office));
    for (const tab of ['execution', 'secrecy'] as const) {
      const read = await olga.get(path(file, tab));
      assert.equal(read.status, 200);
      assert.doesNotMatch(read.text, /class="act-form"/);
      assert.equal((await remy.get(path(file, tab))).status, 404);
    }
    assert.equal((await send(olga, file, 'execution/give', { no: '1', unit: 'Unit 5' })).status, 404);
    assert.equal((await send(rana, file, 'execution/constructor', {})).status, 404);
  });
});

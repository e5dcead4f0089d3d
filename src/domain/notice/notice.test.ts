// Notice is due from the start and never dropped: it is sent, or due, or a named person recorded why not.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { explain } from '../calendar/clock.ts';
import {
  type Disclosure,
  type DisclosureEvent,
  initial as nothingDisclosed,
  secretUntil,
} from '../disclosure/disclosure.ts';
import { evolve as evolveDisclosure } from '../disclosure/evolve.ts';
import { endSecrecy, liftSecrecy, orderSecrecy, renewSecrecy } from '../disclosure/secrecy.ts';
import {
  AMINA,
  accepted,
  BORIS,
  day,
  days,
  morning,
  OFFICE,
  refusedAs,
  Story,
} from '../preservation/testing/office.ts';
import type { PersonId } from '../registry/person.ts';
import {
  delay,
  delivered,
  liftDelay,
  neededAgain,
  notDelivered,
  notNeeded,
  schedule,
  send,
  toldByOtherSide,
} from './decide.ts';
import { deadlines } from './due.ts';
import { evolve } from './evolve.ts';
import { initial, isTold, mayTellFrom, type NoticeEvent, type NoticeState } from './notice.ts';
import {
  acknowledgeComplaint,
  answerComplaint,
  decideReview,
  openReview,
  receiveComplaint,
  remedied,
} from './remedy.ts';

const RULES = { longestDelay: days(90) };
const CODE = 'ef'.repeat(32);
/** Data came out on day 0. */
const TERMS = { tell: { since: day(0), within: days(14) }, proofWithin: days(14) };
const at = morning(0);
const open = nothingDisclosed;

/** A case whose secrecy runs through that day. */
function secretThrough(until: number): Disclosure {
  const told = new Story<Disclosure, DisclosureEvent>(nothingDisclosed, evolveDisclosure);
  told.must(orderSecrecy(told.state, secrecy(until), BORIS, at, OFFICE), at, BORIS);
  return told.state;
}
const secrecy = (until: number) => ({
  ground: 'order of a court',
  reasons: 'A suspect could warn others.',
  until: day(until),
  reviewOn: day(until),
  rules: { longest: days(180) },
});

function scheduled(dutyBearer: 'here' | 'other-side' = 'here') {
  const told = new Story<NoticeState, NoticeEvent>(initial, evolve);
  told.must(schedule(told.state, { person: '/targets/0', dutyBearer }, AMINA, at, OFFICE), at);
  return told;
}
const sending = (disclosure: Disclosure) => ({ notice: 1, channel: 'post', codeHash: CODE, disclosure });
const postponed = (until: number, disclosure = open) => ({
  notice: 1,
  ground: 'danger to a witness',
  reasons: 'She moves house in May.',
  until: day(until),
  rules: RULES,
  disclosure,
});
const due = (state: NoticeState, disclosure = open, terms: Parameters<typeof deadlines>[2] = TERMS) =>
  deadlines(state, disclosure, terms, OFFICE).map(({ kind, on, whose }) => `${kind} ${on} ${whose}`);

describe('notice', () => {
  test('is due within its term from the day data came out, and on the day after secrecy where that is later', () => {
    const { state } = scheduled();
    assert.deepEqual(due(state), [`tell-person ${day(14)} office`]);
    assert.deepEqual(due(state, secretThrough(5)), [`tell-person ${day(14)} office`]);
    assert.deepEqual(due(state, secretThrough(40)), [`tell-person ${day(41)} office`]);
    assert.deepEqual(due(scheduled('other-side').state), [`tell-person ${day(14)} requesting`]);
    const [line] = deadlines(state, open, TERMS, OFFICE);
    assert.deepEqual(line?.clock && explain(line.clock, OFFICE).at(-1), { code: 'ends', on: day(14) });
  });

  test('is not due before there is anything to tell, however long the request has been there', () => {
    const terms = { ...TERMS, tell: { ...TERMS.tell, since: null } };
    assert.deepEqual(due(scheduled().state, open, terms), []);
    const late = { ...TERMS, tell: { ...TERMS.tell, since: day(200) } };
    assert.deepEqual(due(scheduled().state, open, late), [`tell-person ${day(214)} office`]);
  });

  test('is due on the day after secrecy that has ended, and not since long before', () => {
    const told = new Story<Disclosure, DisclosureEvent>(nothingDisclosed, evolveDisclosure);
    told.must(orderSecrecy(told.state, secrecy(40), BORIS, at, OFFICE), at, BORIS);
    told.must(endSecrecy(told.state, 'clock', morning(43), OFFICE), morning(43), 'clock');
    assert.deepEqual(due(scheduled().state, told.state), [`tell-person ${day(41)} office`]);
  });

  test('is never sent while secrecy or a delay runs', () => {
    const told = scheduled();
    const secret = secretThrough(40);
    assert.equal(refusedAs(send(told.state, sending(secret), AMINA, morning(40), OFFICE)), 'notice.secret');
    accepted(send(told.state, sending(secret), AMINA, morning(41), OFFICE));
    told.must(delay(told.state, postponed(60, secret), BORIS, morning(41), OFFICE), morning(41), BORIS);
    assert.equal(refusedAs(send(told.state, sending(secret), AMINA, morning(60), OFFICE)), 'notice.delayed');
    accepted(send(told.state, sending(secret), AMINA, morning(61), OFFICE));
  });

  test('is put off by a named decision with ground and reasons, until a day within the longest; then it is asked again', () => {
    const told = scheduled();
    const by = (over: object) => refusedAs(delay(told.state, { ...postponed(30), ...over }, BORIS, at, OFFICE));
    assert.equal(by({ ground: '' }), 'notice.ground-missing');
    assert.equal(by({ reasons: '' }), 'notice.reasons-missing');
    assert.equal(by({ until: day(91) }), 'notice.delay-too-long');
    assert.equal(by({ until: day(-1) }), 'notice.delay-without-effect');
    told.must(delay(told.state, postponed(30), BORIS, at, OFFICE), at, BORIS);
    assert.equal(told.state.notices[0]?.delays[0]?.by, BORIS);
    assert.deepEqual(due(told.state), [`tell-person ${day(31)} office`, `ask-delay-again ${day(30)} office`]);
    // Without a new decision it is due; with one, it is put off again.
    told.must(delay(told.state, postponed(110), BORIS, morning(31), OFFICE), morning(31), BORIS);
    assert.deepEqual(due(told.state), [`tell-person ${day(111)} office`, `ask-delay-again ${day(110)} office`]);
  });

  test('is due again when a delay is lifted', () => {
    const told = scheduled();
    assert.equal(
      refusedAs(liftDelay(told.state, { notice: 1, reasons: 'Moved.' }, BORIS, at, OFFICE)),
      'notice.not-delayed',
    );
    told.must(delay(told.state, postponed(30), BORIS, at, OFFICE), at, BORIS);
    told.must(
      liftDelay(told.state, { notice: 1, reasons: 'She has moved.' }, BORIS, morning(9), OFFICE),
      morning(9),
      BORIS,
    );
    assert.deepEqual(due(told.state), [`tell-person ${day(14)} office`]);
  });

  test('carries the hash of a code, is proved, and is due again when it did not arrive', () => {
    const told = scheduled();
    assert.equal(
      refusedAs(send(told.state, { ...sending(open), codeHash: 'CODE' }, AMINA, at, OFFICE)),
      'notice.code-missing',
    );
    told.must(send(told.state, sending(open), AMINA, at, OFFICE), at);
    assert.deepEqual(due(told.state), [`prove-delivery ${day(14)} office`]);
    assert.equal(refusedAs(send(told.state, sending(open), AMINA, at, OFFICE)), 'notice.already-sent');
    told.must(notDelivered(told.state, { notice: 1, proof: 'Returned by the post.' }, AMINA, morning(8)), morning(8));
    assert.deepEqual(due(told.state), [`tell-person ${day(14)} office`]);
    told.must(send(told.state, sending(open), AMINA, morning(9), OFFICE), morning(9));
    told.must(delivered(told.state, { notice: 1, proof: 'Signed for.' }, AMINA, morning(12)), morning(12));
    assert.deepEqual(due(told.state), []);
  });

  test('of the other side is proved by the other side', () => {
    const told = scheduled('other-side');
    assert.equal(refusedAs(send(told.state, sending(open), AMINA, at, OFFICE)), 'notice.other-side-tells');
    const proof = { notice: 1, channel: 'letter', proof: 'Copy of the letter.' };
    assert.equal(refusedAs(toldByOtherSide(scheduled().state, proof, AMINA, at, OFFICE)), 'notice.this-office-tells');
    told.must(toldByOtherSide(told.state, proof, AMINA, at, OFFICE), at);
    assert.deepEqual(due(told.state), []);
  });

  test('that is not needed has a ground, reasons, a name and a day; and comes back when the ground falls away', () => {
    const told = scheduled();
    const ground = { notice: 1, ground: 'recipient-unknown' as const, reasons: 'No address is known.' };
    assert.equal(
      refusedAs(notNeeded(told.state, { ...ground, reasons: '' }, BORIS, at, OFFICE)),
      'notice.reasons-missing',
    );
    told.must(notNeeded(told.state, ground, BORIS, morning(2), OFFICE), morning(2), BORIS);
    const { ground: recorded, reasons } = ground;
    assert.deepEqual(told.state.notices[0]?.notNeeded, { ground: recorded, reasons, by: BORIS, on: day(2) });
    assert.equal(refusedAs(send(told.state, sending(open), AMINA, morning(3), OFFICE)), 'notice.not-needed');
    told.must(neededAgain(told.state, { notice: 1, reasons: 'She wrote to us.' }, AMINA, morning(9)), morning(9));
    assert.deepEqual(due(told.state), [`tell-person ${day(14)} office`]);
  });
});

test('whatever is done, a notice after secrecy is sent, or due, or has a recorded ground with a date', () => {
  type World = {
    readonly notice: Story<NoticeState, NoticeEvent>;
    readonly disclosure: Story<Disclosure, DisclosureEvent>;
  };
  type Run = (world: World, today: number, now: Instant) => void;
  const length = fc.integer({ min: -5, max: 120 });
  const note =
    (
      decide: (state: NoticeState, disclosure: Disclosure, now: Instant, today: number) => ReturnType<typeof send>,
    ): Run =>
    ({ notice, disclosure }, today, now) =>
      void notice.play(decide(notice.state, disclosure.state, now, today), now, BORIS);
  const hush =
    (decide: (state: Disclosure, now: Instant, today: number) => ReturnType<typeof endSecrecy>): Run =>
    ({ disclosure }, today, now) =>
      void disclosure.play(decide(disclosure.state, now, today), now, BORIS);
  const proof = { notice: 1, proof: 'A slip of the post.' };
  const command = fc.oneof<fc.Arbitrary<Run>[]>(
    length.map((n) =>
      note((state, disclosure, now, today) => delay(state, postponed(today + n, disclosure), BORIS, now, OFFICE)),
    ),
    fc.constantFrom<Run[]>(
      note((state, disclosure, now) => send(state, sending(disclosure), AMINA, now, OFFICE)),
      note((state, _disclosure, now) => delivered(state, proof, AMINA, now)),
      note((state, _disclosure, now) => notDelivered(state, proof, AMINA, now)),
      note((state, _disclosure, now) => liftDelay(state, { notice: 1, reasons: 'Over.' }, BORIS, now, OFFICE)),
      note((state, _disclosure, now) =>
        notNeeded(state, { notice: 1, ground: 'died', reasons: 'Certificate.' }, BORIS, now, OFFICE),
      ),
      note((state, _disclosure, now) => neededAgain(state, { notice: 1, reasons: 'An error.' }, BORIS, now)),
      hush((state, now) => liftSecrecy(state, { order: 1, reasons: 'Over.' }, BORIS, now, OFFICE)),
      hush((state, now) => endSecrecy(state, 'clock', now, OFFICE)),
    ),
    length.map((n) => hush((state, now, today) => orderSecrecy(state, secrecy(today + n), BORIS, now, OFFICE))),
    length.map((n) =>
      hush((state, now, today) => renewSecrecy(state, { ...secrecy(today + n), order: 1 }, BORIS, now, OFFICE)),
    ),
  );
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), command), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(steps, (list) => {
      const world = { notice: scheduled(), disclosure: new Story<Disclosure, DisclosureEvent>(open, evolveDisclosure) };
      let today = 0;
      for (const [wait, run] of list) {
        today += wait;
        const before = world.notice.events.length;
        run(world, today, morning(today));
        const { state } = world.notice;
        const disclosure = world.disclosure.state;
        const secret = secretUntil(disclosure);
        const sent = world.notice.events.slice(before).some(({ type }) => type === 'notice.sent');
        assert.ok(!sent || secret === null || day(today) > secret, 'sent while secret');
        const [notice] = state.notices;
        assert.ok(notice && state.notices.length === 1);
        const tell = deadlines(state, disclosure, TERMS, OFFICE).find(({ kind }) => kind === 'tell-person');
        const { notNeeded: ground } = notice;
        assert.equal(
          [isTold(notice), ground !== null, tell !== undefined].filter(Boolean).length,
          1,
          'dropped, or told twice',
        );
        if (ground) assert.ok(ground.on && ground.reasons && ground.by !== 'clock');
        // Nothing but secrecy and named delays puts it off, so the day it is due is never further away than these.
        const standing = notice.delays.filter(({ liftedOn }) => liftedOn === null).map(({ until }) => until);
        const latest = [
          notice.scheduledOn,
          ...standing.map((on) => addDays(on, 1)),
          ...(secret ? [addDays(secret, 1)] : []),
        ];
        if (tell) {
          assert.ok(tell.on >= (latest.toSorted().at(-1) as string), 'due while it may not be sent');
          const ended = [
            ...notice.delays.map(({ until, liftedOn }) => liftedOn ?? addDays(until, 1)),
            ...disclosure.secrecy.map(({ until, end }) => (end?.how === 'lifted' ? end.on : addDays(until, 1))),
          ];
          assert.equal(tell.on, [day(14), ...latest, ...ended].toSorted().at(-1));
        }
        for (const { on, until, reasons } of notice.delays) assert.ok(until <= addDays(on, 90) && reasons !== '');
      }
      // With nothing decided any more, it falls due: after the longest secrecy and the longest delay.
      const [notice] = world.notice.state.notices;
      assert.ok(notice && mayTellFrom(notice, world.disclosure.state) <= day(today + 181));
    }),
    { numRuns: 400 },
  );
});

describe('a complaint', () => {
  const rules = { acknowledge: { ...days(5), kind: 'working-days' as const }, answer: days(30) };
  function received() {
    const told = scheduled();
    told.must(
      receiveComplaint(told.state, { notice: 1, text: 'I was never a suspect.', rules }, AMINA, at, OFFICE),
      at,
    );
    return told;
  }
  const answer = {
    complaint: 1,
    outcome: 'upheld' as const,
    text: 'The account was taken for another.',
    remedy: 'The other side deletes the data.',
    remedyBy: day(40),
    decidedBy: [AMINA],
  };

  test('is acknowledged, answered and remedied, each by a day whose clock explains itself', () => {
    const told = received();
    const clocks = deadlines(told.state, secretThrough(90), TERMS, OFFICE).filter(({ clock }) => clock);
    assert.deepEqual(
      clocks.map(({ kind, on }) => [kind, on]),
      [
        ['answer-complaint', day(30)],
        ['acknowledge-complaint', day(7)], // the weekend of the office is Friday and Saturday
      ],
    );
    for (const { clock, on } of clocks)
      if (clock) assert.deepEqual(explain(clock, OFFICE).at(-1), { code: 'ends', on });
    told.must(acknowledgeComplaint(told.state, { complaint: 1 }, AMINA, morning(1), OFFICE), morning(1));
    told.must(answerComplaint(told.state, answer, BORIS, morning(20), OFFICE), morning(20), BORIS);
    assert.deepEqual(due(told.state).slice(1), [`remedy-complaint ${day(40)} office`]);
    told.must(remedied(told.state, { complaint: 1 }, AMINA, morning(30), OFFICE), morning(30));
    assert.deepEqual(due(told.state).slice(1), []);
  });

  test('is not answered by who decided what it is about', () => {
    assert.equal(refusedAs(answerComplaint(received().state, answer, AMINA, morning(2), OFFICE)), 'notice.same-person');
  });

  test('that is upheld has a remedy and its day; one that is not has none', () => {
    const { state } = received();
    const by = (over: object) => refusedAs(answerComplaint(state, { ...answer, ...over }, BORIS, morning(2), OFFICE));
    assert.equal(by({ remedy: '' }), 'notice.remedy-missing');
    assert.equal(by({ remedyBy: null }), 'notice.remedy-missing');
    assert.equal(by({ remedyBy: day(1) }), 'notice.remedy-in-the-past');
    assert.equal(by({ outcome: 'not-upheld' }), 'notice.remedy-without-ground');
  });
});

test('a review is decided by somebody who had no part in the decision, and one runs at a time', () => {
  const told = scheduled();
  const CLARA = 'clara' as PersonId;
  const asked = {
    decisionNo: 1,
    askedBy: 'requesting-state' as const,
    why: 'New facts.',
    decidedBy: [AMINA, BORIS],
    rules: { decide: days(20) },
  };
  told.must(openReview(told.state, asked, AMINA, at, OFFICE), at);
  assert.equal(refusedAs(openReview(told.state, asked, AMINA, at, OFFICE)), 'notice.already-under-review');
  assert.deepEqual(due(told.state).slice(1), [`decide-review ${day(20)} office`]);
  const outcome = { review: 1, outcome: 'changed' as const, reasons: 'The facts are new.' };
  for (const by of [AMINA, BORIS])
    assert.equal(refusedAs(decideReview(told.state, outcome, by, at)), 'notice.same-person');
  told.must(decideReview(told.state, outcome, CLARA, morning(3)), morning(3), CLARA);
  assert.equal(told.state.reviews[0]?.outcome?.by, CLARA);
  accepted(openReview(told.state, asked, AMINA, morning(4), OFFICE));
});

// What goes with a disclosure: conditions and assurances until fulfilled, the ledger of use, and secrecy that always ends.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
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
import {
  acceptCondition,
  askAssurance,
  askOtherUse,
  askTransfer,
  CONDITION_MOVES,
  closeCondition,
  doNotAcceptCondition,
  giveAssurance,
  judgeAssurance,
  limitUse,
  proposeCondition,
  ruleOtherUse,
  ruleTransfer,
  withdrawAssurance,
} from './decide.ts';
import { type Disclosure, type DisclosureEvent, initial, secretUntil, standsInTheWay } from './disclosure.ts';
import { deadlines } from './due.ts';
import { evolve } from './evolve.ts';
import { endSecrecy, liftSecrecy, orderSecrecy, renewSecrecy, reviewSecrecy } from './secrecy.ts';

const story = () => new Story<Disclosure, DisclosureEvent>(initial, evolve);
const at = morning(0);
const RULES = { longest: days(180) };
const kinds = (state: Disclosure) =>
  deadlines(state, { answerWithin: days(10), warnDays: 14 }, OFFICE).map(({ kind }) => kind);

describe('a condition', () => {
  const asked = { text: 'Use it in this case only.', dueOn: day(30), decisionNo: 1 };
  function proposed() {
    const told = story();
    told.must(proposeCondition(told.state, asked, AMINA, at, OFFICE), at);
    return told;
  }

  test('stands in the way until somebody on the other side accepts it, and is then tracked until fulfilled', () => {
    const told = proposed();
    assert.equal(standsInTheWay(told.state).conditions.length, 1);
    assert.equal(
      refusedAs(acceptCondition(told.state, { condition: 1, answeredBy: '' }, AMINA, at)),
      'disclosure.answered-by-missing',
    );
    told.must(acceptCondition(told.state, { condition: 1, answeredBy: 'Prosecutor Li' }, AMINA, at), at);
    assert.deepEqual(standsInTheWay(told.state).conditions, []);
    assert.deepEqual(kinds(told.state), ['fulfil-condition']);
    told.must(
      closeCondition(told.state, { condition: 1, to: 'fulfilled', remarks: 'Judgment of May.' }, AMINA, at),
      at,
    );
    assert.deepEqual(kinds(told.state), []);
  });

  test('that is not accepted stands in the way until it is withdrawn with reasons', () => {
    const told = proposed();
    const command = { condition: 1, answeredBy: 'Prosecutor Li', remarks: 'Our law knows no such limit.' };
    told.must(doNotAcceptCondition(told.state, command, AMINA, at), at);
    assert.equal(standsInTheWay(told.state).conditions.length, 1);
    const away = { condition: 1, to: 'withdrawn' as const, remarks: '' };
    assert.equal(refusedAs(closeCondition(told.state, away, AMINA, at)), 'disclosure.remarks-missing');
    told.must(closeCondition(told.state, { ...away, remarks: 'Put differently.' }, AMINA, at), at);
    assert.deepEqual(standsInTheWay(told.state).conditions, []);
  });

  test('that was breached stays so', () => {
    const told = proposed();
    told.must(acceptCondition(told.state, { condition: 1, answeredBy: 'Prosecutor Li' }, AMINA, at), at);
    told.must(
      closeCondition(told.state, { condition: 1, to: 'breached', remarks: 'Quoted in another case.' }, AMINA, at),
      at,
    );
    const mend = { condition: 1, to: 'fulfilled' as const, remarks: 'They promised.' };
    assert.equal(refusedAs(closeCondition(told.state, mend, AMINA, at)), 'disclosure.condition-cannot-move');
  });
});

describe('an assurance', () => {
  function given() {
    const told = story();
    const asked = { kind: 'death-penalty' as const, asked: 'It will not be carried out.', dueOn: day(20) };
    told.must(askAssurance(told.state, asked, AMINA, at, OFFICE), at);
    return told;
  }
  const judged = { assurance: 1, credible: true, reasons: 'Kept in each earlier case.' };
  const text = { assurance: 1, text: 'It will not be asked for.', signedBy: 'Minister of Justice' };

  test('counts only when it was given in writing and a named person found it credible', () => {
    const told = given();
    assert.equal(refusedAs(judgeAssurance(told.state, judged, BORIS, at)), 'disclosure.assurance-not-given');
    assert.equal(
      refusedAs(giveAssurance(told.state, { ...text, signedBy: '' }, AMINA, at, OFFICE)),
      'disclosure.signature-missing',
    );
    told.must(giveAssurance(told.state, text, AMINA, at, OFFICE), at);
    assert.deepEqual(kinds(told.state), ['judge-assurance']);
    assert.equal(standsInTheWay(told.state).assurances.length, 1);
    told.must(judgeAssurance(told.state, judged, BORIS, at), at, BORIS);
    assert.deepEqual(standsInTheWay(told.state).assurances, []);
    assert.deepEqual(told.state.assurances[0]?.judged, { answer: 'credible', reasons: judged.reasons, by: BORIS, at });
  });

  test('in new words is judged anew', () => {
    const told = given();
    told.must(giveAssurance(told.state, text, AMINA, at, OFFICE), at);
    told.must(judgeAssurance(told.state, judged, BORIS, at), at, BORIS);
    told.must(giveAssurance(told.state, { ...text, text: 'As far as possible.' }, AMINA, at, OFFICE), at);
    assert.equal(standsInTheWay(told.state).assurances.length, 1);
    assert.equal(told.state.assurances[0]?.judged, null);
  });

  test('that binds is not withdrawn', () => {
    const told = given();
    told.must(giveAssurance(told.state, text, AMINA, at, OFFICE), at);
    told.must(judgeAssurance(told.state, judged, BORIS, at), at, BORIS);
    const away = { assurance: 1, reasons: 'Not at stake.' };
    assert.equal(refusedAs(withdrawAssurance(told.state, away, AMINA, at)), 'disclosure.assurance-binds');
  });
});

test('other use and onward transfer are asked for, and a named person answers each once, with reasons', () => {
  const told = story();
  told.must(limitUse(told.state, { text: 'This case only.', until: day(365) }, AMINA, at), at);
  told.must(askOtherUse(told.state, { askedBy: 'Police of AA', purpose: 'A tax case' }, AMINA, at, OFFICE), at);
  const transfer = { askedBy: 'Police of AA', to: 'Police of XA', what: 'Log of March', purpose: 'The same group' };
  told.must(askTransfer(told.state, transfer, AMINA, at, OFFICE), at);
  assert.deepEqual(kinds(told.state), ['delete-data', 'rule-other-use', 'rule-transfer']);
  const refusal = { use: 1, allowed: false, reasons: '' };
  assert.equal(refusedAs(ruleOtherUse(told.state, refusal, BORIS, at)), 'disclosure.reasons-missing');
  told.must(ruleOtherUse(told.state, { ...refusal, reasons: 'No such ground here.' }, BORIS, at), at, BORIS);
  told.must(
    ruleTransfer(told.state, { transfer: 1, consent: true, reasons: 'Same conditions.' }, BORIS, at),
    at,
    BORIS,
  );
  assert.equal(told.state.otherUses[0]?.ruling?.answer, 'refused');
  assert.equal(told.state.transfers[0]?.ruling?.answer, 'consent-given');
  const again = { transfer: 1, consent: false, reasons: 'On second thoughts.' };
  assert.equal(refusedAs(ruleTransfer(told.state, again, BORIS, at)), 'disclosure.already-ruled');
  assert.deepEqual(kinds(told.state), ['delete-data']);
});

const secrecy = (from: number, until: number, reviewOn = until) => ({
  ground: 'order of the court of AA',
  reasons: 'A suspect could warn others.',
  until: day(until),
  reviewOn: day(Math.min(reviewOn, until, from + 1000)),
  rules: RULES,
});

describe('secrecy', () => {
  function ordered(until = 90) {
    const told = story();
    told.must(orderSecrecy(told.state, secrecy(0, until, 30), BORIS, at, OFFICE), at, BORIS);
    return told;
  }

  test('has reasons, an end within the longest allowed, and a day before it to ask again', () => {
    const order = (over: object) => refusedAs(orderSecrecy(initial, { ...secrecy(0, 90), ...over }, BORIS, at, OFFICE));
    assert.equal(order({ reasons: ' ' }), 'disclosure.reasons-missing');
    assert.equal(order({ ground: '' }), 'disclosure.ground-missing');
    assert.equal(order({ until: day(181) }), 'disclosure.secrecy-too-long');
    assert.equal(order({ until: day(-1) }), 'disclosure.secrecy-in-the-past');
    assert.equal(order({ reviewOn: day(91) }), 'disclosure.review-outside');
    assert.deepEqual(kinds(ordered().state), ['review-secrecy', 'secrecy-ends-soon', 'secrecy-ends']);
  });

  test('ends by itself on the day after its last, once', () => {
    const told = ordered();
    assert.deepEqual(accepted(endSecrecy(told.state, 'clock', morning(90), OFFICE)), []);
    told.must(endSecrecy(told.state, 'clock', morning(91), OFFICE), morning(91), 'clock');
    assert.deepEqual(told.state.secrecy[0]?.end, { how: 'ended', on: day(90), reasons: '' });
    assert.equal(secretUntil(told.state), null);
    assert.deepEqual(accepted(endSecrecy(told.state, 'clock', morning(92), OFFICE)), []);
  });

  test('is reviewed and renewed by a named person with reasons while it runs, and not after', () => {
    const told = ordered();
    const renewal = { ...secrecy(80, 260), order: 1 };
    assert.equal(
      refusedAs(renewSecrecy(told.state, { ...renewal, reasons: '' }, BORIS, morning(80), OFFICE)),
      'disclosure.reasons-missing',
    );
    assert.equal(
      refusedAs(renewSecrecy(told.state, { ...renewal, until: day(261) }, BORIS, morning(80), OFFICE)),
      'disclosure.secrecy-too-long',
    );
    assert.equal(
      refusedAs(renewSecrecy(told.state, { ...renewal, until: day(90) }, BORIS, morning(80), OFFICE)),
      'disclosure.renewal-not-longer',
    );
    // The clock has not looked yet; secrecy has ended all the same.
    assert.equal(refusedAs(renewSecrecy(told.state, renewal, BORIS, morning(91), OFFICE)), 'disclosure.secrecy-ended');
    const review = { order: 1, reasons: 'Searches are still to come.', reviewOn: day(60) };
    told.must(reviewSecrecy(told.state, review, BORIS, morning(30), OFFICE), morning(30), BORIS);
    told.must(renewSecrecy(told.state, renewal, BORIS, morning(80), OFFICE), morning(80), BORIS);
    assert.equal(secretUntil(told.state), day(260));
    assert.deepEqual(
      told.state.secrecy[0]?.history.map(({ what, by }) => [what, by]),
      [
        ['reviewed', BORIS],
        ['renewed', BORIS],
      ],
    );
  });

  test('is as long as the order that ends last, and a named person may lift it before', () => {
    const told = ordered(90);
    told.must(orderSecrecy(told.state, secrecy(0, 30), BORIS, at, OFFICE), at, BORIS);
    assert.equal(secretUntil(told.state), day(90));
    told.must(
      liftSecrecy(told.state, { order: 1, reasons: 'Arrests were made.' }, BORIS, morning(10), OFFICE),
      morning(10),
      BORIS,
    );
    assert.equal(secretUntil(told.state), day(30));
  });

  test('always ends, whatever is ordered, renewed and reviewed', () => {
    const which = fc.integer({ min: 1, max: 3 });
    const length = fc.integer({ min: -5, max: 200 });
    type Run = (state: Disclosure, today: number, now: Instant) => ReturnType<typeof orderSecrecy>;
    const command = fc.oneof<fc.Arbitrary<Run>[]>(
      fc.tuple(length, length).map(
        ([n, r]) =>
          (state, today, now) =>
            orderSecrecy(state, secrecy(today, today + n, today + r), BORIS, now, OFFICE),
      ),
      fc.tuple(which, length, length).map(
        ([order, n, r]) =>
          (state, today, now) =>
            renewSecrecy(state, { ...secrecy(today, today + n, today + r), order }, BORIS, now, OFFICE),
      ),
      fc.tuple(which, length).map(
        ([order, r]) =>
          (state, today, now) =>
            reviewSecrecy(state, { order, reasons: 'Still needed.', reviewOn: day(today + r) }, BORIS, now, OFFICE),
      ),
      which.map((order) => (state, _today, now) => liftSecrecy(state, { order, reasons: 'Over.' }, BORIS, now, OFFICE)),
      fc.constant((state, _today, now) => endSecrecy(state, 'clock', now, OFFICE)),
    );
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), command), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(steps, (list) => {
        const told = story();
        let today = 0;
        for (const [wait, run] of list) {
          today += wait;
          const before = told.state;
          told.play(run(before, today, morning(today)), morning(today), BORIS);
          for (const { from, until, reviewOn, reasons, history, no, end } of told.state.secrecy) {
            const since = history.findLast(({ what }) => what === 'renewed')?.on ?? from;
            assert.ok(until <= addDays(since, RULES.longest.count), 'longer than allowed');
            assert.ok(reviewOn <= until && reasons !== '' && history.every((one) => one.reasons !== ''));
            const was = before.secrecy.find((one) => one.no === no);
            assert.ok(!was || until >= was.until);
            if (was?.end) assert.deepEqual(end, was.end);
          }
        }
        // No more than the longest from now: after it the clock alone has ended everything, each order once.
        const last = morning(today + RULES.longest.count + 1);
        told.play(endSecrecy(told.state, 'clock', last, OFFICE), last, 'clock');
        assert.equal(secretUntil(told.state), null, 'secrecy without end');
        const ends = told.events.flatMap((event) =>
          event.type === 'disclosure.secrecy-ended' || event.type === 'disclosure.secrecy-lifted' ? [event.order] : [],
        );
        assert.deepEqual(
          ends.toSorted((a, b) => a - b),
          told.state.secrecy.map(({ no }) => no),
        );
      }),
      { numRuns: 400 },
    );
  });
});

test('a condition moves only as the table allows, whatever is tried', () => {
  const tries = fc.array(fc.constantFrom('accept', 'not', 'fulfilled', 'breached', 'withdrawn'), { maxLength: 12 });
  fc.assert(
    fc.property(tries, (list) => {
      const told = story();
      told.must(
        proposeCondition(told.state, { text: 'This case only.', dueOn: null, decisionNo: null }, AMINA, at, OFFICE),
        at,
      );
      const by = { condition: 1, answeredBy: 'Li', remarks: 'Written.' };
      for (const what of list) {
        const was = told.state.conditions[0]?.status;
        if (what === 'accept') told.play(acceptCondition(told.state, by, AMINA, at), at);
        else if (what === 'not') told.play(doNotAcceptCondition(told.state, by, AMINA, at), at);
        else told.play(closeCondition(told.state, { ...by, to: what as 'fulfilled' }, AMINA, at), at);
        const now = told.state.conditions[0]?.status;
        assert.ok(was && now && (was === now || CONDITION_MOVES[was].includes(now)));
        const settled = ['accepted', 'fulfilled', 'breached', 'withdrawn'].includes(now);
        assert.equal(standsInTheWay(told.state).conditions.length === 0, settled);
      }
    }),
  );
});

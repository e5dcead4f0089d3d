// Execution: tasks from a decision of two people, moves that are allowed and who makes them, and the emergency lane.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addHours } from '../../kernel/instant.ts';
import { explain } from '../calendar/clock.ts';
import { type Countersigned, type Proposed, standing } from '../decisions/decision.ts';
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
import { may } from '../registry/policy.ts';
import {
  cancel,
  give,
  impossible,
  type LaneChoice,
  MOVE_NEEDS,
  MOVES,
  notHeld,
  open,
  produce,
  producePartly,
} from './decide.ts';
import { deadlines } from './due.ts';
import {
  callBack,
  confirmDeletion,
  demandDeletionAgain,
  failValidation,
  noteOverdue,
  refuseDeletion,
  validate,
} from './emergency.ts';
import { evolve } from './evolve.ts';
import { CALL_OUTCOMES, type CallBack, type Execution, type ExecutionEvent, initial, isFinal } from './execution.ts';

const ITEMS = [
  { target: 'a@example.org', category: 'traffic' },
  { target: 'a@example.org', category: 'content' },
];
const HASH = 'ab'.repeat(32);
const ORDINARY: LaneChoice = { lane: 'ordinary' };
const EMERGENCY: LaneChoice = { lane: 'emergency', validateWithin: { kind: 'hours', count: 48, source: 'setting' } };

/** A decision that two people made. */
function decided(no = 1, over: Partial<Proposed> = {}): Countersigned {
  const proposed: Proposed = {
    no,
    disposition: 'execute',
    grounds: [],
    conditions: [],
    items: ITEMS,
    reasons: 'It meets the conditions.',
    contraryReasons: '',
    until: '',
    passTo: '',
    language: 'en',
    assessmentNo: 1,
    outcome: 'may-execute',
    contentVersion: 1,
    by: AMINA,
    at: morning(0),
    hash: HASH,
    state: 'countersigned',
    countersigned: { by: BORIS, at: morning(0) },
    remark: '',
    ...over,
  };
  const found = standing({ proposals: [proposed], consultations: [] });
  assert.ok(found);
  return found;
}

const CALL: CallBack = {
  number: '+999 555 0100',
  numberFrom: 'directory/BB/contact-point',
  calledAt: morning(0),
  answeredBy: 'Duty officer Kay',
  outcome: 'verified',
  remarks: '',
};

const story = () => new Story<Execution, ExecutionEvent>(initial, evolve);
function opened(choice = ORDINARY) {
  const told = story();
  if (choice.lane === 'emergency') told.must(callBack(told.state, CALL, BORIS, morning(0)), morning(0), BORIS);
  told.must(open(told.state, { decision: decided(), choice }, AMINA, morning(0)), morning(0));
  return told;
}
const delivery = (task: number) => ({ task, count: 3, hashes: [HASH] });
const statuses = (state: Execution) => state.tasks.map(({ status }) => status);

describe('execution', () => {
  test('begins with one open task for each account and category that the decision names', () => {
    const { state } = opened();
    assert.deepEqual(
      state.tasks.map(({ no, target, category, status }) => ({ no, target, category, status })),
      [
        { no: 1, ...ITEMS[0], status: 'open' },
        { no: 2, ...ITEMS[1], status: 'open' },
      ],
    );
  });

  test('needs a decision to execute, with something to produce, once', () => {
    const { state } = opened();
    const start = (decision: Countersigned) =>
      refusedAs(open(state, { decision, choice: ORDINARY }, AMINA, morning(1)));
    assert.equal(start(decided(1)), 'execution.already-open');
    assert.equal(start(decided(2, { disposition: 'refuse' })), 'execution.not-ordered');
    assert.equal(start(decided(2, { items: [] })), 'execution.items-missing');
    assert.equal(
      start(decided(2, { items: [...ITEMS, { target: 'a@example.org', category: 'traffic' }] })),
      'execution.item-twice',
    );
  });

  test('is complete with the last task that came to its end, and open again with another decision', () => {
    const told = opened();
    for (const task of [1, 2]) told.must(give(told.state, { task, unit: 'Unit 4' }, AMINA, morning(1)), morning(1));
    told.must(produce(told.state, delivery(1), BORIS, morning(2)), morning(2));
    assert.equal(told.state.completedAt, null);
    told.must(notHeld(told.state, { task: 2, reasons: 'Overwritten.' }, BORIS, morning(3)), morning(3));
    assert.equal(told.state.completedAt, morning(3));
    told.must(open(told.state, { decision: decided(2), choice: ORDINARY }, AMINA, morning(4)), morning(4));
    assert.equal(told.state.completedAt, null);
    assert.deepEqual(
      told.state.tasks.map(({ no }) => no),
      [1, 2, 3, 4],
    );
    told.must(cancel(told.state, { task: 3, reasons: 'Withdrawn.' }, AMINA, morning(5)), morning(5));
    assert.equal(told.state.completedAt, null, 'complete while a task is open');
  });

  test('reports nothing on a task that nobody was given, and nothing more on one that ended', () => {
    const told = opened();
    assert.equal(refusedAs(produce(told.state, delivery(1), BORIS, morning(1))), 'execution.cannot-move');
    told.must(cancel(told.state, { task: 1, reasons: 'Withdrawn.' }, AMINA, morning(1)), morning(1));
    assert.equal(refusedAs(give(told.state, { task: 1, unit: 'Unit 4' }, AMINA, morning(1))), 'execution.cannot-move');
  });

  test('adds up what came in parts', () => {
    const told = opened();
    told.must(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(1)), morning(1));
    const part = { ...delivery(1), reasons: 'March is still to come.' };
    told.must(producePartly(told.state, part, BORIS, morning(2)), morning(2));
    const rest = { task: 1, count: 2, hashes: ['cd'.repeat(32)] };
    told.must(produce(told.state, rest, BORIS, morning(3)), morning(3));
    assert.deepEqual(told.state.tasks[0]?.produced, { count: 5, hashes: [HASH, 'cd'.repeat(32)] });
  });

  test('takes no delivery without a count and the hash of each file', () => {
    const told = opened();
    told.must(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(1)), morning(1));
    const say = (over: object) => refusedAs(produce(told.state, { ...delivery(1), ...over }, BORIS, morning(2)));
    assert.equal(say({ count: 0 }), 'execution.count-missing');
    assert.equal(say({ hashes: [] }), 'execution.hashes-missing');
    assert.equal(say({ hashes: ['not a hash'] }), 'execution.hashes-missing');
  });

  test('is handed out by who works on the case and reported by the executing unit', () => {
    for (const [to, action] of Object.entries(MOVE_NEEDS)) {
      const assigns = to === 'given' || to === 'cancelled';
      assert.equal(may(['executing-unit'], action), !assigns, to);
      assert.equal(may(['duty-officer'], action), assigns, to);
      assert.ok(!may(['oversight', 'registrar'], action));
    }
  });
});

describe('an emergency', () => {
  const start = (state: Execution) => open(state, { decision: decided(), choice: EMERGENCY }, AMINA, morning(0));
  const called = (over: Partial<CallBack>) => callBack(initial, { ...CALL, ...over }, BORIS, morning(0));

  test('is not executed before somebody on a number on file confirmed it', () => {
    const told = story();
    assert.equal(refusedAs(start(told.state)), 'execution.not-called-back');
    told.must(
      callBack(told.state, { ...CALL, outcome: 'no-answer', answeredBy: '' }, BORIS, morning(0)),
      morning(0),
      BORIS,
    );
    assert.equal(refusedAs(start(told.state)), 'execution.not-called-back');
    told.must(callBack(told.state, CALL, BORIS, morning(0)), morning(0), BORIS);
    accepted(start(told.state));
    told.must(
      callBack(told.state, { ...CALL, outcome: 'not-verified', remarks: 'Knows of none.' }, BORIS, morning(0)),
      morning(0),
      BORIS,
    );
    assert.equal(refusedAs(start(told.state)), 'execution.not-called-back');
  });

  test('is called back from the directory, and the checklist is whole', () => {
    assert.equal(refusedAs(called({ numberFrom: '' })), 'execution.number-not-on-file');
    assert.equal(refusedAs(called({ number: '' })), 'execution.number-missing');
    assert.equal(refusedAs(called({ answeredBy: '' })), 'execution.answered-by-missing');
    assert.equal(refusedAs(called({ outcome: 'no-answer' })), 'execution.nobody-answered');
    assert.equal(refusedAs(called({ outcome: 'not-verified' })), 'execution.reasons-missing');
    assert.equal(refusedAs(called({ calledAt: morning(1) })), 'execution.call-in-the-future');
  });

  const answer = { decisionNo: 1, authority: 'Court of the capital', reasons: 'A life was at risk.' };

  test('is validated within its hours by another person than who ordered the execution', () => {
    const told = opened(EMERGENCY);
    assert.equal(told.state.openings[0]?.validation?.dueAt, addHours(morning(0), 48));
    assert.equal(refusedAs(validate(told.state, answer, AMINA, morning(1))), 'execution.same-person');
    told.must(validate(told.state, answer, BORIS, morning(1)), morning(1), BORIS);
    assert.equal(told.state.openings[0]?.validation?.answer?.by, BORIS);
    assert.equal(refusedAs(validate(told.state, answer, BORIS, morning(1))), 'execution.already-validated');
  });

  test('that nobody validated in time is said to be overdue once, and is not widened', () => {
    const told = opened(EMERGENCY);
    const due = addHours(morning(0), 48);
    assert.deepEqual(accepted(noteOverdue(told.state, 'clock', due)), []);
    assert.equal(told.must(noteOverdue(told.state, 'clock', morning(3)), morning(3), 'clock').length, 1);
    assert.deepEqual(accepted(noteOverdue(told.state, 'clock', morning(4))), []);
    assert.equal(
      refusedAs(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(4))),
      'execution.validation-overdue',
    );
    told.must(validate(told.state, answer, BORIS, morning(4)), morning(4), BORIS);
    accepted(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(4)));
  });

  test('that was none stops what still runs, and deletion is demanded until it is confirmed', () => {
    const told = opened(EMERGENCY);
    told.must(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(0)), morning(0));
    told.must(produce(told.state, delivery(1), AMINA, morning(0)), morning(0));
    const failed = { ...answer, recipient: 'Police of AA', deleteWithin: days(5) };
    told.must(failValidation(told.state, failed, BORIS, morning(1), OFFICE), morning(1), BORIS);
    assert.deepEqual(statuses(told.state), ['produced', 'cancelled']);
    assert.equal(told.state.completedAt, morning(1));
    const again = { decisionNo: 1, deleteWithin: days(5) };
    assert.equal(
      refusedAs(demandDeletionAgain(told.state, again, BORIS, morning(6), OFFICE)),
      'execution.deletion-not-due',
    );
    told.must(
      refuseDeletion(told.state, { decisionNo: 1, answer: 'It is in the file.' }, BORIS, morning(5)),
      morning(5),
    );
    told.must(demandDeletionAgain(told.state, again, BORIS, morning(6), OFFICE), morning(6));
    assert.deepEqual(kinds(told.state), ['delete']);
    told.must(
      confirmDeletion(told.state, { decisionNo: 1, answer: 'Deleted, protocol 7.' }, BORIS, morning(7)),
      morning(7),
    );
    assert.deepEqual(kinds(told.state), []);
  });
});

const RULES = { executeWithin: days(10), warnHours: 6 };
const kinds = (state: Execution) => deadlines(state, RULES, OFFICE).map(({ kind }) => kind);

test('what is due says whose turn it is, and each clock how it was counted', () => {
  const told = opened(EMERGENCY);
  told.must(give(told.state, { task: 1, unit: 'Mail Ltd' }, AMINA, morning(0)), morning(0));
  const due = deadlines(told.state, RULES, OFFICE);
  assert.deepEqual(
    due.map(({ kind, on, whose }) => [kind, on, whose]),
    [
      ['produce', day(10), 'holder'],
      ['give-task', day(0), 'office'],
      ['validate-soon', addHours(morning(0), 42), 'office'],
      ['validate', addHours(morning(0), 48), 'office'],
    ],
  );
  for (const { clock, on } of due) if (clock) assert.deepEqual(explain(clock, OFFICE).at(-1), { code: 'ends', on });
});

test('whatever is done in whatever order, every task moves as allowed, and execution is complete exactly when all are at their end', () => {
  const task = fc.integer({ min: 1, max: 5 });
  const reasons = fc.constantFrom('', 'Overwritten.');
  const answer = { decisionNo: 1, authority: 'Court', reasons: 'Heard.' };
  type Run = (state: Execution, hour: number) => ReturnType<typeof open>;
  const at = (hour: number) => addHours(morning(0), hour);
  const command: fc.Arbitrary<Run> = fc.oneof<fc.Arbitrary<Run>[]>(
    fc.tuple(fc.integer({ min: 1, max: 2 }), fc.constantFrom(ORDINARY, EMERGENCY)).map(
      ([no, choice]) =>
        (state, hour) =>
          open(state, { decision: decided(no), choice }, AMINA, at(hour)),
    ),
    fc.constantFrom(...CALL_OUTCOMES).map((outcome) => (state, hour) => {
      const answeredBy = outcome === 'no-answer' ? '' : 'Kay';
      return callBack(state, { ...CALL, calledAt: at(hour), outcome, answeredBy, remarks: 'Called.' }, BORIS, at(hour));
    }),
    task.map((no) => (state, hour) => give(state, { task: no, unit: 'Unit' }, AMINA, at(hour))),
    task.map((no) => (state, hour) => produce(state, delivery(no), BORIS, at(hour))),
    fc.tuple(task, reasons).map(
      ([no, why]) =>
        (state, hour) =>
          producePartly(state, { ...delivery(no), reasons: why }, BORIS, at(hour)),
    ),
    fc.tuple(task, reasons, fc.constantFrom(notHeld, impossible, cancel)).map(
      ([no, why, end]) =>
        (state, hour) =>
          end(state, { task: no, reasons: why }, BORIS, at(hour)),
    ),
    fc.constant((state, hour) => noteOverdue(state, 'clock', at(hour))),
    fc.constant((state, hour) => validate(state, answer, BORIS, at(hour))),
    fc.constant((state, hour) =>
      failValidation(state, { ...answer, recipient: 'Police', deleteWithin: days(5) }, BORIS, at(hour), OFFICE),
    ),
  );
  const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), command), { minLength: 5, maxLength: 40 });
  fc.assert(
    fc.property(steps, (list) => {
      const told = story();
      let hour = 0;
      for (const [wait, run] of list) {
        hour += wait;
        const before = told.state;
        told.play(run(before, hour), at(hour));
        for (const was of before.tasks) {
          const now = told.state.tasks.find(({ no }) => no === was.no);
          assert.ok(now && (now.status === was.status || MOVES[was.status].includes(now.status)));
          assert.ok(now.produced.count >= was.produced.count);
          if (isFinal(was)) assert.deepEqual(now, was);
        }
        const { tasks, openings, calls, completedAt } = told.state;
        assert.equal(completedAt !== null, tasks.length > 0 && tasks.every(isFinal));
        for (const { lane, at: begun, validation } of openings) {
          assert.equal(validation !== null, lane === 'emergency');
          assert.ok(
            lane === 'ordinary' || calls.some(({ outcome, calledAt }) => outcome === 'verified' && calledAt <= begun),
          );
          assert.equal(validation?.state === 'failed', Boolean(validation?.deletion));
        }
      }
    }),
    { numRuns: 400 },
  );
});

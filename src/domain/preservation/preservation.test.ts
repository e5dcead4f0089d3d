// The hold keeps what the law says: a shortest time, orders that end, extensions with reasons, and release with a message.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { explain } from '../calendar/clock.ts';
import { confirm, extend, open, order, requestDecided, requestPending } from './decide.ts';
import { deadlines } from './due.ts';
import { lapse, release, releaseOrder } from './end.ts';
import { evolve } from './evolve.ts';
import {
  holdUntil,
  initial,
  type Preservation,
  type PreservationEvent,
  RELEASE_GROUNDS,
  runningOrders,
} from './preservation.ts';
import { AMINA, accepted, day, days, morning, OFFICE, refusedAs, Story } from './testing/office.ts';

const RULES = { minimum: days(60), longestOrder: days(90) };
const MAIL = { target: 'a@example.org', category: 'traffic' };
const WHAT = [MAIL, { target: 'a@example.org', category: 'content' }];
const LETTER = { reasons: 'It is no longer needed.', message: 'You may let the data go.' };

const story = () => new Story<Preservation, PreservationEvent>(initial, evolve);
/** A hold since the first day with one order through day `until`. */
function held(until = 90) {
  const told = story();
  told.must(open(told.state, { rules: RULES }, AMINA, morning(0), OFFICE), morning(0));
  told.must(order(told.state, newOrder(until), AMINA, morning(0), OFFICE), morning(0));
  return told;
}
const newOrder = (until: number) => ({
  holder: 'Mail Ltd',
  what: WHAT,
  until: day(until),
  reasons: 'Logs are overwritten after a week.',
  rules: RULES,
});
const extension = (until: number) => ({
  order: 1,
  until: day(until),
  reasons: 'The request is on its way.',
  rules: RULES,
});

describe('an order to a holder', () => {
  test('ends on a day no later than the longest one order may last, counted from the day after', () => {
    const { state } = held();
    assert.equal(state.orders[0]?.until, day(90));
    assert.equal(refusedAs(order(state, newOrder(91), AMINA, morning(0), OFFICE)), 'preservation.order-too-long');
  });

  test('counts days where the office is, not in UTC', () => {
    const told = held();
    const late = `${day(0)}T22:30:00.000Z` as Instant; // half past one of the next day in the office
    const [event] = told.must(order(told.state, newOrder(91), AMINA, late, OFFICE), late);
    assert.equal(event?.type === 'preservation.ordered' && event.from, day(1));
  });

  test('is extended before its end, with reasons, from then for no longer than a new one', () => {
    const told = held();
    assert.equal(
      refusedAs(extend(told.state, { ...extension(95), reasons: ' ' }, AMINA, morning(80), OFFICE)),
      'preservation.reasons-missing',
    );
    assert.equal(
      refusedAs(extend(told.state, extension(171), AMINA, morning(80), OFFICE)),
      'preservation.order-too-long',
    );
    told.must(extend(told.state, extension(170), AMINA, morning(80), OFFICE), morning(80));
    assert.equal(told.state.orders[0]?.until, day(170));
  });

  test('is never shortened by an extension, and never revived by one', () => {
    const { state } = held();
    assert.equal(
      refusedAs(extend(state, extension(90), AMINA, morning(5), OFFICE)),
      'preservation.extension-not-longer',
    );
    // The clock has not looked yet; the order has ended all the same.
    assert.equal(refusedAs(extend(state, extension(120), AMINA, morning(91), OFFICE)), 'preservation.order-ended');
  });

  test('is answered only for what it ordered, and nothing is both held and not found', () => {
    const told = held();
    const answer = { order: 1, held: WHAT, notFound: [], otherProviderInPath: '' };
    const other = { ...answer, held: [{ target: 'b@example.org', category: 'traffic' }] };
    assert.equal(refusedAs(confirm(told.state, other, AMINA, morning(1), OFFICE)), 'preservation.item-not-ordered');
    const both = { ...answer, notFound: [MAIL] };
    assert.equal(
      refusedAs(confirm(told.state, both, AMINA, morning(1), OFFICE)),
      'preservation.item-held-and-not-found',
    );
    told.must(
      confirm(told.state, { ...answer, otherProviderInPath: 'Transit Ltd' }, AMINA, morning(1), OFFICE),
      morning(1),
    );
    assert.equal(told.state.orders[0]?.confirmation?.otherProviderInPath, 'Transit Ltd');
  });

  test('goes nowhere without a hold', () => {
    assert.equal(refusedAs(order(initial, newOrder(10), AMINA, morning(0), OFFICE)), 'preservation.not-held');
  });
});

describe('release', () => {
  const by = (ground: (typeof RELEASE_GROUNDS)[number]) => ({ ground, ...LETTER });

  test('needs reasons and a message to the holder', () => {
    const { state } = held();
    const asked = by('asked-by-requesting-state');
    assert.equal(
      refusedAs(release(state, { ...asked, reasons: '' }, AMINA, morning(1), OFFICE)),
      'preservation.reasons-missing',
    );
    assert.equal(
      refusedAs(release(state, { ...asked, message: '' }, AMINA, morning(1), OFFICE)),
      'preservation.message-missing',
    );
  });

  test('waits for the end of the shortest time, unless the requesting State or a court says otherwise', () => {
    const { state } = held();
    assert.equal(
      refusedAs(release(state, by('no-request-came'), AMINA, morning(60), OFFICE)),
      'preservation.too-early',
    );
    accepted(release(state, by('no-request-came'), AMINA, morning(61), OFFICE));
    accepted(release(state, by('asked-by-requesting-state'), AMINA, morning(1), OFFICE));
    accepted(release(state, by('ordered-by-court'), AMINA, morning(1), OFFICE));
  });

  test('waits for the decision on a pending request', () => {
    const told = held();
    told.must(requestPending(told.state, { request: 'AA-1' }, AMINA, morning(50), OFFICE), morning(50));
    for (const ground of ['request-refused', 'no-request-came', 'data-handed-over'] as const) {
      assert.equal(
        refusedAs(release(told.state, by(ground), AMINA, morning(70), OFFICE)),
        'preservation.request-waits',
      );
    }
    told.must(requestDecided(told.state, { request: 'AA-1', execute: false }, AMINA, morning(70), OFFICE), morning(70));
    accepted(release(told.state, by('request-refused'), AMINA, morning(70), OFFICE));
  });

  test('does not let go of data that a decision orders to be produced, until they are handed over', () => {
    const told = held();
    told.must(requestPending(told.state, { request: 'AA-1' }, AMINA, morning(5), OFFICE), morning(5));
    told.must(requestDecided(told.state, { request: 'AA-1', execute: true }, AMINA, morning(20), OFFICE), morning(20));
    assert.equal(
      refusedAs(release(told.state, by('no-request-came'), AMINA, morning(70), OFFICE)),
      'preservation.to-be-produced',
    );
    const events = accepted(release(told.state, by('data-handed-over'), AMINA, morning(70), OFFICE));
    assert.deepEqual(
      events.map(({ type }) => type),
      ['preservation.order-released', 'preservation.released'],
    );
  });

  test('of one order whose holder has nothing is free; without that answer it is not', () => {
    const told = held();
    const command = { order: 1, ...by('not-held') };
    assert.equal(
      refusedAs(releaseOrder(told.state, command, AMINA, morning(2), OFFICE)),
      'preservation.not-confirmed-as-not-held',
    );
    const nothing = { order: 1, held: [], notFound: WHAT, otherProviderInPath: '' };
    told.must(confirm(told.state, nothing, AMINA, morning(2), OFFICE), morning(2));
    told.must(releaseOrder(told.state, command, AMINA, morning(2), OFFICE), morning(2));
    assert.deepEqual(told.state.orders[0]?.end, { how: 'released', on: day(2) });
    assert.equal(holdUntil(told.state), day(60));
  });
});

describe('the clock', () => {
  test('lets an order and then the hold lapse on the day after their last', () => {
    const told = held(20);
    assert.deepEqual(accepted(lapse(told.state, 'clock', morning(20), OFFICE)), []);
    told.must(lapse(told.state, 'clock', morning(21), OFFICE), morning(21), 'clock');
    assert.deepEqual(told.state.orders[0]?.end, { how: 'lapsed', on: day(20) });
    assert.equal(told.state.hold?.end, null);
    told.must(lapse(told.state, 'clock', morning(61), OFFICE), morning(61), 'clock');
    assert.deepEqual(told.state.hold?.end, { how: 'lapsed', on: day(60) });
  });

  test('says which requests still waited when a hold lapsed', () => {
    const told = held(20);
    told.must(requestPending(told.state, { request: 'AA-1' }, AMINA, morning(5), OFFICE), morning(5));
    const events = told.must(lapse(told.state, 'clock', morning(80), OFFICE), morning(80), 'clock');
    assert.deepEqual(events.at(-1), { type: 'preservation.lapsed', on: day(60), pending: ['AA-1'] });
  });
});

describe('what is due of a hold', () => {
  const warnings = { warnDays: 7, confirmWithin: days(3) };
  const due = (state: Preservation) =>
    Object.fromEntries(deadlines(state, warnings, OFFICE).map(({ kind, on, whose }) => [kind, `${on} ${whose}`]));

  test('is told in time, by whose turn it is, and each clock says how it was counted', () => {
    const { state } = held();
    assert.deepEqual(due(state), {
      'confirm-order': `${day(3)} holder`,
      'order-ends-soon': `${day(83)} office`,
      'order-lapses': `${day(90)} office`,
      'request-the-data': `${day(90)} requesting`,
      'hold-ends-soon': `${day(83)} office`,
      'hold-lapses': `${day(90)} office`,
    });
    for (const { clock, on } of deadlines(state, warnings, OFFICE)) {
      if (clock) assert.deepEqual(explain(clock, OFFICE).at(-1), { code: 'ends', on });
    }
  });

  test('asks to extend an order that ends before the hold may, and to release what nothing asks to hold', () => {
    const told = held(40);
    assert.equal(due(told.state)['extend-order'], `${day(33)} office`);
    told.must(requestPending(told.state, { request: 'AA-1' }, AMINA, morning(5), OFFICE), morning(5));
    assert.equal(due(told.state)['request-the-data'], undefined);
    told.must(requestDecided(told.state, { request: 'AA-1', execute: false }, AMINA, morning(20), OFFICE), morning(20));
    assert.equal(due(told.state)['release-hold'], `${day(61)} office`);
  });

  test('shows a hold that binds nobody, and nothing of one that ended', () => {
    const told = held(20);
    told.must(lapse(told.state, 'clock', morning(21), OFFICE), morning(21), 'clock');
    assert.equal(due(told.state)['order-data-held'], `${day(0)} office`);
    told.must(lapse(told.state, 'clock', morning(61), OFFICE), morning(61), 'clock');
    assert.deepEqual(due(told.state), {});
  });
});

// Any sequence of commands, some a few days apart, most of them wrong for the moment they come in.
type Step = {
  readonly wait: number;
  readonly run: (state: Preservation, today: number, at: Instant) => ReturnType<typeof open>;
};
const one = fc.constantFrom(1, 2, 3);
const length = fc.integer({ min: -2, max: 100 });
const asked = fc.constantFrom('AA-1', 'AA-2');
const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 45 })),
    fc.oneof<fc.Arbitrary<Step['run']>[]>(
      fc.constant((state, _today, at) => open(state, { rules: RULES }, AMINA, at, OFFICE)),
      length.map((n) => (state, today, at) => order(state, newOrder(today + n), AMINA, at, OFFICE)),
      fc.tuple(one, length).map(
        ([no, n]) =>
          (state, today, at) =>
            extend(state, { ...extension(today + n), order: no }, AMINA, at, OFFICE),
      ),
      fc.tuple(one, fc.boolean()).map(([no, yes]) => (state, _today, at) => {
        const answer = yes ? { held: WHAT, notFound: [] } : { held: [], notFound: WHAT };
        return confirm(state, { order: no, ...answer, otherProviderInPath: '' }, AMINA, at, OFFICE);
      }),
      asked.map((request) => (state, _today, at) => requestPending(state, { request }, AMINA, at, OFFICE)),
      fc.tuple(asked, fc.boolean()).map(
        ([request, execute]) =>
          (state, _today, at) =>
            requestDecided(state, { request, execute }, AMINA, at, OFFICE),
      ),
      fc.tuple(one, fc.constantFrom(...RELEASE_GROUNDS)).map(
        ([no, ground]) =>
          (state, _today, at) =>
            releaseOrder(state, { order: no, ground, ...LETTER }, AMINA, at, OFFICE),
      ),
      fc
        .constantFrom(...RELEASE_GROUNDS)
        .map((ground) => (state, _today, at) => release(state, { ground, ...LETTER }, AMINA, at, OFFICE)),
      fc.constant((state, _today, at) => lapse(state, 'clock', at, OFFICE)),
    ),
  )
  .map(([wait, run]) => ({ wait, run }));

describe('whatever is done in whatever order', () => {
  /** Plays the steps; calls `look` after each event-giving step. Gives the story and the day it stopped. */
  function play(steps: readonly Step[], look: (before: Preservation, after: Preservation, today: Day) => void) {
    const told = story();
    let today = 0;
    for (const { wait, run } of steps) {
      today += wait;
      const before = told.state;
      told.play(run(before, today, morning(today)), morning(today));
      look(before, told.state, day(today));
    }
    return { told, today };
  }
  const steps = fc.array(step, { minLength: 5, maxLength: 40 });

  test('an extension never shortens, and no order reaches further than the longest from its last extension', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, (before, after) => {
          for (const was of before.orders) {
            const now = after.orders.find(({ no }) => no === was.no);
            assert.ok(now && now.until >= was.until);
          }
          for (const { from, until, extensions } of after.orders) {
            const since = extensions.at(-1)?.from ?? from;
            assert.ok(until >= since && until <= addDays(since, RULES.longestOrder.count));
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  test('nothing runs without a hold, and what ended does not change any more', () => {
    fc.assert(
      fc.property(steps, (list) => {
        play(list, (before, after) => {
          const { hold } = after;
          const loose = after.orders.filter(
            ({ end, hold: no }) => end === null && (hold?.end !== null || no !== hold?.no),
          );
          assert.deepEqual(loose, []);
          assert.equal(new Set(hold?.pending).size, hold?.pending.length ?? 0);
          for (const was of before.orders) {
            if (!was.end) continue;
            const now = after.orders.find(({ no }) => no === was.no);
            assert.deepEqual({ ...now, confirmation: null }, { ...was, confirmation: null });
          }
        });
      }),
      { numRuns: 300 },
    );
  });

  test('no hold is without end: left to the clock, everything ends, each thing exactly once', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const { told, today } = play(list, (_before, after) => {
          const until = holdUntil(after);
          assert.equal(until === null, after.hold === null || after.hold.end !== null);
        });
        // The longest that anything decided by now may last, counted from now.
        const end = today + RULES.longestOrder.count + 1;
        for (const on of [today + 30, end, end + 1]) {
          const events = told.play(lapse(told.state, 'clock', morning(on), OFFICE), morning(on), 'clock');
          if (on > end) assert.deepEqual(events, []);
        }
        assert.deepEqual(runningOrders(told.state), []);
        assert.notEqual(told.state.hold?.end, null, 'a hold without end');
        const ends = told.events.flatMap((event) => {
          if (event.type === 'preservation.order-lapsed' || event.type === 'preservation.order-released')
            return [`order ${event.order}`];
          return event.type === 'preservation.lapsed' || event.type === 'preservation.released' ? ['hold'] : [];
        });
        const opened = told.events.filter(({ type }) => type === 'preservation.opened').length;
        assert.equal(ends.filter((what) => what === 'hold').length, opened);
        const orders = ends.filter((what) => what !== 'hold');
        assert.equal(new Set(orders).size, orders.length);
        assert.equal(orders.length, told.state.orders.length);
      }),
      { numRuns: 300 },
    );
  });
});

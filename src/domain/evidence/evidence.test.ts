// Evidence: what goes beyond the request is found and answered before anything leaves, and every step is custody.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Instant } from '../../kernel/instant.ts';
import type { Moment } from '../calendar/moment.ts';
import type { Countersigned } from '../decisions/decision.ts';
import { type Execution, initial as nothingExecuted } from '../execution/execution.ts';
import type { PersonId } from '../registry/person.ts';
import type { RequestContent } from '../requests/content.ts';
import { whoSaw } from './custody.ts';
import * as evidence from './decide.ts';
import { type Coverage, type Evidence, type EvidenceEvent, initial, type ObjectId, type Package } from './evidence.ts';
import { evolve } from './evolve.ts';
import * as keys from './keys.ts';
import { type Release, standsInTheWay } from './package.ts';
import { type Asked, scopeFlags } from './scope.ts';

const AT = '2028-03-02T09:00:00.000Z' as Instant;
const UNIT = 'unit' as PersonId;
const REVIEWER = 'reviewer' as PersonId;
const APPROVER = 'approver' as PersonId;
const REASONS = 'The header of the message says so.';

const ASKED: Asked = {
  content: {
    targets: [
      { service: 'Mail', identifierType: 'email', identifierValue: 'a@mail.example' },
      { service: 'Mail', identifierType: 'email', identifierValue: 'b@mail.example' },
    ],
    dataCategories: [
      { category: 'subscriber', items: ['name'], from: '2028-01-01', to: '2028-01-31', timeZone: 'UTC' },
      { category: 'content', items: ['messages'], from: '2028-01-01', to: '2028-01-14', timeZone: 'Africa/Nairobi' },
    ],
  } as unknown as RequestContent,
  items: [
    { target: 'a@mail.example', category: 'content' },
    { target: 'a@mail.example', category: 'subscriber' },
  ],
};
const covers = (more: Partial<Record<keyof Coverage, string | null>> = {}): Coverage =>
  ({ account: 'a@mail.example', category: 'content', from: '2028-01-02', to: '2028-01-10', ...more }) as Coverage;
const flagged = (...held: Coverage[]): string[] => scopeFlags(held, ASKED).map(({ code, line }) => `${code} ${line}`);

test('what was asked for and decided on is not flagged, to the first and the last moment of it', () => {
  assert.deepEqual(flagged(covers()), []);
  assert.deepEqual(flagged(covers({ from: '2028-01-01', to: '2028-01-14' })), []);
  // 14 January ends in Nairobi three hours before it does in Greenwich.
  assert.deepEqual(flagged(covers({ to: '2028-01-14T20:59:00Z' })), []);
  assert.deepEqual(flagged(covers({ to: '2028-01-14T21:01:00Z' })), ['after /dataCategories/1/to']);
});

test('each way of going beyond the request is flagged with the line of the request that it exceeds', () => {
  assert.deepEqual(flagged(covers({ account: 'c@mail.example' })), ['account /targets']);
  assert.deepEqual(flagged(covers({ category: 'traffic' })), ['category /dataCategories']);
  assert.deepEqual(flagged(covers({ account: 'b@mail.example' })), ['not-decided /dataCategories/1/category']);
  assert.deepEqual(flagged(covers({ from: '2027-12-31' })), ['before /dataCategories/1/from']);
  assert.deepEqual(flagged(covers({ to: '2028-01-15' })), ['after /dataCategories/1/to']);
  assert.deepEqual(flagged(covers({ from: null, to: null })), ['undated /dataCategories/1/from']);
});

test('who somebody is has no date, and need not have one', () => {
  assert.deepEqual(flagged(covers({ category: 'subscriber', from: null, to: null })), []);
});

test('a flag says what was asked for and what was found', () => {
  const [flag] = scopeFlags([covers({ from: '2027-12-31' })], ASKED);
  assert.deepEqual([flag?.limit, flag?.found], ['2028-01-01', '2027-12-31']);
});

test('whatever dates an object bears, it is flagged exactly when they leave those of the request', () => {
  const day = fc
    .integer({ min: -20, max: 40 })
    .map((n) => new Date(Date.UTC(2028, 0, 1 + n)).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string];
      const codes = scopeFlags([covers({ from, to })], ASKED).map(({ code }) => code);
      assert.equal(codes.includes('before'), from < '2028-01-01');
      assert.equal(codes.includes('after'), to > '2028-01-14');
    }),
  );
});

const EXECUTION: Execution = {
  ...nothingExecuted,
  openings: [{ decisionNo: 1, lane: 'ordinary', by: APPROVER, at: AT, validation: null }],
  tasks: [
    {
      no: 1,
      decisionNo: 1,
      target: 'a@mail.example',
      category: 'content',
      status: 'given',
      since: AT,
      unit: 'Unit',
      produced: { count: 0, hashes: [] },
      reasons: '',
    },
    {
      no: 2,
      decisionNo: 1,
      target: 'a@mail.example',
      category: 'subscriber',
      status: 'open',
      since: AT,
      unit: '',
      produced: { count: 0, hashes: [] },
      reasons: '',
    },
  ],
};
const DECISION = { no: 1, disposition: 'execute', items: ASKED.items } as unknown as Countersigned;
const RELEASE: Release = { decision: DECISION, execution: EXECUTION, conditions: [], assurances: [] };

const arrived = (n: number, size = 10) => ({
  object: `object-${n}` as ObjectId,
  name: `mail-${n}.mbox`,
  mediaType: 'application/mbox',
  size,
  sha256: String(n).repeat(64).slice(0, 64),
});
const received = (n = 1, held: Coverage[] = [covers()], state = initial) =>
  evidence.receive(
    state,
    { task: 1, receivedFrom: 'Mail Example', covers: held, execution: EXECUTION, asked: ASKED, arrived: arrived(n) },
    UNIT,
    AT,
  );

type Decided = { ok: boolean; value?: EvidenceEvent[]; faults?: readonly { code: string }[] };
function taken(state: Evidence, decided: Decided, by: PersonId = UNIT): Evidence {
  assert.ok(decided.ok, JSON.stringify(decided.faults));
  return (decided.value ?? []).reduce((now, event) => evolve(now, event, AT, by), state);
}
const codes = (decided: Omit<Decided, 'value'>): string[] => (decided.faults ?? []).map(({ code }) => code);

test('an object comes in for a task that was given out, once, with what it holds and from whom', () => {
  const state = taken(initial, received());
  assert.deepEqual(
    state.objects.map(({ no, source, receivedBy, flags }) => [no, source, receivedBy, flags.length]),
    [[1, { kind: 'task', task: 1, decisionNo: 1 }, UNIT, 0]],
  );
  assert.deepEqual(codes(received(1, [covers()], state)), ['evidence.already-received']);
  const again = { ...arrived(1), object: 'other' as ObjectId };
  const base = { task: 1, receivedFrom: 'X', covers: [covers()], execution: EXECUTION, asked: ASKED };
  assert.deepEqual(codes(evidence.receive(state, { ...base, arrived: again }, UNIT, AT)), [
    'evidence.already-received',
  ]);
  for (const [change, code] of [
    [{ task: 2 }, 'evidence.task-not-running'],
    [{ task: 3 }, 'evidence.no-such-task'],
    [{ receivedFrom: ' ' }, 'evidence.from-missing'],
    [{ covers: [] }, 'evidence.covers-missing'],
    [{ covers: [covers({ from: null })] }, 'evidence.dates-half'],
    [{ covers: [covers({ from: 'yesterday' })] }, 'evidence.dates-unread'],
    [{ covers: [covers({ from: '2028-02-01' })] }, 'evidence.dates-reversed'],
    [{ arrived: { ...arrived(2), size: 0 } }, 'evidence.empty'],
    [{ arrived: { ...arrived(2), sha256: 'A'.repeat(64) } }, 'evidence.hash-missing'],
    [{ arrived: { ...arrived(2), name: '' } }, 'evidence.name-missing'],
  ] as const)
    assert.deepEqual(codes(evidence.receive(state, { ...base, arrived: arrived(2), ...change } as never, UNIT, AT)), [
      code,
    ]);
});

const beyond = taken(initial, received(1, [covers({ to: '2028-02-01' })]));
const one = arrived(1).object;

test('what goes beyond the request does not leave before a named person has answered it', () => {
  const inTheWay = (state: Evidence, by = APPROVER) =>
    standsInTheWay(state, RELEASE, [one], by).map(({ code }) => code);
  assert.deepEqual(inTheWay(beyond), ['evidence.flag-open']);
  const say = (say: 'within' | 'left-out' | 'redacted', state = beyond) =>
    evidence.answerFlag(state, { object: one, flag: 1, say, reasons: REASONS }, REVIEWER, AT);
  assert.deepEqual(codes(say('redacted')), ['evidence.no-redaction']);
  assert.deepEqual(inTheWay(taken(beyond, say('left-out'), REVIEWER)), ['evidence.left-out']);
  const within = taken(beyond, say('within'), REVIEWER);
  assert.deepEqual(inTheWay(within), []);
  // Whoever said that it is within the request does not hand it over: two people stand behind what goes further.
  assert.deepEqual(inTheWay(within, REVIEWER), ['evidence.own-answer']);
  assert.deepEqual(
    codes(evidence.answerFlag(beyond, { object: one, flag: 1, say: 'within', reasons: 'ok' }, REVIEWER, AT)),
    ['evidence.reasons-missing'],
  );
  assert.deepEqual(
    codes(evidence.answerFlag(beyond, { object: one, flag: 2, say: 'within', reasons: REASONS }, REVIEWER, AT)),
    ['evidence.no-such-flag'],
  );
});

test('a redaction is an object of its own that points to its source, and goes in its place', () => {
  const said = { of: one, removed: 'Messages after 14 January.', covers: [covers()], asked: ASKED };
  const redacted = taken(beyond, evidence.redact(beyond, { ...said, arrived: arrived(2) }, REVIEWER, AT), REVIEWER);
  assert.deepEqual(redacted.objects[1]?.source, { kind: 'redaction', of: one, removed: said.removed });
  assert.deepEqual(redacted.objects[0], beyond.objects[0]);
  const answered = taken(
    redacted,
    evidence.answerFlag(redacted, { object: one, flag: 1, say: 'redacted', reasons: REASONS }, REVIEWER, AT),
    REVIEWER,
  );
  assert.deepEqual(
    standsInTheWay(answered, RELEASE, [one], APPROVER).map(({ code }) => code),
    ['evidence.replaced'],
  );
  assert.deepEqual(standsInTheWay(answered, RELEASE, [arrived(2).object], APPROVER), []);
  assert.deepEqual(codes(evidence.redact(beyond, { ...said, removed: 'it', arrived: arrived(2) }, REVIEWER, AT)), [
    'evidence.reasons-missing',
  ]);
});

test('nothing leaves without two people, accepted conditions, credible assurances, and in an emergency a validation', () => {
  const state = taken(initial, received());
  const inTheWay = (change: Partial<Release>) =>
    standsInTheWay(state, { ...RELEASE, ...change }, [one], APPROVER).map(({ code }) => code);
  assert.deepEqual(inTheWay({}), []);
  assert.deepEqual(inTheWay({ decision: undefined }), ['evidence.not-decided']);
  assert.deepEqual(inTheWay({ conditions: [1] }), ['evidence.condition-open']);
  assert.deepEqual(inTheWay({ assurances: [2] }), ['evidence.assurance-open']);
  for (const [validation, expected] of [
    ['awaited', []],
    ['validated', []],
    ['overdue', ['evidence.not-validated']],
    ['failed', ['evidence.not-validated']],
  ] as const)
    assert.deepEqual(
      inTheWay({ execution: { openings: [{ decisionNo: 1, validation: { state: validation } }] } as never }),
      expected,
    );
  // A later decision that orders less.
  const narrower = { ...DECISION, no: 2, items: [{ target: 'a@mail.example', category: 'subscriber' }] };
  assert.deepEqual(inTheWay({ decision: narrower as Countersigned }), ['evidence.of-other-decision']);
});

const KEY = `age1${'q'.repeat(58)}`;
const HYBRID = `age1pq1${'q'.repeat(1952)}`;
const PRINT = 'e1'.repeat(32);
const THEM = 'Prosecutor General of AA';
const entering = { no: null, name: THEM, key: HYBRID, fingerprint: PRINT };
const reading = { no: 1, read: PRINT, how: 'Their clerk read it, +99 1 0001.' };
/** With the key of the recipient, entered by the reviewer and confirmed by the approver. */
function withKey(state: Evidence, more: Partial<keys.Entering> = {}): Evidence {
  const entered = taken(state, keys.enterKey(state, { ...entering, ...more }), REVIEWER);
  const { no, fingerprint } = entered.keys.at(-1) ?? { no: 0, fingerprint: '' };
  return taken(entered, keys.confirmKey(entered, { ...reading, no, read: fingerprint }, APPROVER, AT), APPROVER);
}
const made: Package = {
  package: 'package-1',
  no: 1,
  objects: [one],
  recipient: { name: '', keys: [] },
  fingerprints: [PRINT],
  signed: 'd'.repeat(64),
  purpose: 'Answer to their request.',
  sha256: 'a'.repeat(64),
  size: 1000,
  bag: 'b'.repeat(64),
  timeStamp: null,
  asOf: 12,
};

test('a package is for keys of one kind, is recorded under its own number, and is handed over and confirmed by its hash', () => {
  const two = withKey(withKey(taken(initial, received())), { key: KEY, fingerprint: 'f1'.repeat(32) });
  const state = withKey(two, { name: 'Court of AA', key: HYBRID.replace('qqq', 'ppp'), fingerprint: 'a1'.repeat(32) });
  const pack = (change: Partial<Package>) =>
    evidence.pack(state, { made: { ...made, ...change }, release: RELEASE }, APPROVER, AT);
  assert.deepEqual(codes(pack({ fingerprints: [] })), ['evidence.no-keys']);
  assert.deepEqual(codes(pack({ fingerprints: ['b1'.repeat(32)] })), ['evidence.no-such-key']);
  assert.deepEqual(codes(pack({ fingerprints: [PRINT, 'f1'.repeat(32)] })), ['evidence.keys-mixed']);
  assert.deepEqual(codes(pack({ fingerprints: [PRINT, 'a1'.repeat(32)] })), ['evidence.keys-of-two']);
  assert.deepEqual(codes(pack({ objects: [] })), ['evidence.no-objects']);
  assert.deepEqual(codes(pack({ objects: [one, one] })), ['evidence.object-twice']);
  assert.deepEqual(codes(pack({ no: 2 })), ['evidence.changed-meanwhile']);
  const packed = taken(state, pack({ recipient: { name: 'Somebody', keys: [KEY] } }), APPROVER);
  assert.deepEqual(packed.packages[0]?.recipient, { name: THEM, keys: [HYBRID] });
  const handing = { package: 'package-1', to: 'PG of AA', how: 'By courier', signed: made.signed };
  assert.deepEqual(codes(evidence.handOver(packed, handing, { ...RELEASE, conditions: [1] }, APPROVER)), [
    'evidence.condition-open',
  ]);
  const confirming = { package: 'package-1', sha256: made.sha256, by: 'Clerk' };
  assert.deepEqual(codes(evidence.confirm(packed, confirming, APPROVER, AT)), ['evidence.not-handed-over']);
  const over = taken(packed, evidence.handOver(packed, handing, RELEASE, APPROVER), APPROVER);
  assert.deepEqual(codes(evidence.confirm(over, { ...confirming, sha256: 'c'.repeat(64) }, APPROVER, AT)), [
    'evidence.other-hash',
  ]);
  const end = taken(over, evidence.confirm(over, confirming, APPROVER, AT), APPROVER);
  assert.deepEqual(
    end.objects[0]?.custody.map(({ what, by }) => [what, by]),
    [
      ['received', UNIT],
      ['packaged', APPROVER],
      ['handed-over', APPROVER],
      ['confirmed', APPROVER],
    ],
  );
  assert.deepEqual(codes(evidence.confirm(end, confirming, APPROVER, AT)), ['evidence.already-confirmed']);
});

test('who saw and copied an object stands in its custody', () => {
  const state = taken(initial, received());
  const seen = taken(state, evidence.see(state, { object: one, how: 'preview' }, REVIEWER, AT), REVIEWER);
  const copying = { object: one, to: 'Court of AA', purpose: 'Asked for by the judge.', signed: made.signed };
  const copied = taken(seen, evidence.copy(seen, copying, APPROVER, AT), APPROVER);
  const [object] = copied.objects;
  assert.ok(object);
  assert.deepEqual(whoSaw(object), [UNIT, REVIEWER, APPROVER]);
  assert.deepEqual(codes(evidence.copy(seen, { ...copying, purpose: '' }, APPROVER, AT)), ['evidence.reasons-missing']);
});

const MOMENTS = [null, '2028-01-05', '2027-01-01', '2028-03-01'] as (Moment | null)[];
test('whatever is done in whatever order, nothing is packed that has an open flag or was answered otherwise than within', () => {
  const step = fc.record({
    what: fc.constantFrom('receive', 'answer', 'pack'),
    n: fc.integer({ min: 1, max: 3 }),
    to: fc.constantFrom(...MOMENTS),
    say: fc.constantFrom('within', 'left-out', 'redacted'),
    by: fc.constantFrom(REVIEWER, APPROVER),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let state: Evidence = withKey(initial);
      for (const { what, n, to, say, by } of steps) {
        const object = `object-${n}` as ObjectId;
        const decided: Decided =
          what === 'receive'
            ? received(n, [covers(to === null ? { from: null, to: null } : { from: '2026-01-01', to })], state)
            : what === 'answer'
              ? evidence.answerFlag(state, { object, flag: 1, say, reasons: REASONS } as never, by, AT)
              : evidence.pack(
                  state,
                  {
                    made: {
                      ...made,
                      package: `p${state.packages.length}`,
                      no: state.packages.length + 1,
                      objects: [object],
                    },
                    release: RELEASE,
                  },
                  by,
                  AT,
                );
        if (!decided.ok) continue;
        const before = state;
        state = taken(state, decided, by);
        if (what !== 'pack') continue;
        const packed = before.objects.find((one) => one.object === object);
        assert.ok(packed?.flags.every(({ answer }) => answer?.say === 'within' && answer.by !== by));
      }
    }),
  );
});

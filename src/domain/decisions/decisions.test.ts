// What two people can decide, and what nobody can.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Instant } from '../../kernel/instant.ts';
import { OUTCOMES, type OutcomeName } from '../../law/verdict.ts';
import type { PersonId } from '../registry/person.ts';
import { type Advice, countersign, obstacles, propose, sendBack, voidOpen, withdraw } from './decide.ts';
import {
  type DecisionEvent,
  type DecisionsState,
  DISPOSITIONS,
  type Disposition,
  type Draft,
  executes,
  initial,
  openProposal,
  standing,
} from './decision.ts';
import { evolve } from './evolve.ts';

const [ANNA, BEN, CORA] = ['anna', 'ben', 'cora'] as PersonId[] as [PersonId, PersonId, PersonId];
const AT = '2028-03-02T10:00:00.000Z' as Instant;
const ITEM = { target: 'a@mail.example', category: 'content' };
const hash = (value: unknown): string => JSON.stringify(value);

const draft = (disposition: Disposition, more: Partial<Draft> = {}): Draft => ({
  disposition,
  grounds: disposition === 'refuse' ? [{ provision: 'pack:1', text: 'It concerns an opinion.' }] : [],
  conditions: disposition === 'execute-with-conditions' ? ['Use for this case only.'] : [],
  items: executes(disposition) ? [ITEM] : [],
  reasons: 'The reasons of the office, in words for the letter.',
  contraryReasons: 'Why the office departs from the advice it was given.',
  until: '2028-06-01',
  passTo: 'The court of the district',
  language: 'en',
  ...more,
});
const advice = (outcome: OutcomeName, more: Partial<Advice> = {}): Advice => ({
  assessmentNo: 1,
  outcome,
  contentVersion: 1,
  grounds: ['pack:1'],
  consultFirst: false,
  callBackFirst: false,
  items: ['a@mail.example content', 'b@mail.example content'],
  ...more,
});
const after = (state: DecisionsState, events: readonly DecisionEvent[], by: PersonId): DecisionsState =>
  events.reduce((now, event) => evolve(now, event, AT, by), state);
const codes = (faults: readonly { readonly code: string }[]): string[] => faults.map(({ code }) => code);

/** A proposal that is open, by Anna. */
function proposed(disposition: Disposition, outcome: OutcomeName): DecisionsState {
  const made = propose(initial, draft(disposition), advice(outcome), ANNA, hash);
  assert.ok(made.ok, JSON.stringify(made));
  return after(initial, made.value, ANNA);
}

test('nothing is handed over where the law forbids it or a question is unanswered, whatever anybody writes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<OutcomeName>('no-basis', 'must-refuse', 'needs-information'),
      fc.constantFrom(...DISPOSITIONS.filter(executes)),
      fc.string(),
      (outcome, disposition, words) => {
        const tried = propose(
          initial,
          draft(disposition, { reasons: words.padEnd(30), contraryReasons: words.padEnd(30, 'x') }),
          advice(outcome),
          ANNA,
          hash,
        );
        assert.equal(tried.ok, false);
      },
    ),
  );
});

test('nobody countersigns their own proposal', () => {
  const state = proposed('execute', 'may-execute');
  const tried = countersign(state, openProposal(state)?.hash ?? '', advice('may-execute'), ANNA);
  assert.deepEqual(tried, { ok: false, faults: [{ code: 'decisions.same-person' }] });
});

test('a decision stands once another person signed exactly what was proposed', () => {
  const state = proposed('execute', 'may-execute');
  const signed = countersign(state, openProposal(state)?.hash ?? '', advice('may-execute'), BEN);
  assert.ok(signed.ok);
  const decided = standing(after(state, signed.value, BEN));
  assert.deepEqual([decided?.by, decided?.countersigned.by, decided?.disposition], [ANNA, BEN, 'execute']);
});

test('what was read is what is signed: another hash, a later assessment or another content is not', () => {
  const state = proposed('execute', 'may-execute');
  const read = openProposal(state)?.hash ?? '';
  const tries = [
    countersign(state, `${read}.`, advice('may-execute'), BEN),
    countersign(state, read, advice('may-execute', { assessmentNo: 2 }), BEN),
    countersign(state, read, advice('may-execute', { contentVersion: 2 }), BEN),
    countersign(state, read, undefined, BEN),
  ];
  assert.deepEqual(
    tries.map((tried) => (tried.ok ? 'signed' : tried.faults[0]?.code)),
    ['decisions.not-what-was-read', 'decisions.changed-since', 'decisions.changed-since', 'decisions.changed-since'],
  );
});

test('a new assessment or new content voids what was proposed', () => {
  const state = proposed('refuse', 'must-refuse');
  const voided = after(state, voidOpen(state, 'assessment'), ANNA);
  assert.equal(openProposal(voided), undefined);
  assert.equal(voided.proposals[0]?.state, 'void');
});

test('a refusal rests on grounds that the assessment found', () => {
  assert.deepEqual(codes(obstacles(initial, draft('refuse', { grounds: [] }), advice('must-refuse'))), [
    'decisions.ground-missing',
  ]);
  const invented = [{ provision: 'pack:99', text: 'We do not like it.' }];
  assert.deepEqual(codes(obstacles(initial, draft('refuse', { grounds: invented }), advice('must-refuse'))), [
    'decisions.ground-not-found',
  ]);
});

test('against the advice one decides only with written reasons', () => {
  for (const [disposition, outcome] of [
    ['execute', 'may-refuse'],
    ['refuse', 'may-execute'],
  ] as const)
    assert.deepEqual(codes(obstacles(initial, draft(disposition, { contraryReasons: ' ' }), advice(outcome))), [
      'decisions.contrary-reasons-missing',
    ]);
});

test('where the law wants a consultation first, refusing and postponing wait for one on record', () => {
  const must = advice('must-refuse', { consultFirst: true });
  assert.deepEqual(codes(obstacles(initial, draft('refuse'), must)), ['decisions.consult-first']);
  assert.deepEqual(codes(obstacles(initial, draft('postpone'), must)), ['decisions.consult-first']);
  const held = evolve(initial, { type: 'consultation.held', with: 'AA', on: '2028-03-01', result: 'None.' }, AT, ANNA);
  assert.deepEqual(obstacles(held, draft('refuse'), must), []);
});

test('in an emergency nothing is handed over before somebody called back on a number that was on file', () => {
  const urgent = advice('may-execute', { callBackFirst: true });
  assert.deepEqual(codes(obstacles(initial, draft('execute'), urgent)), ['decisions.call-back-first']);
  assert.deepEqual(obstacles(initial, draft('postpone'), urgent), []);
});

test('no more is produced than was asked for, and a part is less than the whole', () => {
  const more = draft('execute', { items: [{ target: 'c@mail.example', category: 'content' }] });
  assert.deepEqual(codes(obstacles(initial, more, advice('may-execute'))), ['decisions.more-than-asked']);
  const whole = draft('execute-in-part', { items: [ITEM, { target: 'b@mail.example', category: 'content' }] });
  assert.deepEqual(codes(obstacles(initial, whole, advice('may-execute'))), ['decisions.not-in-part']);
});

test('no sequence of acts, by whomever, lets data go without two people and an answer of law that allows it', () => {
  const people = fc.constantFrom(ANNA, BEN, CORA);
  const act = fc.oneof(
    fc.record({ do: fc.constant('propose' as const), by: people, disposition: fc.constantFrom(...DISPOSITIONS) }),
    fc.record({ do: fc.constant('countersign' as const), by: people }),
    fc.record({ do: fc.constant('send-back' as const), by: people }),
    fc.record({ do: fc.constant('withdraw' as const), by: people }),
    fc.record({ do: fc.constant('reassess' as const), by: people, outcome: fc.constantFrom(...OUTCOMES) }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
      let state: DecisionsState = initial;
      let now = advice('needs-information');
      for (const one of acts) {
        if (one.do === 'reassess') {
          now = advice(one.outcome, { assessmentNo: now.assessmentNo + 1 });
          state = after(state, voidOpen(state, 'assessment'), one.by);
          continue;
        }
        const open = openProposal(state);
        const tried =
          one.do === 'propose'
            ? propose(state, draft(one.disposition), now, one.by, hash)
            : one.do === 'countersign'
              ? countersign(state, open?.hash ?? '', now, one.by)
              : one.do === 'send-back'
                ? sendBack(state, 'Please say why.', one.by)
                : withdraw(state, one.by);
        if (tried.ok) state = after(state, tried.value, one.by);
        for (const made of state.proposals.filter((p) => p.state === 'countersigned' && executes(p.disposition))) {
          assert.notEqual(made.by, made.countersigned?.by);
          assert.ok(!['no-basis', 'must-refuse', 'needs-information'].includes(made.outcome));
        }
        assert.ok(state.proposals.filter((p) => p.state === 'open').length <= 1);
      }
    }),
  );
});

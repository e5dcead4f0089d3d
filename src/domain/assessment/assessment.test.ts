// Facts, answers of people, and what counts when they differ.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Instant } from '../../kernel/instant.ts';
import type { PersonId } from '../registry/person.ts';
import {
  type AssessmentEvent,
  type AssessmentState,
  changesBetween,
  factsOf,
  initial,
  type Made,
} from './assessment.ts';
import { answer, stateFacts } from './decide.ts';
import { evolve } from './evolve.ts';

const [ANNA, BEN] = ['anna', 'ben'] as PersonId[] as [PersonId, PersonId];
const AT = '2028-03-02T10:00:00.000Z' as Instant;
const REASONS = 'The file shows it on page 3.';

const after = (state: AssessmentState, events: readonly AssessmentEvent[], by: PersonId): AssessmentState =>
  events.reduce((now, event) => evolve(now, event, AT, by), state);
function answered(state: AssessmentState, fact: string, value: boolean | null, by: PersonId): AssessmentState {
  const made = answer(state, { fact, value, reasons: REASONS }, by);
  assert.ok(made.ok);
  return after(state, made.value, by);
}

test('what one reviewer answers counts; what two answer differently is unknown until they agree', () => {
  const one = answered(initial, 'rights.tortureRisk', false, ANNA);
  assert.deepEqual(factsOf(one), { facts: { 'rights.tortureRisk': false }, differing: [] });
  const two = answered(one, 'rights.tortureRisk', true, BEN);
  assert.deepEqual(factsOf(two), { facts: {}, differing: ['rights.tortureRisk'] });
  const agreed = answered(two, 'rights.tortureRisk', true, ANNA);
  assert.deepEqual(factsOf(agreed), { facts: { 'rights.tortureRisk': true }, differing: [] });
  const takenBack = answered(two, 'rights.tortureRisk', null, BEN);
  assert.deepEqual(factsOf(takenBack), { facts: { 'rights.tortureRisk': false }, differing: [] });
});

test('a question of judgement is answered by a person, with reasons, and never stated by a form', () => {
  const question = { fact: 'rights.tortureRisk', value: false };
  assert.equal(answer(initial, { ...question, reasons: 'no' }, ANNA).ok, false);
  assert.equal(answer(initial, { ...question, reasons: REASONS }, 'clock').ok, false);
  const stated = stateFacts(initial, [{ ...question, from: '/persons' }], [], new Set([question.fact]));
  assert.deepEqual(stated, {
    ok: false,
    faults: [{ code: 'assessment.is-judgement', facts: { fact: question.fact } }],
  });
});

test('a stated fact keeps where it was read, and the same fact said again is no event', () => {
  const facts = [{ fact: 'offence.maxPenaltyYears', value: 5, from: '/offences/0/maxPenaltyYears' }];
  const first = stateFacts(initial, facts, [], new Set());
  assert.ok(first.ok);
  const state = after(initial, first.value, ANNA);
  assert.deepEqual(stateFacts(state, facts, [], new Set()), { ok: true, value: [] });
  const gone = stateFacts(state, [], ['offence.maxPenaltyYears'], new Set());
  assert.ok(gone.ok);
  assert.deepEqual(factsOf(after(state, gone.value, ANNA)).facts, {});
});

test('two assessments are compared by verdicts and facts', () => {
  const made = (no: number, verdicts: Made['verdicts'], facts: Made['facts']): Made =>
    ({ no, at: AT, verdicts, facts }) as Made;
  assert.deepEqual(
    changesBetween(made(1, { a: 'met', b: 'undetermined' }, { x: true }), made(2, { a: 'met', b: 'met' }, {})),
    {
      verdicts: [{ key: 'b', before: 'undetermined', after: 'met' }],
      facts: [{ key: 'x', before: true, after: null }],
    },
  );
});

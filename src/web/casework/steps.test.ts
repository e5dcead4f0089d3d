// Steps of a case as its timeline shows them: one person's answers, one after the other, belong together.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recorded } from '../../domain/docket/case-file.ts';
import { runsOf, type Step } from './steps.ts';

const step = (seq: number, by: string, type: string): Step => ({
  act: { seq, by, at: '2028-03-02T09:00:00.000Z', event: { type } } as unknown as Recorded,
  followed: [],
});
const sequences = (steps: readonly Step[]): number[][] => runsOf(steps).map((run) => run.map(({ act }) => act.seq));

test('answers of one person in a row stand together; those of another, and every other step, by themselves', () => {
  assert.deepEqual(
    sequences([
      step(1, 'dana', 'case.opened'),
      step(2, 'clock', 'facts.stated'),
      step(3, 'rana', 'question.answered'),
      step(4, 'rana', 'facts.stated'),
      step(5, 'rui', 'question.answered'),
      step(6, 'rui', 'decision.proposed'),
      step(7, 'rui', 'question.answered'),
    ]),
    [[1], [2], [3, 4], [5], [6], [7]],
  );
});

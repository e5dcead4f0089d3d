// The published shape of an assessment and the engine's own type are one: this file does not compile when they part ways.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import type { Assessment } from '../assessment.ts';
import { assessmentShape } from './assessment-shape.ts';

type Mutable<T> = T extends string | number | boolean | null
  ? T
  : T extends readonly (infer E)[]
    ? Mutable<E>[]
    : { -readonly [K in keyof T]: Mutable<T[K]> };
type Published = z.infer<typeof assessmentShape>;

/** Each direction alone would let a key be forgotten on the other side. */
const published = (assessment: Mutable<Assessment>): Published => assessment;
const keysOf: readonly (keyof Assessment)[] = Object.keys(assessmentShape.shape) as (keyof Published)[];

test('the published shape names exactly what an assessment has, in its order', () => {
  assert.equal(typeof published, 'function');
  assert.deepEqual(keysOf, [
    'outcome',
    'stable',
    'because',
    'open',
    'findings',
    'askNext',
    'conditions',
    'options',
    'duties',
    'barsToRefusal',
    'instruments',
    'law',
  ]);
});

// What the section hands to each process that measures one engine, and what comes back.

import type { RuleSet } from '../../src/law/rule-set.ts';
import type { PlainFacts } from '../requests.ts';
import type { Effort, Spread } from '../timing.ts';
import type { Rule } from './rules.ts';

/** For ourselves: the law to be closed; parsed, since the peers get their rules parsed too. */
export type LawToClose = {
  readonly rules: RuleSet;
  readonly hash: string;
  readonly instrument: string;
  readonly measure: string;
  readonly day: string;
};

export type Work = {
  readonly law: LawToClose;
  readonly rules: readonly Rule[];
  readonly requests: readonly PlainFacts[];
  /** The reference interpreter's answers, as ranks. */
  readonly expected: readonly number[];
  readonly effort: Effort;
};

export type Result = {
  /** Import, build and first answer in this fresh process. */
  readonly startMs: number;
  /** The answers to all requests; only when asked for. */
  readonly answers: readonly number[] | null;
  readonly perRequest: Spread;
};

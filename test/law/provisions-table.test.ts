// The packs against the table of provisions, written down a second time by hand: same ids, effects, measures, verdicts, outcome and grounds.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { LoadedLaw } from '../../src/adapters/files/law-store.ts';
import { close } from '../../src/law/close.ts';
import { engineFor, type Explained } from '../../src/law/engine.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/law/profile.ts';
import type { Effect, Facts, Strength, Verdict } from '../../src/law/provision.ts';
import { factMaker, LATE, shippedLaw, shippedPolicies } from '../support/law.ts';
import { verdictFrom } from '../support/plain-reading.ts';
import { ALL, T1, T3, tableFor } from '../support/provisions-table.ts';
import { randomFrom } from '../support/random.ts';

const EACH = 400;
let law: LoadedLaw;
let policies: readonly Policy[];
before(async () => {
  law = await shippedLaw();
  policies = await shippedPolicies(law.rules);
});

type Stand = { readonly effect: Effect; readonly strength: Strength | null; readonly verdict: Verdict };

/** What the invented States' profiles make of the policy, read off their files by hand. */
type Word = 'off' | 'required' | 'must';
const PROFILES: {
  readonly [state: string]: { seriousHere: number; set: readonly [string, readonly string[], Word][] };
} = {
  default: { seriousHere: 4, set: [] },
  AA: {
    seriousHere: 3,
    set: [
      ['policy:dual-criminality', T1, 'off'],
      ['policy:remedy', ALL, 'off'],
      ['policy:bulk-retention', ALL, 'off'],
      ['policy:military-offence', ['extradition'], 'must'],
    ],
  },
  BB: {
    seriousHere: 4,
    set: [
      ['policy:dual-criminality', T1, 'required'],
      ['policy:remedy', T3, 'required'],
      ['policy:military-offence', T1, 'off'],
    ],
  },
};

function expected(measure: string, facts: Facts, state: string): Map<string, Stand> {
  const { seriousHere, set } = PROFILES[state] ?? { seriousHere: 4, set: [] };
  return new Map(
    tableFor(measure, seriousHere).map((row) => {
      const word = set.find(([id, measures]) => id === row.id && measures.includes(measure))?.[2];
      const applies = row.concerns.has(measure);
      const requirement = row.effect === 'scope' || row.effect === 'form' || row.effect === 'safeguard';
      const verdict =
        applies && word !== 'off' ? verdictFrom(requirement, row.gate(facts), row.when(facts)) : 'not-applicable';
      const effect = applies && word === 'must' ? 'refuse-must' : row.effect;
      const strength = word === 'required' && applies ? 'required' : (row.concerns.get(measure) ?? null);
      return [row.id, { effect, strength, verdict }];
    }),
  );
}

/** The contract's list of outcomes, each with the stands that lead to it: the first that has any is the outcome. */
function outcomeOf(stands: ReadonlyMap<string, Stand>): { outcome: string; because: string[] } {
  const bears = (effect: Effect) => !['option', 'duty', 'bar-to-refusal'].includes(effect);
  const failed = (strength: Strength) => (one: Stand) =>
    one.effect === 'safeguard' && one.strength === strength && one.verdict === 'not-met';
  const present = (effect: Effect) => (one: Stand) => one.effect === effect && one.verdict === 'met';
  const ladder: readonly [string, (one: Stand) => boolean][] = [
    ['no-basis', (one) => one.effect === 'scope' && one.verdict === 'not-met'],
    ['must-refuse', (one) => present('refuse-must')(one) || failed('required')(one)],
    ['may-refuse', (one) => present('refuse-may')(one) || failed('recommended')(one)],
    [
      'needs-information',
      (one) =>
        (bears(one.effect) && one.verdict === 'undetermined') || (one.effect === 'form' && one.verdict === 'not-met'),
    ],
    ['needs-conditions', present('condition')],
  ];
  for (const [outcome, leads] of ladder) {
    const because = [...stands].filter(([, stand]) => leads(stand)).map(([id]) => id);
    if (because.length > 0) return { outcome, because: because.sort() };
  }
  return { outcome: 'may-execute', because: [] };
}

function compare(explained: Explained, stands: ReadonlyMap<string, Stand>, about: string): void {
  for (const { provision, effect, strength, verdict } of explained.findings) {
    const stand = stands.get(provision);
    const found = `${provision}: ${effect} ${strength} ${verdict}`;
    const wanted = `${provision}: ${stand?.effect} ${verdict === 'not-applicable' ? strength : stand?.strength} ${stand?.verdict}`;
    if (found !== wanted) assert.equal(found, wanted, about);
  }
  const { outcome, because } = explained;
  assert.deepEqual({ outcome, because: because.toSorted() }, outcomeOf(stands), about);
}

test('the packs hold the provisions of the table, no more and no fewer', () => {
  const packs = new Set(['uncc', 'rights', 'policy']);
  const held = law.rules.provisions.filter((one) => packs.has(one.pack)).map((one) => one.id);
  assert.deepEqual(
    held.sort(),
    tableFor('preservation')
      .map((row) => row.id)
      .sort(),
  );
});

test('each provision concerns the measures of the table, with its effect and the strength it has there', () => {
  for (const row of tableFor('preservation')) {
    const held = law.rules.provisions.find((one) => one.id === row.id);
    assert.equal(held?.effect, row.effect, row.id);
    const order = (list: Iterable<[string, Strength | null]>) => [...list].sort(([a], [b]) => (a < b ? -1 : 1));
    assert.deepEqual(order(Object.entries(held?.concerns ?? {})), order(row.concerns), row.id);
  }
});

test('on twenty thousand requests, and under each State profile, verdicts, outcome and grounds are those of the table', () => {
  const random = randomFrom(7906);
  let count = 0;
  for (const policy of policies)
    for (const measure of ALL) {
      const closed = close(law.rules, 'uncc', measure, LATE, policy);
      const engine = engineFor(closed, 'en', law.hash);
      const make = factMaker(closed, policies, random);
      const state = policy.profile?.state ?? 'default';
      for (let i = 0; i < EACH; i++, count++) {
        const facts = make();
        compare(
          engine.explain(engine.encode(facts), LATE),
          expected(measure, facts, state),
          `${measure}, ${state}, ${JSON.stringify(facts)}`,
        );
      }
    }
  assert.ok(count >= 20_000, `${count}`);
});

test('the law of the rights and policy packs is the same under every instrument, but for what only the UN Convention can displace', () => {
  const random = randomFrom(1966);
  for (const instrument of ['budapest', 'budapest-2ap', 'eu-eevidence'])
    for (const measure of ALL) {
      const closed = close(law.rules, instrument, measure, LATE, DEFAULT_POLICY);
      const engine = engineFor(closed, 'en', law.hash);
      const make = factMaker(closed, [DEFAULT_POLICY], random);
      for (let i = 0; i < 20; i++) {
        const facts = make();
        const stands = expected(measure, facts, 'default');
        for (const { provision, verdict } of engine.explain(engine.encode(facts), LATE).findings) {
          if (provision.startsWith(`${instrument}:`)) continue;
          const wanted = provision === 'policy:other-treaty' ? 'not-applicable' : stands.get(provision)?.verdict;
          assert.equal(verdict, wanted, `${instrument}, ${measure}, ${provision}, ${JSON.stringify(facts)}`);
        }
      }
    }
});

const SHARED = new URL('../../../shared/law/provisions.md', import.meta.url);
test('the table has every provision that the shared list of provisions names', {
  skip: existsSync(SHARED) ? false : 'the shared folder with provisions.md is not here',
}, () => {
  const named = readFileSync(SHARED, 'utf8')
    .split('\n')
    .filter((line) => /^\| (uncc|iccpr|policy):/.test(line))
    .flatMap((line) => {
      const [first = '', ...more] = (line.split('|')[1] ?? '').split(/[\s,]+/).filter((word) => word !== '');
      // "uncc:40.15.a .b .c": the parts that follow share all but the last part of the first.
      return [first, ...more.map((word) => (word.startsWith('.') ? first.replace(/\.[^.]+$/, word) : word))];
    });
  assert.ok(named.length > 70, `${named.length}`);
  assert.deepEqual(
    named.sort(),
    tableFor('preservation')
      .map((row) => row.id)
      .sort(),
  );
});

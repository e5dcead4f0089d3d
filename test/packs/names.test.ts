// What a provision may name and how: facts, parameters, measures, other provisions. What is not there is said, on its line.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { altered, assertFault, faultsOf, GROUNDS } from '../support/packs.ts';

const SCOPE = 'instruments/uncc/art-35.yaml';
const ORDER = 'instruments/uncc/art-25.yaml';
const WHEN = 'when: { not: offence.dualCriminality }';
const GATE = 'gate: { not: { met: "uncc:40.7" } }';

/** One change of one file, the words at which its fault is expected, and what it says. */
const CASES: readonly (readonly [string, string, string | RegExp, string, string | RegExp, RegExp])[] = [
  [
    'a fact that does not exist',
    GROUNDS,
    WHEN,
    'when: { not: offence.dualCrime }',
    'offence.dualCrime',
    /names the fact "offence\.dualCrime", which facts\.yaml does not have/,
  ],
  [
    'a fact in another spelling',
    GROUNDS,
    WHEN,
    'when: { not: offence.DualCriminality }',
    'offence.DualC',
    /names the fact/,
  ],
  [
    'a name every object inherits',
    GROUNDS,
    WHEN,
    'when: constructor',
    'when: constructor',
    /names the fact "constructor"/,
  ],
  [
    'a measure that does not exist',
    GROUNDS,
    'concerns: [T1-T3, witness-hearing]',
    'concerns: [T1-T3, search]',
    'concerns: [T1-T3, search]',
    /"search" is no measure or group of measures\.yaml/,
  ],
  [
    'a measure every object inherits',
    GROUNDS,
    'concerns: [T1-T3, witness-hearing]',
    'concerns: [toString]',
    'concerns: [toString]',
    /"toString" is no measure/,
  ],
  [
    'a measure in a condition that does not exist',
    GROUNDS,
    WHEN,
    'when: { all: [{ measure: [T9] }, offence.minor] }',
    'when: { all',
    /"T9" is no measure/,
  ],
  [
    'a provision that does not exist',
    GROUNDS,
    GATE,
    'gate: { not: { met: "uncc:40.77" } }',
    '- id: uncc:40.8',
    /refers to "uncc:40\.77", which no pack has/,
  ],
  [
    'a parameter that does not exist',
    SCOPE,
    'at-least: serious-crime-years',
    'at-least: grave-crime-years',
    'grave-crime-years',
    /names the parameter "grave-crime-years", which parameters\.yaml does not have/,
  ],
  [
    'a clock without its parameter',
    ORDER,
    'parameter: preservation-order-days',
    'parameter: order-days',
    'bound: at-most',
    /names the parameter "uncc:order-days"/,
  ],
  [
    'a placeholder without a parameter',
    GROUNDS,
    'Assistance may be refused when the matter is too slight',
    'After {many-days} assistance may be refused when the matter is too slight',
    '- id: uncc:40.8.minor',
    /a text names \{uncc:many-days\}, which parameters\.yaml does not have/,
  ],
  [
    'a number tested as if it were yes or no',
    SCOPE,
    '{ fact: offence.maxPenaltyYears, at-least: serious-crime-years }',
    'offence.maxPenaltyYears',
    '- offence.maxPenaltyYears',
    /"offence\.maxPenaltyYears" is no yes-or-no fact/,
  ],
  [
    'a yes or no tested as a number',
    SCOPE,
    '- offence.deathPenalty',
    '- { fact: offence.deathPenalty, below: serious-crime-years }',
    'fact: offence.deathPenalty',
    /are for years and dates, and offence\.deathPenalty is of type boolean/,
  ],
  [
    'a yes or no tested as a choice',
    SCOPE,
    '- offence.deathPenalty',
    '- { fact: offence.deathPenalty, in: ["true"] }',
    'fact: offence.deathPenalty',
    /"in" is for a choice, and offence\.deathPenalty is of type boolean/,
  ],
  [
    'a choice that the fact does not have',
    SCOPE,
    '"16", "17"]',
    '"16", "18"]',
    '"16", "18"]',
    /"18" is none of the choices of offence\.conventionArticle/,
  ],
  [
    'a condition of a form that does not exist',
    GROUNDS,
    WHEN,
    'when: { unless: offence.minor }',
    'when: { unless',
    /when is not a condition; docs\/LAW\.md section 4/,
  ],
  [
    'a condition in which a word is misspelt deep down',
    SCOPE,
    'at-least: serious-crime-years',
    'at-leest: serious-crime-years',
    'at-leest',
    /when\.any\.1 is not a condition/,
  ],
  ['an empty list of conditions', GROUNDS, WHEN, 'when: { all: [] }', 'when: { all', /when\.all/],
  [
    'two operators in one condition',
    GROUNDS,
    WHEN,
    'when: { not: offence.minor, met: "uncc:40.7" }',
    'when: { not: offence.minor, met',
    /when is not a condition/,
  ],
  [
    'an effect that is misspelt',
    GROUNDS,
    'effect: refuse-may',
    'effect: refuse-maybe',
    'refuse-maybe',
    /effect: .*"refuse-may"/,
  ],
  ['a verdict that is misspelt', GROUNDS, 'expect: met', 'expect: mett', 'expect: mett', /cases\.0\.expect: /],
  [
    'a day that does not exist',
    GROUNDS,
    'in-force: { from: 2024-12-24 }',
    'in-force: { from: 2024-02-30 }',
    'in-force: { from: 2024-02-30',
    /in-force\.from: is not a day of the calendar/,
  ],
  [
    'a treaty that is in force always',
    GROUNDS,
    'in-force: { from: 2024-12-24 }',
    'in-force: always',
    '- id: uncc:40.8',
    /only our own policy is in force always/,
  ],
  [
    'a key that does not exist',
    GROUNDS,
    'effect: refuse-may',
    'effect: refuse-may\n    severity: high',
    '- id: uncc:40.8',
    /has the unknown key "severity"/,
  ],
  [
    'an id of another pack',
    GROUNDS,
    '- id: uncc:40.8.minor',
    '- id: budapest:40.8.minor',
    '- id: budapest',
    /the id must begin with "uncc:"/,
  ],
  [
    'a worked case that gives a fact that does not exist',
    GROUNDS,
    'otherTreatyGoverns: false, offence.dualCriminality: false }',
    'otherTreatyGoverns: false, offence.dualCrime: false }',
    'offence.dualCrime:',
    /a worked case gives the fact "offence\.dualCrime", which facts\.yaml does not have/,
  ],
  [
    'a worked case that gives a fact a value it cannot have',
    GROUNDS,
    'otherTreatyGoverns: false, offence.dualCriminality: false }',
    'otherTreatyGoverns: false, offence.dualCriminality: "no" }',
    'offence.dualCriminality: "no"',
    /a worked case gives offence\.dualCriminality a value it cannot have/,
  ],
  [
    'a worked case of a group, not a measure',
    GROUNDS,
    '{ measure: confiscation, given',
    '{ measure: T1-T3, given',
    'measure: T1-T3',
    /"T1-T3" is no measure/,
  ],
];

for (const [what, path, from, to, at, says] of CASES) {
  test(`${what} is a fault with its file, its line and what is wrong`, () =>
    assertFault(path, altered(path, from, to), at, says));
}

test('a fact is read only for the measures that facts.yaml lists under it', () => {
  const faults = faultsOf({ [GROUNDS]: altered(GROUNDS, WHEN, 'when: emergency.imminent') });
  assert.match(faults[0]?.detail ?? '', /reads emergency\.imminent for .*, which facts\.yaml does not list under it/);
});

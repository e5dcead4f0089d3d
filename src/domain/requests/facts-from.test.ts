// The facts a request states: by the law's own names, never a judgement, each with its place; and what they lead to.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { loadLaw } from '../../adapters/files/law-store.ts';
import { assessInput } from '../../app/assess-request.ts';
import { openLawBook } from '../../app/law-book.ts';
import { faultOf } from '../../law/request.ts';
import type { RequestContent } from './content.ts';
import { type StatingSettings, STATED_FACTS, type StatedFactName, statedFacts } from './facts-from.ts';
import { FIELDS } from './fields.ts';
import { MEASURES } from './fields-measures.ts';
import { aContent, exampleRequest } from './testing/content.ts';

const law = await loadLaw();
assert.ok(law.ok);
const { rules, hash, register } = law.value;
const book = openLawBook(rules, hash, register);
const specs = new Map(rules.facts.map((spec) => [spec.id, spec]));
const articles = specs.get('offence.conventionArticle')?.choices.map(({ value }) => value) ?? [];

const RECEIVED: StatingSettings = { received: true, acceptedLanguages: ['en'], articles };
const DRAFT: StatingSettings = { ...RECEIVED, received: false };
const stated = (content: RequestContent, settings = RECEIVED, measure: (typeof MEASURES)[number] = 'content-data') =>
  Object.fromEntries(statedFacts(content, measure, settings).map(({ fact, value }) => [fact, value])) as {
    [F in StatedFactName]?: unknown;
  };

test('each fact that a request can state is one of the law, and none is a judgement', () => {
  for (const fact of STATED_FACTS) {
    assert.ok(specs.has(fact), fact);
    assert.equal(specs.get(fact)?.judgement, false, fact);
  }
});

test('whatever a request says, it states each fact at most once, as the law types it, with a place in the form', () => {
  const ids = FIELDS.map((field) => field.id);
  fc.assert(
    fc.property(aContent, fc.constantFrom(...MEASURES), fc.boolean(), (content, measure, received) => {
      const facts = statedFacts(content, measure, { ...RECEIVED, received });
      assert.equal(new Set(facts.map(({ fact }) => fact)).size, facts.length);
      for (const { fact, value, from } of facts) {
        const spec = specs.get(fact);
        assert.ok(spec && STATED_FACTS.includes(fact), fact);
        assert.equal(faultOf(spec, value), undefined, fact);
        assert.ok(ids.includes(from.split('/')[1] ?? ''), from);
      }
    }),
  );
});

test('while a request is being written nothing is lacking yet, and what it states it still states once received', () => {
  fc.assert(
    fc.property(aContent, fc.constantFrom(...MEASURES), (content, measure) => {
      const received = stated(content, RECEIVED, measure);
      for (const [fact, value] of Object.entries(stated(content, DRAFT, measure))) {
        assert.equal(received[fact as StatedFactName], value);
        if (fact.startsWith('form.') && !['form.languageAccepted', 'form.need'].includes(fact))
          assert.equal(value, true, fact);
      }
    }),
  );
});

test('an empty request states nothing; received, it lacks every form and asks for no secrecy', () => {
  assert.deepEqual(stated({}, DRAFT), {});
  assert.deepEqual(stated({}), {
    'form.authority': false,
    'form.proceeding': false,
    'form.facts': false,
    'form.purpose': false,
    'form.assistance': false,
    'form.target': false,
    'form.dataAndLink': false,
    'secrecy.requested': false,
  });
});

const offences = (...list: NonNullable<RequestContent['offences']>[number][]): RequestContent => ({ offences: list });

test('of several offences the lowest penalty counts, and life is more than any number', () => {
  const years = (...list: (number | 'life' | undefined)[]) =>
    stated(offences(...list.map((one) => (one === undefined ? {} : { maxPenaltyYears: one }))))[
      'offence.maxPenaltyYears'
    ];
  assert.equal(years(10, 3, 'life'), 3);
  assert.equal(years('life', 'life'), 'life');
  assert.equal(years(10, undefined), undefined, 'one of them does not say');
});

test('the treaty offence is stated where all charges agree on one that the law knows', () => {
  const article = (...list: (string | undefined)[]) =>
    stated(offences(...list.map((one) => (one === undefined ? {} : { instrumentOffenceArticle: one }))))[
      'offence.conventionArticle'
    ];
  assert.equal(article('10', '10'), '10');
  assert.equal(article('10', 'none'), undefined);
  assert.equal(article('10', undefined), undefined);
  assert.equal(article('99'), undefined);
});

test('one offence that may be punished with death is enough, and silence of one is not a no', () => {
  assert.equal(stated(offences({ deathPenalty: false }, { deathPenalty: true }))['offence.deathPenalty'], true);
  assert.equal(stated(offences({ deathPenalty: false }, {}))['offence.deathPenalty'], undefined);
  assert.equal(stated(offences({ deathPenalty: false }))['offence.deathPenalty'], false);
});

test('an assurance that was not given is none; whether one that was given is credible, a person answers', () => {
  const deadly = offences({ deathPenalty: true });
  const given: RequestContent = { ...deadly, assurances: [{ kind: 'deathPenalty', text: 'x', signedBy: 'y' }] };
  assert.equal(stated(deadly)['offence.deathPenaltyAssurance'], false);
  assert.equal(stated(given)['offence.deathPenaltyAssurance'], undefined);
});

test('a network address without its port is no target', () => {
  const { content } = exampleRequest('03');
  assert.equal(stated(content)['form.target'], false);
  const whole: RequestContent = {
    targets: [
      {
        identifierType: 'ip',
        identifierValue: '203.0.113.40',
        ipPort: 0,
        observedAt: content.targets?.[0]?.observedAt as never,
      },
    ],
  };
  assert.equal(stated(whole)['form.target'], false, 'the time is missing too');
});

test('secrecy without an end is asked for and has no end', () => {
  const facts = stated({ confidentiality: { requested: true } });
  assert.deepEqual([facts['secrecy.requested'], facts['secrecy.hasEndDate']], [true, false]);
  assert.equal(stated({ confidentiality: { requested: false } })['secrecy.hasEndDate'], undefined);
});

test('limits of use are agreed where the sender binds itself to purpose and confidence, and otherwise not known', () => {
  const limits = (...kinds: ('statedPurposeOnly' | 'keepConfidential' | 'other')[]) =>
    stated({ useLimits: kinds.map((kind) => ({ kind })) })['form.useLimitAgreed'];
  assert.equal(limits('statedPurposeOnly', 'keepConfidential'), true);
  assert.equal(limits('statedPurposeOnly'), undefined);
});

/** What people answer about a request in which nothing is wrong. */
const ANSWERS = Object.fromEntries([
  ...rules.facts.filter((spec) => spec.judgement && spec.type === 'boolean').map((spec) => [spec.id, false]),
  ...['safeguard.legality', 'safeguard.legitimateAim', 'safeguard.necessity', 'safeguard.proportionality'].map(yes),
  ...['safeguard.reasonableGrounds', 'offence.dualCriminality', 'data.transferLawful', 'basis.otherTreatyChecked'].map(
    yes,
  ),
  ...['emergency.riskToLife', 'emergency.imminent', 'secrecy.justified'].map(yes),
  // Not judgements, and not for the sender to say either: the office checks them.
  ...[
    'basis.inForce',
    'form.authentic',
    'safeguard.independentAuthorisation',
    'safeguard.remedy',
    'emergency.verified',
  ].map(yes),
  ...['basis.otherTreatyGoverns', 'offence.fiscalOnly', 'offence.proceedingsHere', 'data.sensitive'].map((id) => [
    id,
    false,
  ]),
  ['offence.maxPenaltyHereYears', 8],
]) as Record<string, unknown>;
function yes(id: string): [string, boolean] {
  return [id, true];
}

function outcomeOf(digits: string, answers: Record<string, unknown>) {
  const { content, measure, requestingState, requestedState, instrument } = exampleRequest(digits);
  const facts = { ...answers, ...stated(content, RECEIVED, measure) };
  const assessed = assessInput(book, {
    instrument,
    measure,
    requestingState,
    requestedState,
    receivedOn: '2028-03-20',
    facts,
  });
  assert.ok(assessed.ok, JSON.stringify(assessed));
  return assessed.value.assessment;
}

for (const [digits, answers, outcome, because] of [
  ['01', ANSWERS, 'may-execute', undefined],
  ['01', {}, 'needs-information', undefined],
  [
    '02',
    { ...ANSWERS, 'offence.protectedExpression': true, 'rights.privilegedMaterial': true },
    'must-refuse',
    'iccpr:19',
  ],
  ['03', ANSWERS, 'needs-information', undefined],
  ['04', ANSWERS, 'may-execute', undefined],
  ['05', ANSWERS, 'may-execute', undefined],
] as const) {
  const who = Object.keys(answers).length > 0 ? 'and people answered the rest' : 'and nobody answered anything else';
  test(`example ${digits}, where it states its part ${who}: ${outcome}`, () => {
    const assessment = outcomeOf(digits, answers);
    assert.equal(assessment.outcome, outcome, JSON.stringify(assessment.because));
    if (because !== undefined) assert.ok(assessment.because.includes(because));
  });
}

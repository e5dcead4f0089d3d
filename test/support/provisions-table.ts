// What must stand in the packs of the UN Convention, of rights and of our policy, written down a second time by hand, as functions.

import type { Effect, Facts, Strength } from '../../src/law/provision.ts';
import { type Answer, every, no, some } from './plain-reading.ts';

type Test = (facts: Facts) => Answer;
export type Row = {
  readonly id: string;
  readonly effect: Effect;
  /** For each measure concerned, the strength of a safeguard; null for anything else. */
  readonly concerns: ReadonlyMap<string, Strength | null>;
  readonly gate: Test;
  readonly when: Test;
};

export const T1 = ['subscriber-data'];
const T2 = ['traffic-data', 'content-data'];
export const T3 = ['realtime-traffic', 'interception'];
const T0 = ['preservation', 'traffic-path'];
const T1_T3 = [...T1, ...T2, ...T3];
const PERSONS = [
  'extradition',
  'transfer-of-person',
  'transfer-of-proceedings',
  'witness-hearing',
  'service-of-documents',
];
const LANES = ['emergency-disclosure', 'spontaneous-information', 'police-cooperation', 'joint-investigation'];
const ASSETS = ['confiscation', 'asset-return'];
export const ALL = [...T0, ...T1_T3, ...LANES, ...PERSONS, ...ASSETS];
const D = [...T1_T3, 'traffic-path', 'emergency-disclosure', 'spontaneous-information', 'police-cooperation'];
const E = [...T0, ...T1_T3, 'emergency-disclosure'];
const MLA = [...T1_T3, 'witness-hearing', 'service-of-documents', 'confiscation'];
const HAND_OVER = D.filter((measure) => measure !== 'traffic-path');
const R = ALL.filter((measure) => measure !== 'preservation');
const ALL_BUT_T0 = ALL.filter((measure) => !T0.includes(measure));
const REFUSABLE = [...T1_T3, 'witness-hearing', 'confiscation'];

/** Three answers of a fact: true, false, or null while nobody knows. */
const is =
  (fact: string): Test =>
  (facts) =>
    facts[fact] === undefined ? null : facts[fact] === true;
const among =
  (fact: string, ...values: string[]): Test =>
  (facts) =>
    facts[fact] === undefined ? null : values.includes(facts[fact] as string);
const reaches =
  (fact: string, years: number): Test =>
  (facts) =>
    facts[fact] === undefined ? null : facts[fact] === 'life' || (facts[fact] as number) >= years;
const not =
  (test: Test): Test =>
  (facts) =>
    no(test(facts));
const all =
  (...tests: Test[]): Test =>
  (facts) =>
    every(tests.map((test) => test(facts)));
const any =
  (...tests: Test[]): Test =>
  (facts) =>
    some(tests.map((test) => test(facts)));
const always: Test = () => true;

const noConventionOffence = among('offence.conventionArticle', 'none');
const displaced = all(is('basis.otherTreatyGoverns'), not(is('basis.partiesAgreeToApply')));
const notDisplaced = not(displaced);
/** "Met" as one provision says it of another: it applies here and its condition is true. */
const metHere = (when: Test): Test => all(notDisplaced, when);

const row = (id: string, effect: Effect, measures: readonly string[], when: Test, gate: Test = always): Row => ({
  id,
  effect,
  concerns: new Map(measures.map((measure) => [measure, null])),
  gate,
  when,
});
const safeguard = (
  id: string,
  when: Test,
  strengths: { readonly required?: readonly string[]; readonly recommended?: readonly string[] },
  gate: Test = always,
): Row => ({
  ...row(id, 'safeguard', [], when, gate),
  concerns: new Map([
    ...(strengths.required ?? []).map((measure) => [measure, 'required'] as const),
    ...(strengths.recommended ?? []).map((measure) => [measure, 'recommended'] as const),
  ]),
});
const form = (id: string, fact: string, measures: readonly string[]): Row =>
  row(id, 'form', measures, is(fact), notDisplaced);

const UNCC: readonly Row[] = [
  row('uncc:65', 'scope', ALL, is('basis.inForce')),
  row(
    'uncc:35.1',
    'scope',
    E,
    any(not(noConventionOffence), reaches('offence.maxPenaltyYears', 4), is('offence.deathPenalty')),
  ),
  row(
    'uncc:35.2',
    'scope',
    [...PERSONS, 'police-cooperation', 'joint-investigation', ...ASSETS],
    not(noConventionOffence),
  ),
  row('uncc:23.1', 'scope', T1_T3, is('scope.specificInvestigation')),
  row('uncc:37.1', 'scope', ['extradition'], is('offence.dualCriminality')),
  row('uncc:2.o', 'scope', ['emergency-disclosure'], all(is('emergency.riskToLife'), is('emergency.imminent'))),
  row('uncc:40.13', 'form', MLA, all(is('form.languageAccepted'), is('form.authentic')), notDisplaced),
  form('uncc:40.15.a', 'form.authority', MLA),
  form('uncc:40.15.b', 'form.proceeding', MLA),
  form(
    'uncc:40.15.c',
    'form.facts',
    MLA.filter((measure) => measure !== 'service-of-documents'),
  ),
  form('uncc:40.15.d', 'form.assistance', MLA),
  form('uncc:40.15.e', 'form.target', MLA),
  form('uncc:40.15.f', 'form.purpose', MLA),
  row(
    'uncc:42.3',
    'form',
    ['preservation'],
    all(is('form.authority'), is('form.facts'), is('form.dataAndLink'), is('form.need'), is('form.mlaIntended')),
  ),
  row('uncc:45.3', 'form', T3, all(is('form.justification'), is('form.period'))),
  row('uncc:40.7', 'option', MLA, displaced),
  row('uncc:40.8', 'refuse-may', REFUSABLE, not(is('offence.dualCriminality')), notDisplaced),
  row('uncc:40.8.minor', 'refuse-may', [...T1_T3, 'witness-hearing'], is('offence.minor'), notDisplaced),
  row('uncc:40.21.b', 'refuse-may', REFUSABLE, is('state.essentialInterests'), notDisplaced),
  row('uncc:40.21.c', 'refuse-may', REFUSABLE, is('state.domesticBar'), notDisplaced),
  row('uncc:40.21.d', 'refuse-may', REFUSABLE, is('state.legalSystemBar'), notDisplaced),
  row('uncc:40.22', 'refuse-may', REFUSABLE, is('rights.discriminatoryPurpose'), notDisplaced),
  row('uncc:37.15', 'refuse-may', ['extradition'], is('rights.discriminatoryPurpose')),
  row('uncc:40.23', 'bar-to-refusal', T1_T3, is('offence.fiscalOnly'), notDisplaced),
  row('uncc:40.27', 'option', T1_T3, is('offence.proceedingsHere'), notDisplaced),
  row('uncc:40.25', 'duty', T1_T3, always, notDisplaced),
  row(
    'uncc:40.28',
    'duty',
    T1_T3,
    any(
      metHere(is('state.essentialInterests')),
      metHere(is('state.domesticBar')),
      metHere(is('state.legalSystemBar')),
      metHere(is('offence.proceedingsHere')),
    ),
    notDisplaced,
  ),
  row('uncc:36.3', 'duty', D, always),
  row(
    'uncc:42.4',
    'bar-to-refusal',
    ['preservation'],
    not(all(is('state.preservationReservation'), noConventionOffence)),
  ),
  row(
    'uncc:42.5',
    'refuse-may',
    ['preservation'],
    all(is('state.preservationReservation'), noConventionOffence, not(is('offence.dualCriminality'))),
  ),
  row('uncc:42.6.b', 'refuse-may', ['preservation'], is('state.essentialInterests')),
  row('uncc:42.6.c', 'refuse-may', ['preservation'], is('state.domesticBar')),
  row('uncc:42.6.22', 'refuse-may', ['preservation'], is('rights.discriminatoryPurpose')),
  row('uncc:42.8', 'duty', ['preservation'], always),
  row('uncc:25.2', 'duty', ['preservation'], always),
  row(
    'uncc:43.2',
    'refuse-may',
    ['traffic-path'],
    any(is('state.essentialInterests'), is('state.domesticBar'), is('rights.discriminatoryPurpose')),
  ),
  row('uncc:44.3', 'duty', [...T1, ...T2], is('form.need')),
  row('uncc:6.2', 'refuse-may', ALL_BUT_T0, is('offence.protectedExpression')),
  row(
    'uncc:11.2',
    'refuse-may',
    ALL_BUT_T0,
    all(among('offence.conventionArticle', '11'), is('offence.goodFaithResearch')),
  ),
  row(
    'uncc:14.4',
    'refuse-may',
    ALL_BUT_T0,
    all(among('offence.conventionArticle', '14'), is('offence.consensualMinors')),
  ),
  safeguard('uncc:24.1', is('safeguard.proportionality'), { required: T1_T3 }),
  safeguard('uncc:24.2', all(is('safeguard.independentAuthorisation'), is('safeguard.reasonableGrounds')), {
    recommended: T1_T3,
  }),
  row('uncc:36.1.a', 'refuse-must', D, all(not(is('data.transferLawful')), not(is('data.transferConditionsAccepted')))),
];

/** uncc:40.19 concerns measures inside and outside the reach of another treaty: only for the first is "not displaced" its gate. */
const useLimit = (measure: string): Row =>
  row('uncc:40.19', 'duty', D, always, MLA.includes(measure) ? notDisplaced : always);

const RIGHTS: readonly Row[] = [
  row('iccpr:6', 'refuse-must', R, all(is('offence.deathPenalty'), not(is('offence.deathPenaltyAssurance')))),
  row('iccpr:7', 'refuse-must', R, is('rights.tortureRisk')),
  row('iccpr:14', 'refuse-must', R, is('rights.unfairTrialRisk')),
  row('iccpr:14.7', 'refuse-may', R, is('offence.finallyTried')),
  row('iccpr:19', 'refuse-must', R, is('offence.protectedExpression')),
  row('iccpr:26', 'refuse-must', R, any(is('rights.discriminatoryPurpose'), is('offence.protectedIdentity'))),
];

const STORED_AND_LIVE = [...T2, ...T3];
const policy = (seriousHere: number): readonly Row[] => [
  safeguard('policy:other-treaty', is('basis.otherTreatyChecked'), { required: MLA }, displaced),
  safeguard('policy:dual-criminality', is('offence.dualCriminality'), { recommended: T1, required: STORED_AND_LIVE }),
  row(
    'policy:political-offence',
    'refuse-must',
    [...T1_T3, 'extradition', 'police-cooperation', 'spontaneous-information'],
    is('offence.political'),
  ),
  row('policy:military-offence', 'refuse-may', [...T1_T3, 'extradition'], is('offence.military')),
  safeguard(
    'policy:two-sided-threshold',
    reaches('offence.maxPenaltyHereYears', seriousHere),
    { recommended: STORED_AND_LIVE },
    noConventionOffence,
  ),
  ...(['legality', 'legitimateAim'] as const).map((name) =>
    safeguard(`policy:${name === 'legality' ? name : 'legitimate-aim'}`, is(`safeguard.${name}`), {
      required: [...T1_T3, 'police-cooperation', 'spontaneous-information'],
    }),
  ),
  safeguard('policy:necessity', is('safeguard.necessity'), { required: HAND_OVER }),
  safeguard('policy:proportionality', is('safeguard.proportionality'), {
    required: ['emergency-disclosure', 'police-cooperation', 'spontaneous-information'],
  }),
  safeguard('policy:independent-authorisation', is('safeguard.independentAuthorisation'), {
    required: STORED_AND_LIVE,
  }),
  safeguard('policy:reasonable-grounds', is('safeguard.reasonableGrounds'), { required: STORED_AND_LIVE }),
  safeguard('policy:remedy', is('safeguard.remedy'), { recommended: STORED_AND_LIVE }),
  row('policy:specificity', 'refuse-must', HAND_OVER, is('scope.bulk')),
  row(
    'policy:good-faith-research',
    'refuse-must',
    [...HAND_OVER, 'extradition'],
    all(is('offence.goodFaithResearch'), among('offence.conventionArticle', '7', '8', '9', '10', '11')),
  ),
  row('policy:public-interest', 'refuse-must', [...HAND_OVER, 'extradition'], is('offence.publicInterestDisclosure')),
  row(
    'policy:privilege',
    'refuse-must',
    HAND_OVER,
    all(is('rights.privilegedMaterial'), not(is('rights.privilegeFiltered'))),
  ),
  row('policy:no-analytics', 'refuse-must', D, is('data.analyticUse')),
  safeguard('policy:case-bound', is('data.caseBound'), { required: ['police-cooperation', 'spontaneous-information'] }),
  safeguard('policy:sensitive-data', is('data.sensitiveSafeguards'), { required: D }, is('data.sensitive')),
  row('policy:bulk-retention', 'refuse-may', T2, is('data.bulkRetention')),
  row('policy:encryption', 'refuse-must', HAND_OVER, is('data.encryptionWeakened')),
  row(
    'policy:secrecy',
    'condition',
    ALL,
    all(is('secrecy.requested'), not(all(is('secrecy.justified'), is('secrecy.hasEndDate')))),
  ),
  row('policy:retention-limit', 'condition', D, not(is('data.retentionLimitAgreed'))),
  row('policy:notice', 'duty', D, always),
  safeguard('policy:emergency-verified', is('emergency.verified'), { required: ['emergency-disclosure'] }),
  row('policy:emergency-review', 'duty', ['emergency-disclosure'], always),
];

/** The whole table for a measure; `seriousHere` is the number of years of policy:two-sided-threshold. */
export const tableFor = (measure: string, seriousHere = 4): readonly Row[] => [
  ...UNCC,
  useLimit(measure),
  ...RIGHTS,
  ...policy(seriousHere),
];

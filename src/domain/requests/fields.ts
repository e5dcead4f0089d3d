// The form of a request as data: one thing a page, in the order in which a person writes it.

import {
  type Condition,
  choice,
  choices,
  type Field,
  group,
  list,
  longText,
  number,
  plain,
  text,
} from './fields-kinds.ts';
import { ASKED, DATA, DEEP, GENERAL, HOLDS, type Measure, OFFERED, REVEALING } from './fields-measures.ts';
import * as parts from './fields-parts.ts';

const EMERGENCY: Condition = { measures: ['emergency-disclosure'], field: 'urgency.level', in: ['emergency'] };
const inEmergency = { asked: EMERGENCY } as const;
const forMeasures = (...measures: readonly Measure[]) => ({ asked: { measures } }) as const;

const authority = [
  text('caseReference', 'required'),
  choice('requestStatus', ['new', 'followUpToMla', 'followUpToPreservation', 'correction', 'withdrawal'], 'required'),
  parts.priorReferences,
  parts.requestingAuthority,
  parts.confirmationContact,
  parts.conductingAuthority,
] as const;

const addressee = [
  parts.addressee,
  group('instrument', 'optional', [text('article'), plain('day', 'checkedAt')]),
  choice(
    'transmissionChannel',
    ['centralAuthorities', 'contactPoints', 'direct', 'diplomatic', 'policeNetwork'],
    'optional',
    forMeasures(...GENERAL),
  ),
  plain('day', 'oralRequestConfirmedInWritingAt', 'optional', forMeasures(...GENERAL)),
  plain('yes-no', 'directToProvider', 'optional', forMeasures('subscriber-data', 'preservation')),
  group(
    'enforcingAuthorityNotified',
    'optional',
    [plain('yes-no', 'required', 'required'), longText('reasonIfNot'), text('authority'), plain('day', 'at')],
    forMeasures(...DEEP),
  ),
  number('replyWithinDays', 1, 3650),
] as const;

const proceeding = [
  group('proceeding', 'required', [
    choice('kind', ['investigation', 'prosecution', 'trial', 'sentenceEnforcement'], 'required'),
    text('stage'),
    longText('subject', 'required'),
  ]),
  parts.prosecutionOrCourt,
  parts.validatingAuthority,
  longText('domesticLegalBasis', 'required', forMeasures('subscriber-data', ...DEEP)),
] as const;

const offence = [parts.offences, longText('dualCriminalityStatement')] as const;

const facts = [
  longText('factsSummary', { measures: ASKED.filter((measure) => measure !== 'service-of-documents') }),
  parts.persons,
  longText('informationSummary', 'required', forMeasures(...OFFERED)),
  longText('whyUseful', 'required', forMeasures(...OFFERED)),
  longText('expectedUse', 'required', forMeasures(...OFFERED)),
  // What speaks for an accused person stays free to be told, whatever secrecy is asked.
  choice('exculpatory', ['yes', 'no', 'unknown'], 'required', forMeasures(...OFFERED)),
  longText('sourceProtection', 'optional', forMeasures(...OFFERED)),
] as const;

const data = [
  parts.targets,
  parts.dataCategories,
  longText('dataToPreserve', 'required', forMeasures('preservation')),
  text('custodianOrLocation', { measures: HOLDS }, forMeasures(...DATA)),
  plain('day', 'desiredExpiry', 'required', forMeasures('preservation')),
  choice('copyMethod', ['snapshot', 'freeze'], 'optional', forMeasures('preservation')),
  plain('yes-no', 'partialTrafficDisclosureWanted', 'optional', forMeasures('preservation', 'traffic-data')),
  group(
    'intentToRequest',
    'required',
    [text('instrument', 'required'), plain('day', 'expectedBy', 'required')],
    forMeasures(...HOLDS),
  ),
  plain('yes-no', 'identifyUserOnly', 'optional', forMeasures('subscriber-data')),
  parts.maxPeriodJustified,
  group(
    'filters',
    'optional',
    [longText('keywords'), longText('correspondents'), longText('folders')],
    forMeasures(...REVEALING),
  ),
  longText('thirdPartiesAffected', 'required', forMeasures(...REVEALING)),
  parts.privilegeCheck,
  plain('yes-no', 'publicAuthorityData', 'optional', forMeasures(...REVEALING)),
  group(
    'processorAddressed',
    'optional',
    [choice('why', ['controllerUnknown', 'detrimental'], 'required'), plain('yes-no', 'controllerInformed')],
    forMeasures(...DEEP),
  ),
  choices(
    'assistanceKinds',
    [
      'takeEvidence',
      'serveDocuments',
      'searchSeize',
      'examine',
      'provideInformation',
      'provideRecords',
      'identifyProceeds',
      'appearance',
      'videoLink',
      'storedData',
      'realTimeTraffic',
      'interception',
      'other',
    ],
    'required',
    forMeasures(...GENERAL),
  ),
  longText('assistanceSought', 'required', forMeasures(...GENERAL)),
  list('questionsForWitness', { measures: ['witness-hearing'] }, [longText('question', 'required')], {
    asked: { measures: GENERAL },
  }),
  list(
    'documentsToServe',
    { measures: ['service-of-documents'] },
    [text('title', 'required'), plain('language', 'lang')],
    {
      asked: { measures: GENERAL },
    },
  ),
  list('personsToAttend', 'optional', [text('name', 'required'), text('function')], forMeasures(...GENERAL)),
  longText('specialProcedure', 'optional', forMeasures(...GENERAL)),
  text('costsExpected', 'optional', forMeasures(...GENERAL)),
  longText('reciprocityOffered', 'optional', forMeasures(...GENERAL)),
  longText('proceduralWishes'),
  text('formatWanted'),
  text('certificationWanted'),
] as const;

const purpose = [
  longText('purpose', { measures: ASKED }),
  longText('linkOfDataToOffence', 'required', forMeasures(...DATA)),
  longText('necessityAndProportionality', { measures: ASKED }),
  longText('necessityOfPreservation', 'required', forMeasures(...HOLDS)),
  longText('evidentialThreshold', 'optional', forMeasures(...REVEALING)),
] as const;

const urgency = [
  parts.urgency,
  longText('threatDescription', 'required', inEmergency),
  choices('threatTo', ['life', 'physicalIntegrity', 'safety', 'criticalInfrastructure'], 'required', inEmergency),
  longText('imminenceReason', 'required', inEmergency),
  plain('moment', 'expectedMoment', 'optional', inEmergency),
  longText('whyDataNeededToAvert', 'required', inEmergency),
  longText('whyNormalRouteTooSlow', 'required', inEmergency),
  longText('leastDataNeeded', 'required', inEmergency),
  plain('yes-no', 'victimOrChildAtRisk', 'optional', inEmergency),
  group('attestingOfficer', 'required', parts.attestingOfficer, inEmergency),
  plain('day', 'mlaFollowUpBy', 'optional', inEmergency),
] as const;

const secrecy = [parts.confidentiality] as const;

const limits = [
  parts.useLimits,
  longText('onwardTransferRules', { measures: ASKED }),
  plain('day', 'retentionUntil', { measures: ASKED }),
  parts.assurances,
  parts.conditions,
  plain('yes-no', 'conditionsAcceptedBeforeRelease', 'required', forMeasures(...OFFERED)),
] as const;

const language = [plain('language', 'languageOfRequest', 'required'), parts.translations, parts.attachments] as const;

const declaration = [parts.declaration] as const;

/** The pages of the form, in order. */
export const STEPS = [
  { id: 'authority', fields: authority },
  { id: 'addressee', fields: addressee },
  { id: 'proceeding', fields: proceeding },
  { id: 'offence', fields: offence },
  { id: 'facts', fields: facts },
  { id: 'data', fields: data },
  { id: 'purpose', fields: purpose },
  { id: 'urgency', fields: urgency },
  { id: 'secrecy', fields: secrecy },
  { id: 'limits', fields: limits },
  { id: 'language', fields: language },
  { id: 'declaration', fields: declaration },
] as const satisfies readonly { readonly id: string; readonly fields: readonly Field[] }[];
export type StepId = (typeof STEPS)[number]['id'];

/** Every field at the top level, whatever its page. */
export const FIELDS: readonly Field[] = STEPS.flatMap((step): readonly Field[] => step.fields);

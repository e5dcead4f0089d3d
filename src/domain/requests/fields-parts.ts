// The parts of the form that are groups or lists of their own: authorities, offences, persons, accounts, data.

import { choice, choices, factChoice, group, list, longText, number, plain, text } from './fields-kinds.ts';
import { ASKED, DATA, DEEP, LIVE, OF_PERSONS, OFFERED, REVEALING } from './fields-measures.ts';

export const SUBSCRIBER_ITEMS = [
  'name',
  'postalAddress',
  'billingData',
  'email',
  'phone',
  'registrationDateTime',
  'registrationIp',
  'serviceType',
  'paymentMethod',
  'deviceAtRegistration',
] as const;
export const TRAFFIC_ITEMS = [
  'logins',
  'sourceIpPort',
  'destination',
  'callRecords',
  'messageHeaders',
  'location',
  'size',
  'duration',
  'protocol',
  'sessionStartEnd',
] as const;
export const CONTENT_ITEMS = ['messages', 'mailbox', 'files', 'images', 'backups', 'voice', 'posts', 'drafts'] as const;
/** Which items belong to which category of data. */
export const ITEMS_OF = { subscriber: SUBSCRIBER_ITEMS, traffic: TRAFFIC_ITEMS, content: CONTENT_ITEMS } as const;

export const priorReferences = list(
  'priorReferences',
  { field: 'requestStatus', in: ['followUpToMla', 'followUpToPreservation', 'correction', 'withdrawal'] },
  [
    choice('type', ['preservation', 'mla', 'police', 'emergency', 'other'], 'required'),
    text('reference', 'required'),
    text('authority'),
    plain('day', 'sentAt'),
    text('channel'),
  ],
);

export const requestingAuthority = group('requestingAuthority', 'required', [
  text('name', 'required'),
  text('function'),
  text('personInCharge', 'required'),
  text('phone', 'required', { format: 'phone' }),
  text('mobile', 'optional', { format: 'phone' }),
  text('email', 'required', { format: 'email' }),
  text('fax', 'optional', { format: 'phone' }),
  text('officeHours'),
  text('timeZone', 'optional', { format: 'time-zone' }),
  choice('preferredReplyChannel', ['exchange', 'email', 'phone', 'post', 'diplomatic', 'policeNetwork']),
]);

/** A second person, so that a forged letter-head alone proves nothing. */
export const confirmationContact = group('confirmationContact', 'required', [
  text('name', 'required'),
  text('jobTitle'),
  text('phone', 'required', { format: 'phone' }),
  text('mobile', 'optional', { format: 'phone' }),
  text('email', 'required', { format: 'email' }),
]);

export const conductingAuthority = group('conductingAuthority', 'optional', [
  text('name', 'required'),
  text('function'),
  text('personInCharge'),
  text('contact'),
]);

export const addressee = group('addressee', 'required', [
  choice('kind', ['centralAuthority', 'contactPoint', 'provider', 'court', 'police'], 'required'),
  text('name', 'required'),
  text('establishmentOrRepresentative', { field: 'kind', in: ['provider'] }),
  text('address'),
  text('contactId'),
]);

export const prosecutionOrCourt = group('prosecutionOrCourt', 'optional', [
  text('office', 'required'),
  text('caseNumber', 'required'),
  list('decisions', 'optional', [text('reference', 'required'), plain('day', 'at')]),
]);

export const validatingAuthority = group('validatingAuthority', { measures: DEEP }, [
  text('name', 'required'),
  choice('kind', ['judge', 'court', 'investigatingJudge', 'prosecutor', 'other'], 'required'),
  plain('moment', 'validatedAt', 'required'),
  plain('moment', 'expostDueAt'),
]);

export const offences = list('offences', { measures: ASKED }, [
  text('title', 'required'),
  text('provision', 'required'),
  longText('lawText', 'required'),
  plain('years', 'maxPenaltyYears', 'required'),
  plain('yes-no', 'deathPenalty', 'required'),
  text('classification'),
  factChoice('instrumentOffenceArticle', 'offence.conventionArticle'),
  text('listedCategory'),
]);

export const persons = list('persons', { measures: OF_PERSONS }, [
  choice('role', ['suspect', 'accused', 'victim', 'witness', 'addressee', 'unknown'], 'required'),
  text('name'),
  plain('day', 'dob'),
  plain('state', 'nationality'),
  text('location'),
  plain('yes-no', 'isMinor'),
  choice(
    'protectedRole',
    ['none', 'journalist', 'lawyer', 'medical', 'clergy', 'researcher', 'humanRightsDefender', 'unknown'],
    'required',
  ),
]);

export const targets = list('targets', { measures: DATA }, [
  text('service', 'required'),
  choice(
    'identifierType',
    ['account', 'email', 'phone', 'ip', 'url', 'imsi', 'imei', 'device', 'domain', 'other'],
    'required',
  ),
  text('identifierValue', 'required'),
  number('ipPort', 0, 65_535, { field: 'identifierType', in: ['ip'] }),
  plain('moment', 'observedAt', { field: 'identifierType', in: ['ip'] }),
  text('timeZone', 'optional', { format: 'time-zone' }),
  text('accountUrl', 'optional', { format: 'url' }),
  text('deviceId'),
]);

export const dataCategories = list(
  'dataCategories',
  { measures: DATA },
  [
    choice('category', ['subscriber', 'traffic', 'content'], 'required'),
    choices('items', [...SUBSCRIBER_ITEMS, ...TRAFFIC_ITEMS, ...CONTENT_ITEMS], 'required'),
    plain('moment', 'from', 'required'),
    plain('moment', 'to', 'required'),
    text('timeZone', 'required', { format: 'time-zone' }),
  ],
  { asked: { measures: DATA } },
);

export const privilegeCheck = group(
  'privilegeCheck',
  'required',
  [
    plain('yes-no', 'professional', 'required'),
    plain('yes-no', 'medical', 'required'),
    plain('yes-no', 'press', 'required'),
    plain('yes-no', 'immunity', 'required'),
    longText('howHandled'),
  ],
  { asked: { measures: REVEALING } },
);

export const urgency = group('urgency', 'required', [
  choice('level', ['routine', 'expedited', 'emergency'], 'required'),
  longText('reason', { field: 'level', in: ['expedited', 'emergency'] }),
  plain('moment', 'deadline', { field: 'level', in: ['expedited', 'emergency'] }),
]);

export const attestingOfficer = [
  text('name', 'required'),
  text('rank', 'required'),
  text('badge'),
  text('phone', 'required', { format: 'phone' }),
  text('supervisorName', 'required'),
  text('supervisorPhone', 'required', { format: 'phone' }),
] as const;

/** Secrecy without an end is not accepted: it ends by itself, so its end is asked for. */
export const confidentiality = group('confidentiality', 'required', [
  plain('yes-no', 'requested', 'required'),
  text('legalBasis', { field: 'requested', in: [true] }),
  longText('reason', { field: 'requested', in: [true] }),
  text('scope'),
  plain('day', 'until', { field: 'requested', in: [true] }),
  plain('day', 'reviewAt'),
]);

export const useLimits = list('useLimits', { measures: ASKED }, [
  choice('kind', ['statedPurposeOnly', 'keepConfidential', 'noOnwardTransfer', 'deleteAfterUse', 'other'], 'required'),
  longText('text', { field: 'kind', in: ['other'] }),
]);

export const assurances = list('assurances', 'optional', [
  choice('kind', ['deathPenalty', 'torture', 'fairTrial', 'speciality', 'other'], 'required'),
  longText('text', 'required'),
  text('signedBy', 'required'),
]);

export const conditions = list(
  'conditions',
  'optional',
  [plain('yes-no', 'keepConfidential', 'required'), longText('useOnlyFor'), plain('day', 'returnOrDestroyBy')],
  { asked: { measures: OFFERED } },
);

export const translations = list('translations', 'optional', [
  plain('language', 'lang', 'required'),
  text('translator', 'required'),
  plain('yes-no', 'certified', 'required'),
  plain('day', 'at'),
]);

export const attachments = list('attachments', 'optional', [
  text('name', 'required'),
  text('mediaType'),
  number('size', 0, Number.MAX_SAFE_INTEGER),
  text('sha256', 'optional', { format: 'sha256' }),
  plain('language', 'lang'),
]);

export const declaration = group('declaration', 'required', [
  plain('yes-no', 'accurate', 'required'),
  text('signedBy', 'required'),
  text('function', 'required'),
  plain('moment', 'signedAt', 'required'),
]);

export const maxPeriodJustified = longText(
  'maxPeriodJustified',
  { measures: LIVE },
  { asked: { measures: [...DEEP, 'emergency-disclosure'] } },
);

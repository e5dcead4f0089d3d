// The content of an invented request, filled in as a careful authority would, from one line of the demonstration's data.

import type { RequestContent } from '../../domain/requests/content.ts';
import { DEEP, type Measure } from '../../domain/requests/fields-measures.ts';
import { ITEMS_OF } from '../../domain/requests/fields-parts.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';

/** One invented request: what it is about, how long ago it came, and how far the office has got with it. */
export type DemoRequest = {
  readonly days: number;
  readonly goal: string;
  /** The State it comes from, or the one our own goes to. */
  readonly from?: string;
  readonly to?: string;
  readonly measure: Measure;
  readonly offence: string;
  readonly years: number | 'life';
  readonly service: string;
  readonly type: string;
  readonly target: string;
  readonly facts: string;
};

export type DemoAuthority = {
  readonly name: string;
  readonly person: string;
  readonly language: string;
  readonly zone: string;
  readonly files: string;
};

type Category = keyof typeof ITEMS_OF;
const CATEGORY: { readonly [M in Measure]?: Category } = {
  'subscriber-data': 'subscriber',
  'emergency-disclosure': 'subscriber',
  'traffic-data': 'traffic',
  'traffic-path': 'traffic',
  'content-data': 'content',
  preservation: 'content',
};

/** `number` tells requests of one authority apart; `on` is the day it was written. */
export function demoContent(
  request: DemoRequest,
  authority: DemoAuthority,
  addressee: string,
  number: number,
  on: Day,
): RequestContent {
  const { measure, facts, offence } = request;
  const year = on.slice(0, 4);
  const from = addDays(on, -40);
  const to = addDays(on, -2);
  const mail = (name: string) => `${name}@authority.example.org`;
  const emergency = measure === 'emergency-disclosure';
  const category = CATEGORY[measure] ?? 'subscriber';
  const ip = request.type === 'ip';
  const content = {
    caseReference: `${authority.files}-${year}/${String(400 + number).padStart(4, '0')}`,
    requestStatus: 'new',
    requestingAuthority: {
      name: authority.name,
      function: 'Central authority',
      personInCharge: authority.person,
      phone: '0000-0101',
      email: mail('cooperation'),
      timeZone: authority.zone,
      preferredReplyChannel: 'exchange',
    },
    confirmationContact: { name: 'Duty officer of the authority', phone: '0000-0119', email: mail('duty') },
    addressee: { kind: 'centralAuthority', name: addressee },
    proceeding: { kind: 'investigation', stage: 'Preliminary investigation', subject: `${offence}. ${facts}` },
    prosecutionOrCourt: { office: 'Court of First Instance', caseNumber: `CF-${year}-${100 + number}` },
    ...(DEEP.includes(measure)
      ? { validatingAuthority: { name: 'Judge on duty', kind: 'judge', validatedAt: `${addDays(on, -3)}T10:30:00Z` } }
      : {}),
    domesticLegalBasis:
      'Code of Criminal Procedure, section 214: access to data by order, for offences of some weight.',
    offences: [
      {
        title: offence,
        provision: 'Penal Code, section 341(2)',
        lawText: 'The text of the offence is attached to the letter.',
        maxPenaltyYears: request.years,
        deathPenalty: false,
      },
    ],
    dualCriminalityStatement: 'The conduct is an offence under the law of the requested State too.',
    factsSummary: facts,
    persons: [{ role: 'unknown', protectedRole: 'unknown' }],
    targets: [
      {
        service: request.service,
        identifierType: request.type,
        identifierValue: request.target,
        ...(ip ? { ipPort: 443, observedAt: `${addDays(on, -5)}T03:10:00Z`, timeZone: 'UTC' } : {}),
      },
    ],
    dataCategories: [{ category, items: ITEMS_OF[category].slice(0, 4), from, to, timeZone: 'UTC' }],
    maxPeriodJustified: 'From the first known act to the last, and no longer.',
    purpose: 'To identify who acted and to prove it before the court that leads the case.',
    linkOfDataToOffence: 'The acts were committed through this account, so its data show who used it and when.',
    necessityAndProportionality:
      'Milder ways were tried and led nowhere; one account and one short period are asked for.',
    thirdPartiesAffected: 'People who wrote to the account; what does not concern the offence is left out.',
    privilegeCheck: {
      professional: false,
      medical: false,
      press: false,
      immunity: false,
      howHandled: 'None in scope.',
    },
    urgency: emergency
      ? { level: 'emergency', reason: 'A life is in danger today.', deadline: `${on}T22:00:00Z` }
      : { level: 'routine' },
    ...(emergency
      ? {
          threatDescription: facts,
          threatTo: ['life'],
          imminenceReason: 'The threat names a time within hours.',
          whyDataNeededToAvert: 'Who holds the account, and from where it was used last, leads to the place.',
          whyNormalRouteTooSlow: 'An ordinary request takes days.',
          leastDataNeeded: 'Name, telephone and last sign-in of one account.',
          attestingOfficer: {
            name: 'Officer on duty',
            rank: 'Inspector',
            badge: '1177',
            phone: '0000-0131',
            supervisorName: 'Head of the unit',
            supervisorPhone: '0000-0132',
          },
        }
      : {}),
    ...(measure === 'preservation'
      ? {
          dataToPreserve: 'The content of the account as it is today.',
          custodianOrLocation: request.service,
          necessityOfPreservation: 'The holder deletes what is there, and soon.',
          desiredExpiry: addDays(on, 60),
          intentToRequest: { instrument: 'The same', expectedBy: addDays(on, 45) },
        }
      : {}),
    confidentiality: {
      requested: true,
      legalBasis: 'Code of Criminal Procedure, section 61',
      reason: 'Whoever acted would delete what is left.',
      scope: 'The holder of the account',
      until: addDays(on, 120),
      reviewAt: addDays(on, 60),
    },
    useLimits: [{ kind: 'statedPurposeOnly' }, { kind: 'noOnwardTransfer' }],
    onwardTransferRules: 'Not passed on without consent.',
    retentionUntil: addDays(on, 900),
    languageOfRequest: authority.language,
    translations: ['en', 'fr'].includes(authority.language)
      ? undefined
      : [{ lang: 'en', translator: 'Court translator No. 17', certified: true, at: on }],
    declaration: {
      accurate: true,
      signedBy: authority.person,
      function: 'Head of office',
      signedAt: `${on}T07:15:00Z`,
    },
  };
  return JSON.parse(JSON.stringify(content)) as RequestContent;
}

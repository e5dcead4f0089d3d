// One letter of each kind, with everything filled in, for the tests of letters. Names, States and cases are invented.

import type { Day } from '../../src/kernel/calendar.ts';
import type { Language } from '../../src/kernel/language.ts';
import type { Letter } from '../../src/app/letters/letter.ts';
import { EXAMPLE_TEXTS, type ExampleTexts } from './example-texts.ts';

const day = (text: string) => text as Day;

/** Every kind of letter (a decision with each disposition) in that language. */
export function exampleLetters(language: Language): readonly Letter[] {
  const t = EXAMPLE_TEXTS[language];
  return [...answers(language, t), ...preservation(language, t), ...decisions(language, t), notice(language, t)];
}

const head = (language: Language, t: ExampleTexts) => ({
  language,
  reference: 'BB-2028-000017',
  theirReference: 'AA/CYB/2028/0451',
  date: day('2028-03-01'),
  from: {
    state: t.here,
    name: t.office,
    address: [t.street],
    reach: '0000-0201; cooperation@justice.bb.example.org',
  },
  to: { name: t.theirOffice, address: [t.theirStreet, t.there] },
  subject: t.subject,
});
const about = (t: ExampleTexts) => ({
  measure: t.measure,
  requestingState: t.there,
  requestedState: t.here,
  receivedOn: day('2028-02-28'),
});
const signedBy = (t: ExampleTexts) => ({ name: t.head, function: t.headFunction });
const accounts = [
  { service: 'mail.example.org', identifier: 'river.stone.1987@mail.example.org' },
  { service: 'chat.example.net', identifier: '+00 555 0100' },
];

const answers = (language: Language, t: ExampleTexts): Letter[] => [
  {
    kind: 'acknowledgement',
    ...head(language, t),
    about: about(t),
    next: 'preservation',
    answerBy: day('2028-03-15'),
    held: { held: true, until: day('2028-05-30') },
    signedBy: signedBy(t),
  },
  {
    kind: 'return',
    ...head(language, t),
    about: about(t),
    missing: t.missing.map((what) => ({ what, help: t.help })),
    remark: t.remark,
    clockPausedOn: day('2028-03-01'),
    replyBy: day('2028-03-21'),
    held: { held: false, why: t.why },
    signedBy: signedBy(t),
  },
];

const preservation = (language: Language, t: ExampleTexts): Letter[] => [
  {
    kind: 'preservation-order',
    ...head(language, t),
    to: { name: t.provider, address: [t.theirStreet] },
    basis: [t.citation],
    accounts,
    data: [t.category, t.otherCategory],
    period: { from: day('2027-12-01'), to: day('2028-02-15') },
    until: day('2028-05-30'),
    reasons: t.reasons,
    secrecy: { until: day('2028-05-30'), basis: t.citation, reason: t.why },
    confirmBy: day('2028-03-05'),
    signedBy: signedBy(t),
  },
  {
    kind: 'end-of-preservation',
    ...head(language, t),
    to: { name: t.provider, address: [t.theirStreet] },
    order: { reference: 'BB-2028-000017/1', date: day('2028-03-01') },
    accounts,
    endsOn: day('2028-05-30'),
    because: 'refused',
    signedBy: signedBy(t),
  },
  {
    kind: 'outgoing-request',
    ...head(language, t),
    basis: [t.citation],
    urgency: 'expedited',
    urgencyReason: t.why,
    groups: [
      {
        title: t.groupTitle,
        fields: [
          { label: t.label, values: [t.reasons] },
          { label: t.otherLabel, values: [...accounts.map(({ identifier }) => identifier), 'a'.repeat(140)] },
        ],
      },
    ],
    secrecy: { until: day('2028-08-31'), basis: t.citation, reason: t.why },
    replyBy: day('2028-03-31'),
    attachment: 'request.json',
    signedBy: signedBy(t),
  },
];

const decided = (language: Language, t: ExampleTexts) => ({
  ...head(language, t),
  about: about(t),
  reasons: t.reasons,
  whatWouldFixIt: t.fix,
  held: { held: true, until: day('2028-05-30') } as const,
  consultations: [{ with: t.theirOffice, on: day('2028-02-29'), result: t.remark }],
  remedy: t.remedy,
  replyBy: day('2028-03-31'),
  preparedBy: { name: t.officer, function: t.officerFunction, on: day('2028-02-29') },
  decidedBy: { name: t.head, function: t.headFunction, on: day('2028-03-01') },
});

const decisions = (language: Language, t: ExampleTexts): Letter[] => {
  const grounds = [{ citation: t.citation, explanation: t.ground }] as const;
  const dispositions = ['execute', 'execute-in-part', 'execute-with-conditions', 'postpone', 'pass-on'] as const;
  return [
    { kind: 'refusal', ...decided(language, t), grounds },
    ...dispositions.map((disposition): Letter => {
      const executes = disposition.startsWith('execute');
      return {
        kind: 'decision',
        ...decided(language, t),
        disposition,
        grounds: disposition === 'execute' ? [] : grounds,
        items: executes ? accounts.map(({ identifier }) => ({ account: identifier, category: t.category })) : [],
        conditions: disposition === 'execute-with-conditions' ? [t.condition, t.otherCondition] : [],
        acceptBy: disposition === 'execute-with-conditions' ? day('2028-03-15') : null,
        until: disposition === 'postpone' ? day('2028-06-30') : null,
        passedTo: disposition === 'pass-on' ? t.provider : '',
      };
    }),
  ];
};

const notice = (language: Language, t: ExampleTexts): Letter => ({
  kind: 'notice',
  ...head(language, t),
  theirReference: '',
  to: { name: t.person, address: [t.theirStreet] },
  data: [t.category],
  accounts: accounts.slice(0, 1),
  period: { from: day('2027-12-01'), to: day('2028-02-15') },
  askedBy: { authority: t.theirOffice, state: t.there },
  disclosedOn: day('2028-03-20'),
  legalBasis: [t.citation],
  late: { from: day('2028-03-20'), to: day('2028-09-20'), basis: t.citation, reason: t.why },
  withheld: [{ what: t.missing[0] ?? '', ground: t.citation, reviewOn: day('2029-03-01') }],
  remedies: [{ court: t.court, how: t.how, deadline: day('2028-12-01'), law: t.citation }],
  rights: [t.right],
  complaint: { body: t.oversight, how: t.how },
  caseCode: 'K7QM-2XRD-9HTW-4PVC',
  lookUp: 'https://rogatory.bb.example.org/notice',
  signedBy: signedBy(t),
});

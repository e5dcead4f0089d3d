// The rules that hold between parts of a request: periods that end, addresses that can be looked up, secrecy that stops.

import { dayNumber } from '../../kernel/calendar.ts';
import { dayOfMoment, hasOffset, hasTime, instantOf, type Moment } from '../calendar/moment.ts';
import type { RequestContent } from './content.ts';
import { DEEP, type Measure } from './fields-measures.ts';
import { ITEMS_OF } from './fields-parts.ts';

export type CrossSettings = {
  /** Languages the requested State accepts, as BCP 47 tags. */
  readonly acceptedLanguages?: readonly string[];
  /** More days than this want a reason. */
  readonly widePeriodDays?: number;
};

/** The rules by name; the catalogue has a message for each, and for `missing`. */
export const RULES = [
  'no-second-person',
  'no-judge',
  'time-missing',
  'zone-missing',
  'beyond-measure',
  'of-other-category',
  'ends-before-it-starts',
  'wide-period',
  'after-the-hold',
  'privilege-unhandled',
  'review-after-end',
  'death-penalty-assurance',
  'language-not-accepted',
  'not-declared-accurate',
] as const;
type Rule = (typeof RULES)[number];

/** What is wrong, where, and how much it weighs; completeness adds the page of the form. */
export type RuleBroken = {
  readonly pointer: string;
  readonly why: Rule;
  readonly weight: 'must' | 'should';
  readonly values?: { readonly [name: string]: string | number };
};

const must = (pointer: string, why: Rule): RuleBroken => ({ pointer, why, weight: 'must' });
const should = (pointer: string, why: Rule, values?: RuleBroken['values']): RuleBroken => ({
  pointer,
  why,
  weight: 'should',
  ...(values === undefined ? {} : { values }),
});

/** A lighter measure must not carry a deeper one in its list of data. */
const CATEGORIES_OF: { readonly [M in Measure]?: readonly (keyof typeof ITEMS_OF)[] } = {
  'traffic-path': ['traffic'],
  'subscriber-data': ['subscriber'],
  'traffic-data': ['subscriber', 'traffic'],
  'realtime-traffic': ['subscriber', 'traffic'],
};

/** Every rule between parts that the content breaks. A part that is absent breaks none: that it is missing is said elsewhere. */
export const crossRules = (content: RequestContent, measure: Measure, settings: CrossSettings): RuleBroken[] => [
  ...contacts(content),
  ...authorisation(content, measure),
  ...targets(content),
  ...categories(content, measure),
  ...periods(content, settings),
  ...hold(content),
  ...(anyPrivilege(content) && content.privilegeCheck?.howHandled === undefined
    ? [must('/privilegeCheck/howHandled', 'privilege-unhandled')]
    : []),
  ...secrecy(content),
  ...assurances(content),
  ...language(content, settings),
  ...(content.declaration?.accurate === false ? [must('/declaration/accurate', 'not-declared-accurate')] : []),
];

/** Attacker: whoever forged the letter-head answers at both of its numbers. */
function contacts({ requestingAuthority: authority, confirmationContact: second }: RequestContent): RuleBroken[] {
  const same = (a: string | undefined, b: string | undefined): boolean => a !== undefined && a === b;
  return same(authority?.personInCharge, second?.name) || same(authority?.email, second?.email)
    ? [should('/confirmationContact', 'no-second-person')]
    : [];
}

function authorisation({ validatingAuthority: by }: RequestContent, measure: Measure): RuleBroken[] {
  const noJudge = by?.kind === 'prosecutor' || by?.kind === 'other';
  return DEEP.includes(measure) && noJudge ? [should('/validatingAuthority/kind', 'no-judge')] : [];
}

/** Many share one network address: only with the time, its zone and the port does it lead to one of them. */
function targets({ targets = [] }: RequestContent): RuleBroken[] {
  return targets.flatMap(({ identifierType, observedAt, timeZone }, n): RuleBroken[] => {
    if (observedAt === undefined) return [];
    const isIp = identifierType === 'ip';
    if (!hasTime(observedAt)) return isIp ? [must(`/targets/${n}/observedAt`, 'time-missing')] : [];
    if (timeZone !== undefined || hasOffset(observedAt)) return [];
    return [isIp ? must(`/targets/${n}/timeZone`, 'zone-missing') : should(`/targets/${n}/timeZone`, 'zone-missing')];
  });
}

function categories({ dataCategories = [] }: RequestContent, measure: Measure): RuleBroken[] {
  const fitting = CATEGORIES_OF[measure];
  return dataCategories.flatMap(({ category, items = [] }, n): RuleBroken[] => {
    if (category === undefined) return [];
    const known: readonly string[] = ITEMS_OF[category];
    return [
      ...(fitting && !fitting.includes(category) ? [must(`/dataCategories/${n}/category`, 'beyond-measure')] : []),
      ...(items.some((item) => !known.includes(item)) ? [must(`/dataCategories/${n}/items`, 'of-other-category')] : []),
    ];
  });
}

function periods({ dataCategories = [], maxPeriodJustified }: RequestContent, settings: CrossSettings): RuleBroken[] {
  return dataCategories.flatMap(({ from, to, timeZone }, n): RuleBroken[] => {
    if (from === undefined || to === undefined) return [];
    if (!endsAfter(from, to, timeZone)) return [must(`/dataCategories/${n}/to`, 'ends-before-it-starts')];
    const days = dayNumber(dayOfMoment(to)) - dayNumber(dayOfMoment(from)) + 1;
    const limit = settings.widePeriodDays;
    return limit !== undefined && days > limit && maxPeriodJustified === undefined
      ? [should(`/dataCategories/${n}/to`, 'wide-period', { days, limit })]
      : [];
  });
}

/** A day includes all of itself, so one day alone is a period; a time must be later than the time before it. */
function endsAfter(from: Moment, to: Moment, timeZone: string | undefined): boolean {
  if (!hasTime(from) || !hasTime(to)) return dayOfMoment(from) <= dayOfMoment(to);
  // Where no zone is known yet both are compared as one clock shows them.
  const [start, end] = [from, to].map((moment) => instantOf(moment, timeZone ?? 'UTC'));
  return start !== undefined && end !== undefined && start < end;
}

function hold({ desiredExpiry: expiry, intentToRequest: intent }: RequestContent): RuleBroken[] {
  const late = expiry !== undefined && intent?.expectedBy !== undefined && intent.expectedBy > expiry;
  return late ? [should('/intentToRequest/expectedBy', 'after-the-hold')] : [];
}

const anyPrivilege = ({ privilegeCheck: check }: RequestContent): boolean =>
  [check?.professional, check?.medical, check?.press, check?.immunity].includes(true);

function secrecy({ confidentiality: secret }: RequestContent): RuleBroken[] {
  const { until, reviewAt } = secret ?? {};
  return until !== undefined && reviewAt !== undefined && reviewAt > until
    ? [should('/confidentiality/reviewAt', 'review-after-end')]
    : [];
}

function assurances({ offences = [], assurances: given = [] }: RequestContent): RuleBroken[] {
  const mayKill = offences.some((offence) => offence.deathPenalty === true);
  return mayKill && !given.some((assurance) => assurance.kind === 'deathPenalty')
    ? [should('/assurances', 'death-penalty-assurance')]
    : [];
}

/** Whether the request or a translation of it is in an accepted language; undefined where either is not known. */
export function inAcceptedLanguage(
  content: RequestContent,
  accepted: readonly string[] | undefined,
): boolean | undefined {
  if (accepted === undefined || content.languageOfRequest === undefined) return undefined;
  const primary = (tag: string): string => tag.split('-')[0] ?? tag;
  const given = [content.languageOfRequest, ...(content.translations ?? []).flatMap(({ lang }) => lang ?? [])];
  return given.some((tag) => accepted.some((one) => one === tag || one === primary(tag)));
}

const language = (content: RequestContent, { acceptedLanguages }: CrossSettings): RuleBroken[] =>
  inAcceptedLanguage(content, acceptedLanguages) === false ? [must('/languageOfRequest', 'language-not-accepted')] : [];

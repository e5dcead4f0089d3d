// What an office sets for its casework, and the length of each term for a case: the law's number where it has one.

import type { ClockRule } from '../../domain/calendar/clock.ts';
import type { OfficeCalendar } from '../../domain/calendar/office.ts';
import type { Day } from '../../kernel/calendar.ts';
import { type RuleSet, valueOn } from '../../law/rule-set.ts';

export const TERMS = [
  'hold-least',
  'hold-order-longest',
  'acknowledge',
  'acknowledge-emergency',
  'reply',
  'reply-emergency',
  'emergency-validation',
  'deletion',
  'secrecy-longest',
  'secrecy-review',
  'notice',
  'notice-delay-longest',
  'complaint-acknowledge',
  'complaint-answer',
  'review',
] as const;
export type TermName = (typeof TERMS)[number];

/** Where the length of a term comes from: a parameter of the instrument in hand or of the policy, or this number. */
export type TermSetting = {
  readonly parameter?: string;
  readonly 'policy-parameter'?: string;
  readonly otherwise: number;
  readonly unit: ClockRule['kind'];
};

export type OfficeSettings = {
  readonly terms: { readonly [T in TermName]: TermSetting };
  /** `long-secrecy`: days from which on oversight lists an order of secrecy; offices from before it was asked do not say. */
  readonly alerts: { readonly soon: number; readonly 'long-secrecy'?: number };
  readonly 'consult-first': readonly string[];
  readonly 'wide-period': number;
  readonly calendar: OfficeCalendar;
  /** Numbers below this are withheld from public figures; offices from before it was asked do not say. */
  readonly 'figures-least'?: number;
  /** Whether an approver is one only with a passkey that cannot leave its device; offices from before it was asked do not say. */
  readonly 'approvers-need-hardware'?: boolean;
};

/** Where an office has not said from how many days on secrecy is long. */
export const LONG_SECRECY = 90;
/** Where an office has not said below which numbers figures are withheld: a common least number of official statistics. */
export const FIGURES_LEAST = 5;

/** The office as a whole: whose it is, and how it works. */
export type Office = {
  readonly state: string;
  readonly name: string;
  /** The languages in which it takes requests. */
  readonly languages: readonly string[];
  readonly settings: OfficeSettings;
};

/** How long a term is for a case under an instrument on a day, and who says so. */
export function termRule(
  rules: RuleSet,
  settings: OfficeSettings,
  name: TermName,
  instrument: string | null,
  day: Day,
): ClockRule {
  const term = settings.terms[name];
  const prefix = (kind: 'instrument' | 'policy') =>
    rules.packs.find((pack) => (kind === 'policy' ? pack.kind === 'policy' : pack.id === instrument))?.prefix;
  const candidates = [
    term.parameter && `${prefix('instrument')}:${term.parameter}`,
    term['policy-parameter'] && `${prefix('policy')}:${term['policy-parameter']}`,
  ].filter(Boolean);
  const parameter = rules.parameters.find((one) => candidates.includes(one.id));
  const count = parameter && valueOn(parameter, day);
  if (parameter === undefined || count === undefined)
    return { kind: term.unit, count: term.otherwise, source: 'setting' };
  return { kind: term.unit, count, source: 'law', citation: `${parameter.id.split(':')[0]} ${parameter.source.place}` };
}

// When conditions, assurances, the recipient's questions and secrecy fall due, and whose turn it is.

import { addDays } from '../../kernel/calendar.ts';
import { dueOn } from '../calendar/clock.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type DayRule, type Deadline, lastDay, latest } from '../preservation/deadline.ts';
import type { Disclosure, SecrecyOrder } from './disclosure.ts';

export type DisclosureDeadline = Deadline<
  | 'accept-condition'
  | 'fulfil-condition'
  | 'give-assurance'
  | 'judge-assurance'
  | 'rule-other-use'
  | 'rule-transfer'
  | 'delete-data'
  | 'review-secrecy'
  /** A word before it ends, for whoever thinks it must be renewed. */
  | 'secrecy-ends-soon'
  | 'secrecy-ends'
>;

/** How long the office has to answer the recipient, null where nothing is set; days before the end of secrecy to say so. */
export type DisclosureRules = { readonly answerWithin: DayRule | null; readonly warnDays: number };

/** What is due. A condition without a day of its own binds for good and is due only when its data are. */
export function deadlines(state: Disclosure, rules: DisclosureRules, office: OfficeCalendar): DisclosureDeadline[] {
  const due: DisclosureDeadline[] = [];
  for (const { no, status, dueOn: on } of state.conditions) {
    if (on === null) continue;
    const key = `disclosure.condition.${no}`;
    if (status === 'proposed')
      due.push({ key: `${key}.accept`, on, kind: 'accept-condition', whose: 'requesting', clock: null });
    if (status === 'accepted')
      due.push({ key: `${key}.fulfil`, on, kind: 'fulfil-condition', whose: 'requesting', clock: null });
  }
  for (const { no, status, dueOn: on, given } of state.assurances) {
    const key = `disclosure.assurance.${no}`;
    if (status === 'asked' && on !== null)
      due.push({ key: `${key}.give`, on, kind: 'give-assurance', whose: 'requesting', clock: null });
    if (status === 'given' && given)
      due.push({ key: `${key}.judge`, on: given.on, kind: 'judge-assurance', whose: 'office', clock: null });
  }
  for (const { no, until: on } of state.limits) {
    if (on !== null)
      due.push({ key: `disclosure.limit.${no}`, on, kind: 'delete-data', whose: 'requesting', clock: null });
  }
  const asked = [
    ...state.otherUses.map((one) => ({ ...one, kind: 'rule-other-use' as const })),
    ...state.transfers.map((one) => ({ ...one, kind: 'rule-transfer' as const })),
  ];
  for (const { no, kind, askedOn, ruling } of asked) {
    if (ruling) continue;
    const key = `disclosure.${kind}.${no}`;
    const by = rules.answerWithin && lastDay(rules.answerWithin, askedOn, office);
    due.push({ key, on: by?.on ?? askedOn, kind, whose: 'office', clock: by?.clock ?? null });
  }
  return [...due, ...state.secrecy.flatMap((order) => ofSecrecy(order, rules, office))];
}

function ofSecrecy(order: SecrecyOrder, { warnDays }: DisclosureRules, office: OfficeCalendar): DisclosureDeadline[] {
  const { no, until, reviewOn, from, history, end } = order;
  if (end) return [];
  const key = (kind: string): string => `disclosure.secrecy.${no}.${kind}`;
  const soon = latest(history.at(-1)?.on ?? from, addDays(until, -warnDays));
  // The last day is the clock's only where secrecy was ordered for the longest time.
  const clock = dueOn(order.clock, office) === until ? order.clock : null;
  return [
    { key: key('review'), on: reviewOn, kind: 'review-secrecy', whose: 'office', clock: null },
    { key: key('soon'), on: soon, kind: 'secrecy-ends-soon', whose: 'office', clock: null },
    { key: key('ends'), on: until, kind: 'secrecy-ends', whose: 'office', clock },
  ];
}

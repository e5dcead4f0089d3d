// What may be done about secrecy: order it with reasons and an end, review, renew, lift; and its end, which needs nobody.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { lastDay } from '../preservation/deadline.ts';
import type { PersonId } from '../registry/person.ts';
import type { Disclosure, DisclosureEvent, SecrecyOrder, SecrecyRules } from './disclosure.ts';

type Decided = Outcome<DisclosureEvent[], Refusal>;

export type NewSecrecy = {
  readonly ground: string;
  readonly reasons: string;
  readonly until: Day;
  readonly reviewOn: Day;
  readonly rules: SecrecyRules;
};

/** Orders secrecy from today through `until`, to be asked about again by `reviewOn`. */
export function orderSecrecy(
  state: Disclosure,
  { ground, reasons, until, reviewOn, rules }: NewSecrecy,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  if (ground.trim() === '') return no('disclosure.ground-missing');
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  if (until < today) return no('disclosure.secrecy-in-the-past', { until });
  const clock = boundOf({ until, reviewOn, rules }, today, office);
  if (!clock.ok) return clock;
  return accept([
    {
      type: 'disclosure.secrecy-ordered',
      order: state.secrecy.length + 1,
      ground: ground.trim(),
      reasons: reasons.trim(),
      from: today,
      until,
      reviewOn,
      clock: clock.value,
    },
  ]);
}

/** A named person asked again and leaves it standing until its end, with reasons and the next day to ask. */
export function reviewSecrecy(
  state: Disclosure,
  { order, reasons, reviewOn }: { readonly order: number; readonly reasons: string; readonly reviewOn: Day },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  const found = inForce(state, order, today);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  const { until } = found.value;
  if (reviewOn < today || reviewOn > until) return no('disclosure.review-outside', { from: today, until });
  return accept([{ type: 'disclosure.secrecy-reviewed', order, on: today, reasons: reasons.trim(), reviewOn }]);
}

export type Renewal = Omit<NewSecrecy, 'ground'> & { readonly order: number };

/** A named person renews an order that has not ended. One that ended is not revived: that would be secrecy without notice. */
export function renewSecrecy(
  state: Disclosure,
  { order, reasons, until, reviewOn, rules }: Renewal,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  const found = inForce(state, order, today);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  if (until <= found.value.until) return no('disclosure.renewal-not-longer', { until: found.value.until });
  const clock = boundOf({ until, reviewOn, rules }, today, office);
  if (!clock.ok) return clock;
  const renewal = { on: today, reasons: reasons.trim(), until, reviewOn, clock: clock.value };
  return accept([{ type: 'disclosure.secrecy-renewed', order, ...renewal }]);
}

/** A named person ends it before its day. */
export function liftSecrecy(
  state: Disclosure,
  { order, reasons }: { readonly order: number; readonly reasons: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const today = dayIn(at, office.timeZone);
  const found = inForce(state, order, today);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  return accept([{ type: 'disclosure.secrecy-lifted', order, on: today, reasons: reasons.trim() }]);
}

/** Every order whose last day has passed ends. Nothing, if none has. */
export function endSecrecy(state: Disclosure, _by: 'clock', at: Instant, office: OfficeCalendar): Decided {
  const today = dayIn(at, office.timeZone);
  return accept(
    state.secrecy
      .filter(({ end, until }) => end === null && until < today)
      .map(({ no: order, until: on }) => ({ type: 'disclosure.secrecy-ended', order, on })),
  );
}

function inForce(state: Disclosure, order: number, today: Day): Outcome<SecrecyOrder, Refusal> {
  const found = state.secrecy.find((one) => one.no === order);
  if (!found) return no('disclosure.no-such-secrecy', { order });
  if (found.end !== null || today > found.until) return no('disclosure.secrecy-ended', { until: found.until });
  return accept(found);
}

/** The clock of the longest secrecy from today, if the end is within it and the review before the end. */
function boundOf(
  { until, reviewOn, rules }: Pick<NewSecrecy, 'until' | 'reviewOn' | 'rules'>,
  today: Day,
  office: OfficeCalendar,
) {
  const { on: latest, clock } = lastDay(rules.longest, today, office);
  if (until > latest) return no('disclosure.secrecy-too-long', { latest });
  if (reviewOn < today || reviewOn > until) return no('disclosure.review-outside', { from: today, until });
  return accept(clock);
}

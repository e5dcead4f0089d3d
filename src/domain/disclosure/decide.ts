// What may be done about conditions, assurances, limits of use and onward transfer.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import type { PersonId } from '../registry/person.ts';
import type { Assurance, AssuranceKind, ConditionStatus, Disclosure, DisclosureEvent } from './disclosure.ts';

type Decided = Outcome<DisclosureEvent[], Refusal>;

/** From which status a condition may come to which. A breach stays on record; one that was fulfilled can still be breached. */
export const CONDITION_MOVES: { readonly [S in ConditionStatus]: readonly ConditionStatus[] } = {
  proposed: ['accepted', 'not-accepted', 'withdrawn'],
  'not-accepted': ['accepted', 'withdrawn'],
  accepted: ['fulfilled', 'breached', 'withdrawn'],
  fulfilled: ['breached'],
  breached: [],
  withdrawn: [],
};

/** Puts a condition to the other side, with the day by which it is to be fulfilled where it has one. */
export function proposeCondition(
  state: Disclosure,
  command: { readonly text: string; readonly dueOn: Day | null; readonly decisionNo: number | null },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const { text, dueOn, decisionNo } = command;
  if (text.trim() === '') return no('disclosure.text-missing');
  if (dueOn !== null && dueOn < dayIn(at, office.timeZone)) return no('disclosure.due-in-the-past', { until: dueOn });
  const condition = state.conditions.length + 1;
  return accept([{ type: 'disclosure.condition-proposed', condition, decisionNo, text: text.trim(), dueOn }]);
}

/** The other side accepts, in the name of somebody. */
export function acceptCondition(
  state: Disclosure,
  { condition, answeredBy }: { readonly condition: number; readonly answeredBy: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const refused = cannotMove(state, condition, 'accepted');
  if (refused) return refused;
  if (answeredBy.trim() === '') return no('disclosure.answered-by-missing');
  return accept([{ type: 'disclosure.condition-accepted', condition, answeredBy: answeredBy.trim() }]);
}

/** The other side does not accept. Until it does, or the condition is withdrawn, nothing is handed over. */
export function doNotAcceptCondition(
  state: Disclosure,
  command: { readonly condition: number; readonly answeredBy: string; readonly remarks: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const { condition, answeredBy, remarks } = command;
  const refused = cannotMove(state, condition, 'not-accepted');
  if (refused) return refused;
  if (answeredBy.trim() === '') return no('disclosure.answered-by-missing');
  const event = { condition, answeredBy: answeredBy.trim(), remarks: remarks.trim() };
  return accept([{ type: 'disclosure.condition-not-accepted', ...event }]);
}

/** Records that a condition was fulfilled, was breached or is withdrawn; `remarks` says what shows it, or why. */
export function closeCondition(
  state: Disclosure,
  command: {
    readonly condition: number;
    readonly to: 'fulfilled' | 'breached' | 'withdrawn';
    readonly remarks: string;
  },
  _by: PersonId,
  _at: Instant,
): Decided {
  const { condition, to, remarks } = command;
  const refused = cannotMove(state, condition, to);
  if (refused) return refused;
  if (remarks.trim() === '') return no('disclosure.remarks-missing');
  return accept([{ type: `disclosure.condition-${to}`, condition, remarks: remarks.trim() }]);
}

function cannotMove(state: Disclosure, condition: number, to: ConditionStatus) {
  const found = state.conditions.find((one) => one.no === condition);
  if (!found) return no('disclosure.no-such-condition', { condition });
  return CONDITION_MOVES[found.status].includes(to)
    ? undefined
    : no('disclosure.condition-cannot-move', { condition, from: found.status, to });
}

/** Asks the requesting State for an assurance. */
export function askAssurance(
  state: Disclosure,
  { kind, asked, dueOn }: { readonly kind: AssuranceKind; readonly asked: string; readonly dueOn: Day | null },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (asked.trim() === '') return no('disclosure.text-missing');
  if (dueOn !== null && dueOn < dayIn(at, office.timeZone)) return no('disclosure.due-in-the-past', { until: dueOn });
  const assurance = state.assurances.length + 1;
  return accept([{ type: 'disclosure.assurance-asked', assurance, kind, asked: asked.trim(), dueOn }]);
}

/** The requesting State gives it, in these words, signed by somebody. A new text is judged anew. */
export function giveAssurance(
  state: Disclosure,
  { assurance, text, signedBy }: { readonly assurance: number; readonly text: string; readonly signedBy: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = openAssurance(state, assurance);
  if (!found.ok) return found;
  if (text.trim() === '') return no('disclosure.text-missing');
  if (signedBy.trim() === '') return no('disclosure.signature-missing');
  const given = { text: text.trim(), signedBy: signedBy.trim(), on: dayIn(at, office.timeZone) };
  return accept([{ type: 'disclosure.assurance-given', assurance, ...given }]);
}

/** A named person finds it credible, or not; and may change their finding when they learn more. */
export function judgeAssurance(
  state: Disclosure,
  {
    assurance,
    credible,
    reasons,
  }: { readonly assurance: number; readonly credible: boolean; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = openAssurance(state, assurance);
  if (!found.ok) return found;
  if (found.value.given === null) return no('disclosure.assurance-not-given', { assurance });
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  return accept([{ type: 'disclosure.assurance-judged', assurance, credible, reasons: reasons.trim() }]);
}

/** It is no longer asked for, because what it was for is not handed over or not at stake. */
export function withdrawAssurance(
  state: Disclosure,
  { assurance, reasons }: { readonly assurance: number; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = openAssurance(state, assurance);
  if (!found.ok) return found;
  // What was promised and believed still binds whoever promised it.
  if (found.value.status === 'credible') return no('disclosure.assurance-binds', { assurance });
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  return accept([{ type: 'disclosure.assurance-withdrawn', assurance, reasons: reasons.trim() }]);
}

function openAssurance(state: Disclosure, assurance: number): Outcome<Assurance, Refusal> {
  const found = state.assurances.find((one) => one.no === assurance);
  if (!found) return no('disclosure.no-such-assurance', { assurance });
  return found.status === 'withdrawn' ? no('disclosure.assurance-withdrawn', { assurance }) : accept(found);
}

/** Limits what the recipient may do with the data, and until when they may keep them. */
export function limitUse(
  state: Disclosure,
  { text, until }: { readonly text: string; readonly until: Day | null },
  _by: PersonId,
  _at: Instant,
): Decided {
  if (text.trim() === '') return no('disclosure.text-missing');
  const limit = state.limits.length + 1;
  return accept([{ type: 'disclosure.use-limited', limit, text: text.trim(), until }]);
}

/** The recipient asks to use the data for another purpose. */
export function askOtherUse(
  state: Disclosure,
  { askedBy, purpose }: { readonly askedBy: string; readonly purpose: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (askedBy.trim() === '') return no('disclosure.asked-by-missing');
  if (purpose.trim() === '') return no('disclosure.purpose-missing');
  const asked = { use: state.otherUses.length + 1, askedBy: askedBy.trim(), purpose: purpose.trim() };
  return accept([{ type: 'disclosure.other-use-asked', ...asked, on: dayIn(at, office.timeZone) }]);
}

/** A named person allows the other use or refuses it, once. */
export function ruleOtherUse(
  state: Disclosure,
  { use, allowed, reasons }: { readonly use: number; readonly allowed: boolean; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = state.otherUses.find((one) => one.no === use);
  if (!found) return no('disclosure.no-such-use', { use });
  if (found.ruling) return no('disclosure.already-ruled');
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  return accept([{ type: 'disclosure.other-use-ruled', use, allowed, reasons: reasons.trim() }]);
}

export type TransferAsked = {
  readonly askedBy: string;
  readonly to: string;
  readonly what: string;
  readonly purpose: string;
};

/** The recipient asks to pass the data on to somebody else. */
export function askTransfer(
  state: Disclosure,
  asked: TransferAsked,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const [askedBy, to, what, purpose] = [asked.askedBy, asked.to, asked.what, asked.purpose].map((text) =>
    text.trim(),
  ) as [string, string, string, string];
  if (askedBy === '') return no('disclosure.asked-by-missing');
  if (to === '') return no('disclosure.recipient-missing');
  if (what === '') return no('disclosure.text-missing');
  if (purpose === '') return no('disclosure.purpose-missing');
  const transfer = state.transfers.length + 1;
  const on = dayIn(at, office.timeZone);
  return accept([{ type: 'disclosure.transfer-asked', transfer, askedBy, to, what, purpose, on }]);
}

/** A named person consents to the onward transfer or refuses it, once. */
export function ruleTransfer(
  state: Disclosure,
  { transfer, consent, reasons }: { readonly transfer: number; readonly consent: boolean; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = state.transfers.find((one) => one.no === transfer);
  if (!found) return no('disclosure.no-such-transfer', { transfer });
  if (found.ruling) return no('disclosure.already-ruled');
  if (reasons.trim() === '') return no('disclosure.reasons-missing');
  return accept([{ type: 'disclosure.transfer-ruled', transfer, consent, reasons: reasons.trim() }]);
}

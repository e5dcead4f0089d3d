// What may be done about notice: schedule it, put it off by a named decision, send it, prove it, or say why it is not needed.

import type { Day } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { dayIn } from '../calendar/moment.ts';
import type { OfficeCalendar } from '../calendar/office.ts';
import { type Disclosure, secretUntil } from '../disclosure/disclosure.ts';
import { lastDay } from '../preservation/deadline.ts';
import type { By, PersonId } from '../registry/person.ts';
import {
  type DutyBearer,
  delayedUntil,
  isTold,
  mayTellFrom,
  type Notice,
  type NoticeEvent,
  type NoticeRules,
  type NoticeState,
  type NotNeededGround,
} from './notice.ts';

type Decided = Outcome<NoticeEvent[], Refusal>;

/** Puts down that a person is to be told, before there is anything to tell: nobody has to think of it later. */
export function schedule(
  state: NoticeState,
  { person, dutyBearer }: { readonly person: string; readonly dutyBearer: DutyBearer },
  _by: By,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  if (person.trim() === '') return no('notice.person-missing');
  if (state.notices.some((one) => one.person === person.trim())) return no('notice.already-scheduled');
  const on = dayIn(at, office.timeZone);
  return accept([
    { type: 'notice.scheduled', notice: state.notices.length + 1, person: person.trim(), dutyBearer, on },
  ]);
}

export type NewDelay = {
  readonly notice: number;
  readonly ground: string;
  readonly reasons: string;
  readonly until: Day;
  readonly rules: NoticeRules;
  readonly disclosure: Disclosure;
};

/** Puts a notice off through `until`, by a named person, for no longer than the rules let one decision reach. */
export function delay(
  state: NoticeState,
  { notice, ground, reasons, until, rules, disclosure }: NewDelay,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = open(state, notice);
  if (!found.ok) return found;
  if (ground.trim() === '') return no('notice.ground-missing');
  if (reasons.trim() === '') return no('notice.reasons-missing');
  const today = dayIn(at, office.timeZone);
  const due = mayTellFrom(found.value, disclosure);
  // Put off means later than they may be told, and later than today.
  if (until < today || until < due) return no('notice.delay-without-effect', { due });
  const { on: latest, clock } = lastDay(rules.longestDelay, today, office);
  if (until > latest) return no('notice.delay-too-long', { latest });
  const why = { ground: ground.trim(), reasons: reasons.trim() };
  return accept([{ type: 'notice.delayed', notice, ...why, on: today, until, clock }]);
}

/** Lets go of the delays of a notice before their time. */
export function liftDelay(
  state: NoticeState,
  { notice, reasons }: { readonly notice: number; readonly reasons: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = open(state, notice);
  if (!found.ok) return found;
  const today = dayIn(at, office.timeZone);
  const until = delayedUntil(found.value);
  if (until === null || today > until) return no('notice.not-delayed');
  if (reasons.trim() === '') return no('notice.reasons-missing');
  return accept([{ type: 'notice.delay-lifted', notice, reasons: reasons.trim(), on: today }]);
}

export type NewSending = {
  readonly notice: number;
  readonly channel: string;
  readonly codeHash: string;
  readonly disclosure: Disclosure;
};
const SHA256 = /^[0-9a-f]{64}$/;

/** Sends it, with the code (here its SHA-256) by which the person reads their case; never while secrecy or a delay runs. */
export function send(
  state: NoticeState,
  { notice, channel, codeHash, disclosure }: NewSending,
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = open(state, notice);
  if (!found.ok) return found;
  if (found.value.dutyBearer !== 'here') return no('notice.other-side-tells');
  const today = dayIn(at, office.timeZone);
  const secret = secretUntil(disclosure);
  if (secret !== null && today <= secret) return no('notice.secret', { until: secret });
  const delayed = delayedUntil(found.value);
  if (delayed !== null && today <= delayed) return no('notice.delayed', { until: delayed });
  if (channel.trim() === '') return no('notice.channel-missing');
  if (!SHA256.test(codeHash)) return no('notice.code-missing');
  return accept([{ type: 'notice.sent', notice, channel: channel.trim(), codeHash, on: today }]);
}

/** The other side says, and shows, that it told the person: a fact, which secrecy here does not undo. */
export function toldByOtherSide(
  state: NoticeState,
  { notice, channel, proof }: { readonly notice: number; readonly channel: string; readonly proof: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const found = open(state, notice);
  if (!found.ok) return found;
  if (found.value.dutyBearer !== 'other-side') return no('notice.this-office-tells');
  if (channel.trim() === '') return no('notice.channel-missing');
  if (proof.trim() === '') return no('notice.proof-missing');
  const on = dayIn(at, office.timeZone);
  return accept([
    { type: 'notice.sent', notice, channel: channel.trim(), codeHash: '', on },
    { type: 'notice.delivered', notice, proof: proof.trim() },
  ]);
}

type Proof = { readonly notice: number; readonly proof: string };

/** It reached the person. */
export const delivered = (state: NoticeState, proof: Proof, _by: PersonId, _at: Instant): Decided =>
  arrived(state, proof, 'notice.delivered');

/** It did not reach the person: it is due again, as if it had not been sent. */
export const notDelivered = (state: NoticeState, proof: Proof, _by: PersonId, _at: Instant): Decided =>
  arrived(state, proof, 'notice.not-delivered');

function arrived(state: NoticeState, { notice, proof }: Proof, type: 'notice.delivered' | 'notice.not-delivered') {
  const found = state.notices.find((one) => one.no === notice);
  if (!found) return no('notice.no-such-notice', { notice });
  if (found.sendings.at(-1)?.arrived !== 'not-known') return no('notice.not-on-its-way');
  if (proof.trim() === '') return no('notice.proof-missing');
  return accept([{ type, notice, proof: proof.trim() }]);
}

/** A named person records why nobody has to be told, or nobody can be. */
export function notNeeded(
  state: NoticeState,
  command: { readonly notice: number; readonly ground: NotNeededGround; readonly reasons: string },
  _by: PersonId,
  at: Instant,
  office: OfficeCalendar,
): Decided {
  const { notice, ground, reasons } = command;
  const found = open(state, notice);
  if (!found.ok) return found;
  if (reasons.trim() === '') return no('notice.reasons-missing');
  const on = dayIn(at, office.timeZone);
  return accept([{ type: 'notice.not-needed', notice, ground, reasons: reasons.trim(), on }]);
}

/** The ground fell away: the person was found, or something was handed over after all. */
export function neededAgain(
  state: NoticeState,
  { notice, reasons }: { readonly notice: number; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = state.notices.find((one) => one.no === notice);
  if (!found) return no('notice.no-such-notice', { notice });
  if (found.notNeeded === null) return no('notice.is-needed');
  if (reasons.trim() === '') return no('notice.reasons-missing');
  return accept([{ type: 'notice.needed-again', notice, reasons: reasons.trim() }]);
}

function open(state: NoticeState, notice: number): Outcome<Notice, Refusal> {
  const found = state.notices.find((one) => one.no === notice);
  if (!found) return no('notice.no-such-notice', { notice });
  if (isTold(found)) return no('notice.already-sent');
  return found.notNeeded ? no('notice.not-needed') : accept(found);
}

// From a case to a letter of each kind: the file says what, the catalogue how, and nobody types it a second time.

import type { Proposal } from '../../domain/decisions/decision.ts';
import type { End, Order } from '../../domain/preservation/preservation.ts';
import type { Notice } from '../../domain/notice/notice.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { STEPS } from '../../domain/requests/fields.ts';
import type { FormField } from '../../domain/requests/form.ts';
import { fieldsOfStep } from '../../domain/requests/form.ts';
import { addDays, type Day, parseDay } from '../../kernel/calendar.ts';
import type { Instant } from '../../kernel/instant.ts';
import { secretUntil } from '../../domain/disclosure/disclosure.ts';
import type { Account, Ground, Letter, Secrecy } from '../letters/letter.ts';
import {
  aboutOf,
  categoryOf,
  citationOf,
  type Desk,
  dayHere,
  headOf,
  heldOf,
  measureOf,
  officeOf,
  otherSide,
  remediesFor,
  said,
  sayer,
  signatory,
  stateIn,
} from './letter-head.ts';
import { wayForward } from './way-forward.ts';

export type { Desk } from './letter-head.ts';

/** The day that a term of the case runs until, if it does. */
export type DueDay = (kind: string) => Day | null;

export function acknowledgementOf(desk: Desk, by: PersonId, due: DueDay): Letter {
  const { request, measure } = desk.file;
  const emergency = request.content.urgency?.level === 'emergency';
  return {
    ...headOf(desk, otherSide(desk), measureOf(desk)),
    kind: 'acknowledgement',
    about: aboutOf(desk),
    next: emergency ? 'emergency' : measure === 'preservation' ? 'preservation' : 'assessment',
    answerBy: due('reply'),
    held: heldOf(desk),
    signedBy: signatory(desk, by),
  };
}

/** What was asked for when the request was sent back. */
export type Returned = { readonly missing: readonly string[]; readonly text: string; readonly at: Instant };

export function returnOf(desk: Desk, by: PersonId, { missing, text, at }: Returned): Letter {
  const say = sayer(desk);
  return {
    ...headOf(desk, otherSide(desk), measureOf(desk)),
    kind: 'return',
    about: aboutOf(desk),
    missing: missing.map((code) => missingIn(say, code)),
    remark: text,
    clockPausedOn: dayHere(desk.work, at),
    replyBy: null,
    held: heldOf(desk),
    signedBy: signatory(desk, by),
  };
}

/** Who signs a decision; the second person of a proposal is not known yet. */
export type Signing = {
  readonly proposed: { readonly by: PersonId; readonly at: Instant };
  readonly countersigned: { readonly by: PersonId; readonly at: Instant } | null;
};

/** The decision as its letter; of a proposal, as the letter it will become. */
export function decisionOf(desk: Desk, decided: Proposal, { proposed, countersigned }: Signing): Letter {
  const decider = (one: { readonly by: PersonId; readonly at: Instant }) => ({
    ...signatory(desk, one.by),
    on: dayHere(desk.work, one.at),
  });
  const grounds = decided.grounds.map(
    ({ provision, text }): Ground => ({ citation: citationOf(desk, provision), explanation: text }),
  );
  const { disposition } = decided;
  const common = {
    ...headOf(desk, otherSide(desk), measureOf(desk)),
    about: aboutOf(desk),
    reasons: decided.reasons,
    whatWouldFixIt: disposition === 'refuse' || disposition === 'postpone' ? wayForward(desk, decided) : '',
    held: heldOf(desk),
    consultations: desk.file.decisions.consultations.flatMap((one) => {
      const on = parseDay(one.on);
      return on.ok ? [{ with: one.with, on: on.value, result: one.result }] : [];
    }),
    remedy: remediesFor(desk, 'requesting-state')
      .map(({ body, how, law }) => [body, how, law].join('\n'))
      .join('\n\n'),
    replyBy: null,
    preparedBy: decider(proposed),
    decidedBy: countersigned
      ? decider(countersigned)
      : { name: sayer(desk)('decision.letter.second'), function: officeOf(desk).name, on: desk.date },
  };
  const [first, ...others] = grounds;
  if (disposition === 'refuse' && first) return { ...common, kind: 'refusal', grounds: [first, ...others] };
  if (disposition === 'return' || disposition === 'refuse') return asReturn(desk, decided, proposed);
  const until = parseDay(decided.until);
  return {
    ...common,
    kind: 'decision',
    disposition,
    grounds,
    items: decided.items.map(({ target, category }) => ({ account: target, category: categoryOf(desk, category) })),
    conditions: decided.conditions,
    acceptBy: null,
    until: until.ok ? until.value : null,
    passedTo: decided.passTo,
  };
}

/** A decision to send it back is told as what is missing. */
function asReturn(desk: Desk, { grounds, reasons }: Proposal, proposed: Signing['proposed']): Letter {
  return {
    ...headOf(desk, otherSide(desk), measureOf(desk)),
    kind: 'return',
    about: aboutOf(desk),
    missing: grounds.map(({ provision, text }) => ({ what: text, help: citationOf(desk, provision) })),
    remark: reasons,
    clockPausedOn: desk.date,
    replyBy: null,
    held: heldOf(desk),
    signedBy: signatory(desk, proposed.by),
  };
}

export function orderLetterOf(desk: Desk, by: PersonId, order: Order): Letter {
  return {
    ...headOf(desk, { name: order.holder, address: [] }, measureOf(desk)),
    kind: 'preservation-order',
    basis: basisOf(desk),
    accounts: accountsOf(desk, order),
    data: [...new Set(order.what.map(({ category }) => categoryOf(desk, category)))],
    period: null,
    until: order.until,
    reasons: order.reasons,
    secrecy: secrecyOf(desk),
    confirmBy: null,
    signedBy: signatory(desk, by),
  };
}

export function endLetterOf(desk: Desk, by: PersonId, order: Order, end: End): Letter {
  const { decisions, request } = desk.file;
  const refused = decisions.proposals.some((one) => one.state === 'countersigned' && one.disposition === 'refuse');
  return {
    ...headOf(desk, { name: order.holder, address: [] }, measureOf(desk)),
    kind: 'end-of-preservation',
    order: { reference: desk.file.reference, date: order.from },
    accounts: accountsOf(desk, order),
    endsOn: end.on,
    because: end.how === 'lapsed' ? 'lapsed' : request.withdrawn ? 'withdrawn' : refused ? 'refused' : 'released',
    signedBy: signatory(desk, by),
  };
}

/** How the person may read the case: the code is told once, and kept nowhere. */
export type CaseCode = { readonly caseCode: string; readonly lookUp: string };

export function noticeOf(desk: Desk, by: PersonId, notice: Notice, code: CaseCode): Letter {
  const { file, work } = desk;
  const { content } = file.request;
  const target = content.targets?.[Number(notice.person.split('/').at(-1))];
  const { completedAt } = file.execution;
  const delay = notice.delays.at(-1);
  const secret = file.disclosure.secrecy.at(-1);
  const why = secret ?? delay;
  const until = secret?.end?.on ?? secret?.until ?? delay?.until;
  const own = officeOf(desk);
  return {
    ...headOf(desk, { name: target?.identifierValue ?? '', address: [] }, measureOf(desk)),
    // The number is the other State's for its own file, and none of the person's.
    theirReference: '',
    kind: 'notice',
    data: (content.dataCategories ?? []).flatMap(({ category }) => (category ? [categoryOf(desk, category)] : [])),
    accounts: target ? [{ service: target.service ?? '', identifier: target.identifierValue ?? '' }] : [],
    period: null,
    askedBy: { authority: otherSide(desk).name, state: stateIn(desk, file.requestingState) },
    disclosedOn: completedAt === null ? null : dayHere(work, completedAt),
    legalBasis: basisOf(desk),
    late:
      why && until
        ? { from: secret?.from ?? notice.scheduledOn, to: until, basis: why.ground, reason: why.reasons }
        : null,
    withheld: [],
    remedies: remediesFor(desk, 'person').map(({ body, how, days, law }) => ({
      court: body,
      how,
      deadline: days === null ? null : addDays(desk.date, days),
      law,
    })),
    rights: [],
    complaint: { body: own.name, how: own.reach },
    ...code,
    signedBy: signatory(desk, by),
  };
}

/** Our own request: every field that says something, under the headings of the form. */
export function outgoingOf(desk: Desk, by: PersonId): Letter {
  const { measure, request } = desk.file;
  const { content } = request;
  const say = sayer(desk);
  const secrecy = content.confidentiality;
  const until = parseDay(secrecy?.until);
  return {
    ...headOf(desk, otherSide(desk), measureOf(desk)),
    kind: 'outgoing-request',
    basis: basisOf(desk),
    urgency: content.urgency?.level ?? 'routine',
    urgencyReason: content.urgency?.reason ?? '',
    groups: STEPS.map(({ id }) => ({
      title: say(`request.step.${id}`),
      fields: fieldsOfStep(id, measure, content).flatMap((field) => rowsOf(say, field)),
    })),
    secrecy:
      secrecy?.requested && until.ok
        ? { until: until.value, basis: secrecy.legalBasis ?? '', reason: secrecy.reason ?? '' }
        : null,
    replyBy: null,
    attachment: 'request.json',
    signedBy: signatory(desk, by),
  };
}

type Row = { readonly label: string; readonly values: readonly string[] };

/** A field as rows of label and values; parts of groups and items are rows of their own. */
function rowsOf(say: ReturnType<typeof sayer>, form: FormField): Row[] {
  const { field, key, values, fields, items } = form;
  if (field.kind === 'group') return fields.flatMap((part) => rowsOf(say, part));
  if (field.kind === 'list')
    return items.flatMap((item, n) => {
      const rows = item.flatMap((part) => rowsOf(say, part));
      return rows.length === 0 ? [] : [{ label: say(`request.item.${key}`, { n: n + 1 }), values: [' '] }, ...rows];
    });
  if (values.length === 0) return [];
  const text = (value: string): string => {
    if (field.kind === 'choice' || field.kind === 'choices') return say(`request.option.${key}.${value}`);
    if (field.kind === 'yes-no') return say(`request.${value === 'yes' ? 'yes' : 'no'}`);
    return field.kind === 'years' && value === 'life' ? say('request.life') : value;
  };
  return [{ label: say(`request.field.${key}`), values: values.map(text) }];
}

/** What was asked for, as the record names it (`<why> <pointer>`): the words of its field, and what the form says to whoever fills it in. */
function missingIn(say: ReturnType<typeof sayer>, code: string): { readonly what: string; readonly help: string } {
  const parts = code.slice(code.indexOf('/') + 1).split('/');
  const key = parts.filter((part) => !/^\d+$/.test(part)).join('.');
  const first = (kind: string, otherwise: string): string =>
    say.has?.(`request.${kind}.${key}`) ? say(`request.${kind}.${key}`) : otherwise;
  return { what: first('field', parts.join(' ')), help: first('hint', '') };
}

/** The instrument relied on, by its full name. */
function basisOf(desk: Desk): string[] {
  const { file, work } = desk;
  const id = file.assessment.latest?.instrument ?? file.instrument;
  const pack = work.law.book.rules.packs.find((one) => one.id === id);
  return pack ? [said(desk, pack.title)] : [];
}

function accountsOf({ file }: Desk, { what }: Order): Account[] {
  const targets = file.request.content.targets ?? [];
  return [...new Set(what.map(({ target }) => target))].map((identifier) => ({
    service: targets.find((one) => one.identifierValue === identifier)?.service ?? '',
    identifier,
  }));
}

/** Secrecy binds the holder only while an order of this office says so. */
function secrecyOf({ file }: Desk): Secrecy | null {
  const until = secretUntil(file.disclosure);
  const order = file.disclosure.secrecy.findLast(({ end }) => end === null);
  return until !== null && order ? { until, basis: order.ground, reason: order.reasons } : null;
}

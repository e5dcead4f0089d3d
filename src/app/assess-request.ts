// Use case: assess one request. The same function answers the command line, the API and the page, in the browser too.

import type { Day } from '../kernel/calendar.ts';
import type { Language } from '../kernel/language.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Assessment } from '../law/assessment.ts';
import { DEFAULT_POLICY, type Policy } from '../law/profile.ts';
import type { FactValue } from '../law/provision.ts';
import { readRequest, type Request } from '../law/request.ts';
import { isBound, otherTreatyGoverns } from '../law/status.ts';
import { rankOf } from '../law/verdict.ts';
import type { LawBook } from './law-book.ts';

export type AssessOptions = {
  /** The day whose law applies; the day of receipt when left out. */
  readonly asOf?: Day;
  readonly policy?: Policy;
  readonly language?: Language;
};

/** What was read and what it leads to. */
export type Assessed = {
  readonly request: Request;
  /** The instrument the answer is of: the one asked for, or the one under which the request goes furthest. */
  readonly instrument: string;
  readonly assessment: Assessment;
  /** Facts that nobody stated and the treaty-status register supplied. */
  readonly fromRegister: { readonly [fact: string]: boolean };
};

/** Reads and assesses an input of the contract's section 2; faults point into it. */
export function assessInput(book: LawBook, input: unknown, options: AssessOptions = {}): Outcome<Assessed> {
  const request = readRequest(book.rules, input);
  return request.ok ? assessRequest(book, request.value, options) : request;
}

export function assessRequest(book: LawBook, request: Request, options: AssessOptions = {}): Outcome<Assessed> {
  const { policy = DEFAULT_POLICY, language = 'en', asOf = request.receivedOn } = options;
  const onTheDay = book.instrumentsOn(asOf);
  const relations = policy.profile?.relations ?? [];
  let candidates = request.instrument === null ? onTheDay : onTheDay.filter((id) => id === request.instrument);
  if (request.instrument === null) {
    // Those known to bind the pair; where none is known to, those not known not to.
    const bound = candidates.map((id) => ({
      id,
      bound: isBound(book.register, relations, id, request, request.receivedOn),
    }));
    const known = bound.filter((one) => one.bound === true);
    candidates = (known.length > 0 ? known : bound.filter((one) => one.bound === undefined)).map((one) => one.id);
  }
  if (candidates.length === 0)
    return refuse({ pointer: options.asOf ? '' : '/receivedOn', detail: nothingOn(asOf, request.instrument) });

  const assessed = candidates.map((instrument) => {
    const fromRegister = filled(book, request, instrument, policy);
    const engine = book.engine(instrument, request.measure, asOf, policy, language);
    return {
      instrument,
      fromRegister,
      assessment: engine.assess({ ...request.facts, ...fromRegister }, request.receivedOn),
    };
  });
  // The one that goes furthest; of equals the first, in the order of the contract.
  const best = assessed.reduce((a, b) => (rankOf(b.assessment.outcome) > rankOf(a.assessment.outcome) ? b : a));
  const instruments = assessed.map((one) => ({ instrument: one.instrument, outcome: one.assessment.outcome }));
  const { law: used, ...rest } = best.assessment;
  const law = { ...used, fromRegister: best.fromRegister };
  return accept({
    request,
    instrument: best.instrument,
    assessment: { ...rest, instruments, law },
    fromRegister: best.fromRegister,
  });
}

const nothingOn = (day: Day, instrument: string | null): string =>
  instrument === null
    ? `no instrument is known that could bind the two States on ${day}`
    : `the instrument ${instrument} had no text yet on ${day}`;

/** Only facts whose names do not stand in the request at all are looked up: an outright "unknown" is respected. */
function filled(book: LawBook, request: Request, instrument: string, policy: Policy): Record<string, boolean> {
  const relations = policy.profile?.relations ?? [];
  const found: Record<string, FactValue | undefined> = {
    'basis.inForce': isBound(book.register, relations, instrument, request, request.receivedOn),
    'basis.otherTreatyGoverns': otherTreatyGoverns(
      book.register,
      relations,
      policy.profile?.countsAsMlaTreaty ?? [],
      instrument,
      request,
      request.receivedOn,
    ),
  };
  return Object.fromEntries(
    Object.entries(found).filter(([fact, value]) => value !== undefined && !Object.hasOwn(request.facts, fact)),
  ) as Record<string, boolean>;
}

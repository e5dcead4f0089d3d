// What may be done with evidence: take it in, redact, answer flags, see, copy, hand over. Each is a step of custody.

import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Instant } from '../../kernel/instant.ts';
import { parseMoment } from '../calendar/moment.ts';
import type { Execution } from '../execution/execution.ts';
import type { PersonId } from '../registry/person.ts';
import {
  type Arrived,
  type Coverage,
  type Evidence,
  type EvidenceEvent,
  type FlagSay,
  objectOf,
  type ObjectId,
  type Package,
  redactionsOf,
} from './evidence.ts';
import { type ConfirmedKey, confirmedKeys, recipientOf } from './keys.ts';
import { type Release, standsInTheWay } from './package.ts';
import { type Asked, scopeFlags } from './scope.ts';

export type Decided = Outcome<EvidenceEvent[], Refusal>;

/** Reasons shorter than this tell nobody anything. */
const LEAST_REASON = 10;
const SHA256 = /^[0-9a-f]{64}$/;
const LONGEST_NAME = 200;
const MOST_COVERED = 200;

/** Tasks that something may come in for. */
const PRODUCING = ['given', 'partly-produced', 'produced'];

/** What somebody says of an object that comes in. */
export type Receiving = { readonly task: number; readonly receivedFrom: string; readonly covers: readonly Coverage[] };

/** Whether an object may come in for a task: asked before bytes are taken, and again when they are there. */
export function mayCome(
  execution: Execution,
  { task, receivedFrom, covers }: Receiving,
): Outcome<{ readonly decisionNo: number }, Refusal> {
  const found = execution.tasks.find((one) => one.no === task);
  if (!found) return no('evidence.no-such-task', { task });
  if (!PRODUCING.includes(found.status)) return no('evidence.task-not-running', { task });
  if (receivedFrom.trim() === '') return no('evidence.from-missing');
  const unfit = unfitCoverage(covers);
  return unfit ?? accept({ decisionNo: found.decisionNo });
}

/** Takes an object into custody; what of it goes beyond the request is flagged with it. */
export function receive(
  state: Evidence,
  { execution, asked, arrived, ...said }: Receiving & { execution: Execution; asked: Asked; arrived: Arrived },
  _by: PersonId,
  _at: Instant,
): Decided {
  const may = mayCome(execution, said);
  if (!may.ok) return may;
  const unfit = unfitObject(state, arrived);
  if (unfit) return unfit;
  const { task, covers } = said;
  return accept([
    {
      type: 'evidence.received',
      ...arrived,
      no: state.objects.length + 1,
      task,
      decisionNo: may.value.decisionNo,
      receivedFrom: said.receivedFrom.trim(),
      covers,
      flags: scopeFlags(covers, asked),
    },
  ]);
}

/** What somebody says of a redaction. */
export type Redacting = { readonly of: ObjectId; readonly removed: string; readonly covers: readonly Coverage[] };

export function mayRedact(
  state: Evidence,
  { of, removed, covers }: Redacting,
): Outcome<{ readonly ofNo: number }, Refusal> {
  const found = objectOf(state, of);
  if (!found) return no('evidence.no-such-object', { object: of });
  if (removed.trim().length < LEAST_REASON) return no('evidence.reasons-missing', { least: LEAST_REASON });
  return unfitCoverage(covers) ?? accept({ ofNo: found.no });
}

/** A new object with something taken out. The one it was made from stays as it is. */
export function redact(
  state: Evidence,
  { asked, arrived, ...said }: Redacting & { asked: Asked; arrived: Arrived },
  by: PersonId,
  _at: Instant,
): Decided {
  const may = mayRedact(state, said);
  if (!may.ok) return may;
  const unfit = unfitObject(state, arrived);
  if (unfit) return unfit;
  const { of, covers } = said;
  return accept([
    {
      type: 'evidence.redacted',
      ...arrived,
      no: state.objects.length + 1,
      of,
      ofNo: may.value.ofNo,
      removed: said.removed.trim(),
      receivedFrom: by,
      covers,
      flags: scopeFlags(covers, asked),
    },
  ]);
}

function unfitCoverage(covers: readonly Coverage[]) {
  // What nobody said it covers cannot be held against the request.
  if (covers.length === 0) return no('evidence.covers-missing');
  if (covers.length > MOST_COVERED) return no('evidence.covers-too-many', { most: MOST_COVERED });
  for (const { account, category, from, to } of covers) {
    if (account.trim() === '' || category.trim() === '') return no('evidence.covers-missing');
    if ((from === null) !== (to === null)) return no('evidence.dates-half');
    if (from !== null && (!parseMoment(from).ok || !parseMoment(to).ok)) return no('evidence.dates-unread');
    if (from !== null && to !== null && from.slice(0, 10) > to.slice(0, 10)) return no('evidence.dates-reversed');
  }
  return undefined;
}

function unfitObject(state: Evidence, { object, name, size, sha256 }: Arrived) {
  if (objectOf(state, object)) return no('evidence.already-received', { object: objectOf(state, object)?.no ?? 0 });
  const same = state.objects.find((one) => one.sha256 === sha256);
  if (same) return no('evidence.already-received', { object: same.no });
  if (name.trim() === '' || name.length > LONGEST_NAME) return no('evidence.name-missing', { most: LONGEST_NAME });
  if (!Number.isSafeInteger(size) || size < 1) return no('evidence.empty');
  return SHA256.test(sha256) ? undefined : no('evidence.hash-missing');
}

/** A named person says what a flag comes to. */
export function answerFlag(
  state: Evidence,
  answer: { readonly object: ObjectId; readonly flag: number; readonly say: FlagSay; readonly reasons: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = objectOf(state, answer.object);
  if (!found) return no('evidence.no-such-object', { object: answer.object });
  if (!found.flags[answer.flag - 1]) return no('evidence.no-such-flag', { object: found.no, flag: answer.flag });
  if (answer.reasons.trim().length < LEAST_REASON) return no('evidence.reasons-missing', { least: LEAST_REASON });
  if (answer.say === 'redacted' && redactionsOf(state, found.object).length === 0)
    return no('evidence.no-redaction', { object: found.no });
  return accept([{ type: 'evidence.flag-answered', ...answer, no: found.no, reasons: answer.reasons.trim() }]);
}

/** Somebody looks at what an object says. */
export function see(
  state: Evidence,
  { object, how }: { readonly object: ObjectId; readonly how: 'preview' | 'opened' },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = objectOf(state, object);
  return found
    ? accept([{ type: 'evidence.seen', object, no: found.no, how }])
    : no('evidence.no-such-object', { object });
}

/** Over which hash whoever lets something leave proved that they were there; the caller has checked that it is the hash of this. */
export type Signed = { readonly signed: string };
export type Copying = { readonly object: ObjectId; readonly to: string; readonly purpose: string };

/** A copy leaves the store: to whom, and for what. */
export function copy(
  state: Evidence,
  { object, to, purpose, signed }: Copying & Signed,
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = objectOf(state, object);
  if (!found) return no('evidence.no-such-object', { object });
  if (to.trim() === '') return no('evidence.recipient-missing');
  if (purpose.trim().length < LEAST_REASON) return no('evidence.reasons-missing', { least: LEAST_REASON });
  return accept([
    {
      type: 'evidence.copied',
      object,
      no: found.no,
      sha256: found.sha256,
      to: to.trim(),
      purpose: purpose.trim(),
      signed,
    },
  ]);
}

/** What a package is to be: decided before it is made, and again before it is recorded. */
export type Packing = Pick<Package, 'objects' | 'fingerprints' | 'purpose'>;

/** The keys it would be sealed to, or everything that stands in its way. */
export function mayPack(
  state: Evidence,
  packing: Packing,
  release: Release,
  by: PersonId,
): Outcome<readonly ConfirmedKey[], Refusal> {
  const keys = confirmedKeys(state, packing.fingerprints);
  const found = [
    ...standsInTheWay(state, release, packing.objects, by),
    ...(keys.ok ? [] : keys.faults),
    ...(packing.purpose.trim().length < LEAST_REASON
      ? no('evidence.reasons-missing', { least: LEAST_REASON }).faults
      : []),
  ];
  return found.length > 0 ? refuse(...found) : keys;
}

/** The number of the package that is made next. */
export const nextPackage = (state: Evidence): number => state.packages.length + 1;

/** Puts a package on record, once it is made. A key that was exchanged meanwhile is none of the case any more. */
export function pack(
  state: Evidence,
  { made, release }: { readonly made: Omit<Package, 'recipient'>; readonly release: Release },
  by: PersonId,
  _at: Instant,
): Decided {
  const may = mayPack(state, made, release, by);
  if (!may.ok) return may;
  // Somebody else's package was recorded while this one was made, under the number that stands in both.
  if (made.no !== nextPackage(state)) return no('evidence.changed-meanwhile');
  if (!SHA256.test(made.sha256) || !SHA256.test(made.bag)) return no('evidence.hash-missing');
  return accept([{ type: 'evidence.packaged', ...made, recipient: recipientOf(may.value) }]);
}

type OfPackage = { readonly package: string };
export type Handing = OfPackage & { readonly to: string; readonly how: string };

/** A package leaves the office. */
export function handOver(
  state: Evidence,
  { package: id, to, how, signed }: Handing & Signed,
  release: Release,
  by: PersonId,
): Decided {
  const found = state.packages.find((one) => one.package === id);
  if (!found) return no('evidence.no-such-package');
  // Between making and handing over, a condition may have been broken, or an answer taken back.
  const inTheWay = standsInTheWay(state, release, found.objects, by);
  if (inTheWay.length > 0) return refuse(...inTheWay);
  if (to.trim() === '') return no('evidence.recipient-missing');
  if (how.trim() === '') return no('evidence.how-missing');
  return accept([
    {
      type: 'evidence.handed-over',
      package: id,
      no: found.no,
      sha256: found.sha256,
      to: to.trim(),
      how: how.trim(),
      signed,
    },
  ]);
}

/** The recipient said which hash arrived. Another one than ours is no confirmation. */
export function confirm(
  state: Evidence,
  { package: id, sha256, by: who }: OfPackage & { readonly sha256: string; readonly by: string },
  _by: PersonId,
  _at: Instant,
): Decided {
  const found = state.packages.find((one) => one.package === id);
  if (!found) return no('evidence.no-such-package');
  if (found.handedOver.length === 0) return no('evidence.not-handed-over', { package: found.no });
  if (found.confirmed) return no('evidence.already-confirmed', { package: found.no });
  if (sha256.trim().toLowerCase() !== found.sha256) return no('evidence.other-hash', { package: found.no });
  if (who.trim() === '') return no('evidence.confirmed-by-missing');
  return accept([{ type: 'evidence.confirmed', package: id, no: found.no, sha256: found.sha256, by: who.trim() }]);
}

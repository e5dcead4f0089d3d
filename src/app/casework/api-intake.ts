// Use cases of requests that programs hand in: taken in and acknowledged at once, the same again only once, and how far each is.
// Attacker: a program with somebody's key, that floods, repeats, or hands in requests in the name of another State.

import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { type Missing, completeness } from '../../domain/requests/completeness.ts';
import { type FileFault, parseRequestFile, type RequestFile } from '../../domain/requests/file.ts';
import { isReturned } from '../../domain/requests/request.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Casework } from './casework.ts';
import { completenessFor, newDraft } from './drafts.ts';
import { basisFault } from './front-desk.ts';
import type { HandingIn, IntakeRecords } from './intake-ports.ts';
import type { Reader } from './reading.ts';
import { receive } from './receive.ts';

/** Whose program it is, as its key says. */
export type Sender = { readonly key: string; readonly office: string; readonly state: string };

export type Acknowledged = {
  readonly is: 'acknowledged';
  readonly reference: Reference;
  /** When it was received, and acknowledged with it. */
  readonly at: Instant;
  /** What the office may ask for. */
  readonly missing: readonly Missing[];
};
export type HandedInEnds =
  | Acknowledged
  | { readonly is: 'faults'; readonly faults: readonly FileFault[] }
  /** Something else was handed in under this name before. */
  | { readonly is: 'another-body' };

/** What programs handed in before, and who reads it once it is received. */
export type Intake = { readonly records: IntakeRecords; readonly reader: Reader };

/**
 * Takes in the text of a request file, and answers when it is on disk; it is read after that. Under the same `repetition` the
 * same text gives the same answer, however often and however much at once. No person does this, so in the case it is the
 * clock's step, and names the sender.
 */
export async function handIn(
  work: Casework,
  intake: Intake,
  sender: Sender,
  repetition: string,
  text: string,
): Promise<HandedInEnds> {
  const one: HandingIn = { key: sender.key, repetition, bodyHash: work.world.hash(text), at: work.world.now() };
  const read = readFor(work, sender, text);
  const before = await intake.records.find(sender.key, repetition);
  if (before !== undefined && before.bodyHash !== one.bodyHash) return { is: 'another-body' };
  if (!read.ok) return { is: 'faults', faults: read.faults };
  const { content, measure } = read.value;
  const missing = completeness(content, measure, completenessFor(work, true));
  const found = before ?? (await open(work, intake, sender, one, read.value, text));
  return found === undefined
    ? { is: 'another-body' }
    : { is: 'acknowledged', reference: found.reference, at: found.at, missing };
}

type Read =
  | { readonly ok: true; readonly value: RequestFile }
  | { readonly ok: false; readonly faults: readonly FileFault[] };

/** The request, if it is one that this sender may hand in here. */
function readFor(work: Casework, { state }: Sender, text: string): Read {
  const read = parseRequestFile(text);
  if (!read.ok) return read;
  const { requestingState, requestedState, measure, instrument = null, content } = read.value;
  const own = work.office().state;
  const faults: FileFault[] = [];
  if (requestingState !== state)
    faults.push({ pointer: '/requestingState', detail: `must be ${state}, the State that the key is for` });
  if (requestedState !== own)
    faults.push({ pointer: '/requestedState', detail: `must be ${own}, whose office this is` });
  if (faults.length > 0) return { ok: false, faults };
  const draft = newDraft(work, { purpose: 'receive', channel: 'api', measure, otherState: state, instrument, content });
  const basis = basisFault(work, draft);
  return basis === undefined
    ? read
    : { ok: false, faults: [{ pointer: instrument === null ? '' : '/instrument', detail: basis }] };
}

/** Opens the case, or gives what the same handing in opened a moment ago; undefined where that one had another body. */
async function open(
  work: Casework,
  { records, reader }: Intake,
  sender: Sender,
  one: HandingIn,
  file: RequestFile,
  text: string,
): Promise<{ readonly reference: Reference; readonly at: Instant } | undefined> {
  const { measure, instrument = null, content } = file;
  const bytes = new TextEncoder().encode(text);
  const received = await receive(
    work,
    'clock',
    {
      direction: 'incoming',
      channel: 'api',
      sender: sender.office,
      measure,
      otherState: sender.state,
      instrument,
      content,
      documents: [{ name: 'request.json', mediaType: 'application/json', bytes }],
    },
    { also: [{ type: 'request.acknowledged' }], claim: one },
  );
  if (received) {
    reader.later(received.reference);
    return { reference: received.reference, at: received.receivedAt };
  }
  const other = await records.find(sender.key, one.repetition);
  return other?.bodyHash === one.bodyHash ? other : undefined;
}

/** How far a request is, as far as whoever sent it may know: what is decided, and whether it is secret, comes by letter. */
export type Progress = {
  readonly reference: Reference;
  readonly receivedAt: Instant;
  readonly acknowledgedAt: Instant | null;
  readonly status: 'received' | 'returned' | 'answered' | 'withdrawn' | 'closed';
  /** While it is returned: what is asked for, as `<why> <pointer>`. */
  readonly missing: readonly string[];
};

/** How far it is; undefined for whatever was not handed in by this sender, whether it is there or not. */
export async function progressOf(
  work: Casework,
  records: IntakeRecords,
  sender: Sender,
  reference: string,
): Promise<Progress | undefined> {
  if (!(await records.isOf(sender, reference))) return undefined;
  const file = await work.store.transaction('clock', (tx) => tx.load(reference as Reference));
  if (file === undefined) return undefined;
  const { receivedAt, request } = file;
  const status = statusOf(file);
  return {
    reference: file.reference,
    receivedAt,
    acknowledgedAt: request.acknowledgedAt,
    status,
    missing: status === 'returned' ? (request.returns.at(-1)?.missing ?? []) : [],
  };
}

function statusOf({ closed, request, letters }: CaseFile): Progress['status'] {
  if (request.withdrawn) return 'withdrawn';
  if (closed) return 'closed';
  if (letters.some(({ kind }) => kind === 'decision' || kind === 'refusal')) return 'answered';
  return isReturned(request) ? 'returned' : 'received';
}

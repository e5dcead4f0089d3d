// Use cases at the front desk: a file is read, a form handed in, a request acknowledged, returned, supplemented, tied to others, sent.

import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { may } from '../../domain/registry/policy.ts';
import * as requests from '../../domain/requests/decide.ts';
import {
  type FileFault,
  FORMAT,
  parseRequestFile,
  type RequestFile,
  writeRequestFile,
} from '../../domain/requests/file.ts';
import type { LinkKind } from '../../domain/requests/request.ts';
import { fingerprint, tieBetween } from '../../domain/requests/similar.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { Instant } from '../../kernel/instant.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { no, type Refusal } from '../../kernel/refusal.ts';
import { assessRequest } from '../assess-request.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { attach, type Begun, type FrontDesk, imagined, isBegun, keep, mayWrite, newDraft } from './drafts.ts';
import type { FileOf } from './file-ports.ts';
import type { Actor, Attached, Draft } from './ports.ts';
import { marksOf } from './project.ts';
import { asDocument, cameWith, openCase, type Received } from './receive.ts';

/** A file as somebody sent it; its kind is told from its first bytes and never from what its sender says. */
export type Uploaded = { readonly name: string; readonly bytes: Uint8Array };

const STARTS: readonly (readonly [string, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
  ['application/zip', [0x50, 0x4b, 0x03, 0x04]],
];
const BLANK = [0x20, 0x09, 0x0a, 0x0d];

/** What a file is by its first bytes; whatever else it may be stays unknown, and nothing opens it. */
export function mediaTypeOf(bytes: Uint8Array): string {
  const known = STARTS.find(([, start]) => start.every((byte, at) => bytes[at] === byte));
  if (known) return known[0];
  const [a, b, c] = bytes;
  const from = a === 0xef && b === 0xbb && c === 0xbf ? 3 : 0;
  const first = bytes.subarray(from, from + 64).find((byte) => !BLANK.includes(byte));
  return first === 0x7b ? 'application/json' : 'application/octet-stream';
}

/** A name that can stand on a page and in a header: no folders, nothing unseen, not endless. */
export const fileName = (name: string): string =>
  name
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu, '')
    .trim()
    .slice(0, 120) || 'file';

/** Puts a file down as it came: for a case that is there, under its seal where it has one. */
export async function putDown({ files }: Casework, { name, bytes }: Uploaded, of?: FileOf): Promise<Attached> {
  return { name: fileName(name), mediaType: mediaTypeOf(bytes), ...(await files.put(bytes, of)) };
}

/** A request file is far smaller; what is larger is no request, whatever is in it. */
const LARGEST_REQUEST = 1_048_576;

export type FileRead =
  | { readonly is: 'draft'; readonly draft: Draft }
  | { readonly is: 'faults'; readonly faults: readonly FileFault[] }
  /** Neither a request file nor a PDF with one inside: it must be keyed in. */
  | { readonly is: 'no-request' }
  | { readonly is: 'too-large' | 'not-allowed' }
  /** Addressed to another State's office. */
  | { readonly is: 'not-for-us'; readonly requestedState: string };

/** Reads an uploaded request file into a draft that can be looked at and registered. */
export async function readUpload(desk: FrontDesk, actor: Actor, uploaded: Uploaded): Promise<FileRead> {
  const isPdf = mediaTypeOf(uploaded.bytes) === 'application/pdf';
  const text = await textOf(desk, uploaded.bytes);
  if (text === null) return { is: 'no-request' };
  if (text === undefined) return { is: 'too-large' };
  if (!text.ok) return { is: 'faults', faults: text.faults };
  const read = parseRequestFile(text.value);
  if (!read.ok) return { is: 'faults', faults: read.faults };
  const { measure, requestingState, requestedState, instrument = null, content } = read.value;
  const own = desk.office().state;
  if (requestedState !== own && requestingState !== own) return { is: 'not-for-us', requestedState };
  const incoming = requestedState === own;
  const purpose = incoming ? 'receive' : 'draft';
  if (!mayWrite(actor, purpose)) return { is: 'not-allowed' };
  const draft = newDraft(desk, {
    purpose,
    channel: isPdf ? 'pdf' : 'file',
    measure,
    otherState: incoming ? requestingState : requestedState,
    instrument,
    content,
  });
  const basis = basisFault(desk, draft);
  if (basis !== undefined && instrument !== null)
    return { is: 'faults', faults: [{ pointer: '/instrument', code: 'instrument', detail: basis }] };
  const kept = await keep(desk, actor, attach(draft, await putDown(desk, uploaded)));
  return kept ? { is: 'draft', draft: kept } : { is: 'no-request' };
}

/** The JSON text of a file; null where there is none in it, undefined where there is too much. */
async function textOf(desk: FrontDesk, bytes: Uint8Array): Promise<Outcome<string> | null | undefined> {
  const type = mediaTypeOf(bytes);
  if (type === 'application/pdf') {
    const inside = await desk.readAttachment(bytes);
    return inside.ok ? (inside.value === null ? null : accept(inside.value)) : inside;
  }
  if (type !== 'application/json') return null;
  if (bytes.length > LARGEST_REQUEST) return undefined;
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** Why no assessment can be made of a request under this instrument today, in English; undefined where one can. */
export function basisFault({ law, office, world }: Casework, draft: Draft): string | undefined {
  if (!isBegun(draft) || draft.otherState === null) return undefined;
  const { state } = office();
  const [requestingState, requestedState] =
    draft.purpose === 'receive' ? [draft.otherState, state] : [state, draft.otherState];
  const { measure, instrument } = draft;
  const request = { instrument, requestingState, requestedState, receivedOn: world.today(), measure, facts: {} };
  const assessed = assessRequest(law.book, request, { policy: law.policy });
  return assessed.ok ? undefined : assessed.faults[0]?.detail;
}

/** How a form that opens a case ended, when it was handed in. */
export type HandedIn = Received | { readonly is: 'unread' } | { readonly is: 'no-basis' };

/** Opens the case of a draft, which is gone afterwards. A form is handed in once: the second time there is none. */
export async function register(desk: FrontDesk, actor: Actor, draft: Begun, version: number): Promise<HandedIn> {
  if (Object.keys(draft.unread).length > 0) return { is: 'unread' };
  if (draft.otherState === null || basisFault(desk, draft) !== undefined) return { is: 'no-basis' };
  const { purpose, channel, measure, otherState, instrument, content, documents } = draft;
  const direction = purpose === 'receive' ? 'incoming' : 'outgoing';
  const arriving = { direction, channel, measure, otherState, instrument, content, documents } as const;
  return openCase(desk, actor, arriving, (tx) => tx.dropDraft(draft.id, version));
}

/** Hands in the change of a case: a correction with its reason, or what the other side sent in addition. */
export async function handInChange(
  desk: FrontDesk,
  actor: Actor,
  draft: Draft,
  target: Target,
  reason: string,
): Promise<Acted> {
  const amending = draft.purpose === 'amend';
  const basedOn = draft.basedOn ?? 0;
  return act(desk, actor, amending ? 'request.amend' : 'request.supplement', target, async (file, at, tx) => {
    const documents = draft.documents.map((one) => asDocument(desk, actor.id, one, at));
    const decided = amending
      ? requests.amend(file.request, draft.content, reason, basedOn)
      : requests.supplement(file.request, draft.content, documents.map(cameWith), basedOn);
    if (!decided.ok) return decided;
    if (!(await tx.dropDraft(draft.id, draft.version))) return no('requests.draft-gone');
    if (!amending) for (const document of documents) await tx.addDocument(file.id, document);
    return decided;
  });
}

/** Lets a change go on over newer words than it was made from: whoever does it has read them. */
export const rebase = (desk: FrontDesk, actor: Actor, draft: Draft, file: CaseFile): Promise<Draft | undefined> =>
  keep(desk, actor, { ...draft, basedOn: file.request.contentVersion });

export const acknowledge = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'request.receive', target, (file) => requests.acknowledge(file.request));

/** `missing`: what is asked for, each as `<why> <pointer>`, such as `missing /offences/0/lawText`. */
export const returnRequest = (
  work: Casework,
  actor: Actor,
  target: Target,
  missing: readonly string[],
  text: string,
): Promise<Acted> =>
  act(work, actor, 'request.return', target, (file) => requests.sendBack(file.request, missing, text));

export const withdraw = (work: Casework, actor: Actor, target: Target, reason: string): Promise<Acted> =>
  act(work, actor, 'request.withdraw', target, (file) => requests.withdraw(file.request, reason));

/** Ties a case to another one that this person may see; what they may not see is as unknown as what is not there. */
export async function linkTo(
  work: Casework,
  actor: Actor,
  target: Target,
  reference: string,
  kind: LinkKind,
): Promise<Acted> {
  if (!may(actor.roles, 'request.link')) return { is: 'not-allowed' };
  const other = await work.store.read(actor.id, reference as Reference, 'link');
  if (other === undefined) return { is: 'refused', refusals: unknownLink };
  return act(work, actor, 'request.link', target, (file) =>
    requests.link(file.request, other.reference, kind, file.reference),
  );
}
const unknownLink: readonly Refusal[] = [{ code: 'requests.link-unknown' }];

/** Marks a request of ours as sent. Whoever does it has proved anew who they are, over `sendingHash`. */
export const send = (work: Casework, actor: Actor, target: Target): Promise<Acted> =>
  act(work, actor, 'request.send', target, (file) => requests.send(file.request));

/** The name of exactly this sending: what is sent, and of which case. */
export const sendingHash = ({ world }: Casework, file: CaseFile): string =>
  world.hash(canonicalJson({ act: 'request.send', reference: file.reference, file: requestFile(file) as Json }));

export const requestFile = (file: CaseFile): RequestFile => ({
  rogatory: FORMAT,
  measure: file.measure,
  requestingState: file.requestingState,
  requestedState: file.requestedState,
  ...(file.instrument === null ? {} : { instrument: file.instrument }),
  content: file.request.content,
});
/** The request as the file that another office can read (RFC 8785). */
export const requestFileText = (file: CaseFile): string => writeRequestFile(requestFile(file));

/** Another case that has something in common with this one. People tie them together; software only points. */
export type Alike = {
  readonly reference: Reference;
  readonly tie: 'duplicate' | 'follow-up' | 'related';
  readonly requestingState: string;
  readonly measure: string;
  readonly receivedAt: Instant;
};
const CLOSEST = ['duplicate', 'follow-up', 'related'] as const;
/** More than this is a pattern for a search, and no list for a desk. */
const MOST_ALIKE = 8;

/** Cases with an account, a file number or all in common, the closest first; none for who may not tie cases together. */
export async function alike(work: Casework, actor: Actor, file: CaseFile): Promise<readonly Alike[]> {
  if (!may(actor.roles, 'request.link')) return [];
  const marks = marksOf(work, file);
  const found = await work.store.transaction(actor.id, (tx) => tx.alike(marks, file.id));
  const tied = new Set(file.request.links.map(({ reference }) => reference as string));
  const references = [...new Set(found.map(({ reference }) => reference))].filter((one) => !tied.has(one));
  const others = await Promise.all(
    references.slice(0, MOST_ALIKE).map((one) => work.store.read(actor.id, one, 'likeness')),
  );
  const own = printOf(file);
  return others
    .flatMap((other): Alike[] => {
      if (other === undefined) return [];
      const { reference, requestingState, measure, receivedAt } = other;
      const tie = tieBetween(own, printOf(other)) ?? tieBetween(printOf(other), own) ?? 'related';
      return [{ reference, tie, requestingState, measure, receivedAt }];
    })
    .sort((a, b) => CLOSEST.indexOf(a.tie) - CLOSEST.indexOf(b.tie));
}

export const alikeDraft = (work: Casework, actor: Actor, draft: Begun): Promise<readonly Alike[]> =>
  alike(work, actor, imagined(work, draft));

const printOf = ({ measure, requestingState, request }: CaseFile) =>
  fingerprint({ measure, requestingState, content: request.content });

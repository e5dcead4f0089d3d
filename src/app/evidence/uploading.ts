// Use cases of an upload: begun, taken part by part with each part's hash, gone on with after a break, and ended as an object.

import type { Receiving, Redacting } from '../../domain/evidence/decide.ts';
import { type Arrived, type ObjectId, objectOf } from '../../domain/evidence/evidence.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import { may } from '../../domain/registry/policy.ts';
import type { By } from '../../domain/registry/person.ts';
import { laterBy } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Casework } from '../casework/casework.ts';
import type { Acted, Target } from '../casework/act.ts';
import type { Actor } from '../casework/ports.ts';
import { receiveObject, redactObject } from './custody.ts';
import type { EvidencePorts, Upload } from './ports.ts';

type Ports = Pick<EvidencePorts, 'objects' | 'uploads'>;

/** One object has at most so many bytes. */
export const MOST_BYTES = 1_099_511_627_776;
/** So many uploads may one person have under way in a case. */
const MOST_UPLOADS = 20;
/** What nobody went on with for so many days is cleared away. */
const KEPT_DAYS = 7;

export type Begun =
  | { readonly is: 'begun'; readonly upload: Upload }
  | { readonly is: 'absent' | 'not-allowed' | 'too-large' | 'too-many' };

/** Begins an upload of so many bytes. Of the object nothing is said yet: its words come at the end, with its step. */
export async function beginUpload(
  work: Casework,
  { objects, uploads }: Ports,
  actor: Actor,
  reference: Reference,
  size: number,
): Promise<Begun> {
  if (!may(actor.roles, 'evidence.receive') && !may(actor.roles, 'evidence.redact')) return { is: 'not-allowed' };
  if (!Number.isSafeInteger(size) || size < 1 || size > MOST_BYTES) return { is: 'too-large' };
  const file = await work.store.read(actor.id, reference, 'evidence');
  if (file === undefined) return { is: 'absent' };
  if ((await uploads.ofCase(actor.id, file.id)).length >= MOST_UPLOADS) return { is: 'too-many' };
  const begunAt = work.world.now();
  const upload = { id: work.world.newId() as ObjectId, caseId: file.id, size, partSize: objects.partBytes, begunAt };
  await objects.begin(upload.id);
  await uploads.begin(actor.id, upload);
  return { is: 'begun', upload: { ...upload, at: 0 } };
}

export type Taken =
  /** `at`: how many bytes are there now. */
  | { readonly is: 'taken'; readonly at: number }
  /** The part does not begin where the last one ended. */
  | { readonly is: 'out-of-order'; readonly at: number }
  /** The bytes do not hash to what was said of them; sent again they may. */
  | { readonly is: 'damaged' }
  /** Other bytes were sent for this place before: it is another file. */
  | { readonly is: 'other-file' }
  | { readonly is: 'absent' };

/**
 * Takes a part. Its hash is put down before it is sealed, and bytes of another hash are refused for the same place for
 * ever: under one key no place is sealed from two different texts.
 */
export async function takePart(
  { objects, uploads }: Ports,
  actor: Actor,
  id: ObjectId,
  from: number,
  part: Uint8Array,
  said: { readonly sha256: string; readonly is: string },
): Promise<Taken> {
  const upload = await uploads.find(actor.id, id);
  if (upload === undefined) return { is: 'absent' };
  const { at, size, partSize } = upload;
  const last = from + part.length === size;
  if (from !== at || from + part.length > size || (!last && part.length !== partSize))
    return { is: 'out-of-order', at };
  if (said.sha256 !== said.is) return { is: 'damaged' };
  const no = from / partSize;
  if (!(await uploads.intend(actor.id, id, no, said.is))) return { is: 'other-file' };
  await objects.append(id, from, part, last);
  await uploads.written(actor.id, id, no);
  return { is: 'taken', at: from + part.length };
}

/** What somebody says of the file at the end of its upload. */
export type Named = { readonly upload: ObjectId; readonly name: string; readonly mediaType: string };

export type Ended = Acted | { readonly is: 'unfinished'; readonly at: number; readonly size: number };

/** Ends an upload as an object that came in. Where the step is refused the upload stays, so that nothing is sent twice. */
export const endReceiving = (
  work: Casework,
  ports: Ports,
  actor: Actor,
  target: Target,
  { upload, name, mediaType, ...said }: Receiving & Named,
): Promise<Ended> =>
  ended(work, ports, actor, target, { upload, name, mediaType }, (arrived) =>
    receiveObject(work, actor, target, { ...said, arrived }),
  );

/** Ends an upload as a redaction. */
export const endRedacting = (
  work: Casework,
  ports: Ports,
  actor: Actor,
  target: Target,
  { upload, name, mediaType, ...said }: Redacting & Named,
): Promise<Ended> =>
  ended(work, ports, actor, target, { upload, name, mediaType }, (arrived) =>
    redactObject(work, actor, target, { ...said, arrived }),
  );

async function ended(
  work: Casework,
  { objects, uploads }: Ports,
  actor: Actor,
  target: Target,
  { upload: id, name, mediaType }: Named,
  take: (arrived: Arrived) => Promise<Acted>,
): Promise<Ended> {
  const upload = await uploads.find(actor.id, id);
  const file = await work.store.read(actor.id, target.reference, 'evidence');
  if (upload === undefined || file === undefined || upload.caseId !== file.id) return { is: 'absent' };
  // Recorded before, by a process that ended right then.
  const known = objectOf(file.evidence, id) !== undefined;
  const { at, size } = upload;
  if (!known && at < size) return { is: 'unfinished', at, size };
  const acted: Acted = known
    ? { is: 'done', file }
    : await take({ object: id, name, mediaType, size, sha256: await objects.finish(id, size) });
  if (acted.is !== 'done') return acted;
  await uploads.drop(actor.id, id);
  // In a sealed case it goes under the seal after the step and not in it; what does not succeed now is tried again each minute.
  if (file.sealed) await work.files.follow();
  return acted;
}

/** Breaks an upload off. */
export async function dropUpload(
  work: Casework,
  { objects, uploads }: Ports,
  actor: Actor,
  id: ObjectId,
): Promise<boolean> {
  const upload = await uploads.find(actor.id, id);
  if (upload === undefined) return false;
  await uploads.drop(actor.id, id);
  if (!(await isRecorded(work, actor.id, upload))) await objects.drop(id);
  return true;
}

/** Whether an upload is an object of its case already: its bytes are evidence from then on, and nobody clears them away. */
async function isRecorded(
  { store }: Casework,
  by: By,
  { id, caseId }: Pick<Upload, 'id' | 'caseId'>,
): Promise<boolean> {
  const [received, redacted] = await Promise.all([
    store.history(by, caseId, 'evidence.received'),
    store.history(by, caseId, 'evidence.redacted'),
  ]);
  return [...received, ...redacted].some(({ event }) => 'object' in event && event.object === id);
}

/**
 * A file that comes with a form, of a length that shows at its end and is at most `most`: sealed part by part as it comes,
 * in memory of one part.
 */
export async function takeStream(
  work: Casework,
  ports: Ports,
  actor: Actor,
  reference: Reference,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  most: number,
  sha256Of: (bytes: Uint8Array) => string,
): Promise<Begun> {
  const begun = await beginUpload(work, ports, actor, reference, Math.min(most, MOST_BYTES));
  if (begun.is !== 'begun') return begun;
  const { id, partSize } = begun.upload;
  const part = new Uint8Array(partSize);
  let [at, used] = [0, 0];
  const send = async (): Promise<void> => {
    const bytes = part.subarray(0, used);
    const is = sha256Of(bytes);
    const taken = await takePart(ports, actor, id, at, bytes, { sha256: is, is });
    if (taken.is !== 'taken') throw new Defect(`a part of a form was not taken: ${taken.is}`);
    at += used;
    used = 0;
  };
  try {
    for await (const piece of source)
      for (let from = 0; from < piece.length; ) {
        // A part goes only once there is more: the last one is marked as such.
        if (used === partSize) await send();
        const taken = Math.min(partSize - used, piece.length - from);
        part.set(piece.subarray(from, from + taken), used);
        used += taken;
        from += taken;
      }
    const size = at + used;
    if (size === 0) throw new Defect('an empty file was taken for one');
    await ports.uploads.ends(actor.id, id, size);
    await send();
    return { is: 'begun', upload: { ...begun.upload, size, at } };
  } catch (error) {
    await dropUpload(work, ports, actor, id);
    throw error;
  }
}

/** Clears away what was begun and left. */
export async function clearUploads(work: Casework, { objects, uploads }: Ports): Promise<number> {
  const gone = await uploads.dropOlder(laterBy(work.world.now(), -KEPT_DAYS));
  for (const upload of gone) if (!(await isRecorded(work, 'clock', upload))) await objects.drop(upload.id);
  return gone.length;
}

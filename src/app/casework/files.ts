// Files of cases: in the clear, or under the seal of their case. What is sealed is on the disk before what was clear goes, and
// the other way round, so that whenever the machine stops each file can be read by whoever may read it.

import type { CaseId } from '../../domain/docket/case-file.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { FileOf, FileRecords, ObjectSeals, PlainFiles, SealedFiles } from './file-ports.ts';
import type { FilesFailed, FileStore } from './ports.ts';

export type FileParts = {
  readonly plain: PlainFiles;
  readonly sealed: SealedFiles;
  readonly objects: ObjectSeals;
  readonly records: FileRecords;
};

/** How many cases, and how many files, one round looks at. */
const ROUND = 200;

/** One store over both: whoever asks for a file of a case gets it opened if they may open the case. */
export function caseFiles(parts: FileParts): FileStore {
  const { plain, sealed, objects, records } = parts;
  return {
    put: async (bytes, of) => {
      const key = of && (await records.keyOf(of));
      if (of === undefined || !key) {
        const there = await plain.put(bytes);
        await records.leave(there.sha256);
        return there;
      }
      const kept = plain.nameOf(bytes);
      await sealed.put(key, of.caseId, kept.sha256, [bytes]);
      return kept;
    },
    get: async (sha256, of) => {
      const key = of && (await records.keyOf(of));
      if (of !== undefined && key === undefined) return undefined;
      const stream = of && key ? await sealed.stream(key, of.caseId, sha256) : undefined;
      // A case that was sealed a moment ago may have it in the clear yet.
      if (stream === undefined) return plain.get(sha256);
      return whole(stream);
    },
    openAll: async (of) => {
      const key = await records.keyOf(of);
      if (!key) return;
      // First on record: where the machine stops, or the seal stays after all, a later round clears up.
      await records.moving(of);
      for (const sha256 of await records.hashesOf(of)) {
        const stream = await sealed.stream(key, of.caseId, sha256);
        if (stream !== undefined) await plain.putStream(sha256, stream);
      }
    },
    bare: async (of, ids) => {
      const key = await records.keyOf(of);
      if (key) for (const id of ids) await objects.bare(id, key);
    },
    follow: async () => {
      const failed: FilesFailed['failed'][number][] = [];
      const each = async <T extends string>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
        for (const what of all) await work(what).catch((error: unknown) => void failed.push({ what, error }));
      };
      await records.alone(async () => {
        await each(await records.toMove(ROUND), (id) => moveFiles(parts, id));
        await each(await records.left(ROUND), (sha256) => clearAway(parts, sha256));
      });
      return { failed };
    },
  };
}

/** Puts the files of one case where its seal wants them. */
async function moveFiles({ plain, sealed, objects, records }: FileParts, caseId: CaseId): Promise<void> {
  const of: FileOf = { by: 'clock', caseId };
  const key = await records.keyOf(of);
  const hashes = await records.hashesOf(of);
  if (!key) {
    for (const sha256 of hashes)
      if ((await plain.stream(sha256)) === undefined)
        throw new Defect(`the file ${sha256} of the case ${caseId} is gone`);
    await sealed.drop(caseId);
    await records.moved(caseId, false, []);
    return;
  }
  for (const sha256 of hashes) {
    if (await sealed.has(key, caseId, sha256)) continue;
    const stream = await plain.stream(sha256);
    if (stream === undefined) throw new Defect(`the file ${sha256} of the case ${caseId} is gone`);
    await sealed.put(key, caseId, sha256, stream);
  }
  await records.moved(caseId, true, hashes, async (ids) => {
    for (const id of ids) await objects.shut(id, key);
  });
}

/** Takes a file away that nobody needs in the clear; what is still fresh is looked at again in the next round. */
async function clearAway({ plain, records }: FileParts, sha256: string): Promise<void> {
  if ((await records.isNeededPlain(sha256)) || (await plain.remove(sha256))) await records.forgetLeft(sha256);
}

async function whole(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    length += piece.length;
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

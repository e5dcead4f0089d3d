// The files of sealed cases, each under the key of its case: on the disk neither their bytes nor their hashes can be read.

import { createHmac } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SealedFiles } from '../../app/casework/file-ports.ts';
import type { CaseId } from '../../domain/docket/case-file.ts';
import { Defect } from '../../kernel/outcome.ts';
import { openStream, sealStream } from '../keys/sealed-stream.ts';
import { absent, piecesOf, syncFolder, writeDurably } from './durable.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NAME_LETTERS = 40;

/** Keeps files below `folder`, which is made when the first one comes; a folder for each case. */
export function sealedFiles(folder: string): SealedFiles {
  const folderOf = (id: CaseId): string => {
    if (!UUID.test(id)) throw new Defect('the files of no case are asked for');
    return join(folder, id);
  };
  /** With the name in hand nobody can tell whether a file they have too is among them. */
  const placeOf = (key: Uint8Array, id: CaseId, sha256: string): string =>
    join(folderOf(id), createHmac('sha256', key).update(nameOf(id, sha256)).digest('hex').slice(0, NAME_LETTERS));
  return {
    has: async (key, id, sha256) => (await stat(placeOf(key, id, sha256)).catch(absent)) !== undefined,
    put: (key, id, sha256, bytes) =>
      writeDurably(folder, placeOf(key, id, sha256), sealStream(key, nameOf(id, sha256), bytes)),
    stream: async (key, id, sha256) => {
      const place = placeOf(key, id, sha256);
      if ((await stat(place).catch(absent)) === undefined) return undefined;
      return openStream(key, nameOf(id, sha256), piecesOf(place));
    },
    drop: async (id) => {
      if ((await readdir(folderOf(id)).catch(absent)) === undefined) return;
      await rm(folderOf(id), { recursive: true, force: true });
      await syncFolder(folder);
    },
  };
}

/** Bound to the bytes: what was sealed for one case, or as one file, does not open as another. */
const nameOf = (id: CaseId, sha256: string): string => `${id}:${sha256}`;

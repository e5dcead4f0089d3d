// Headers of objects of sealed cases: an age file opens by its header, so that of a sealed case lies apart, under the key of the
// case, and where it stood are zeros. Attacker: runs the node, and holds its disk and the key of its evidence.

import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectSeals } from '../../app/casework/file-ports.ts';
import type { ObjectId } from '../../domain/evidence/evidence.ts';
import { Defect } from '../../kernel/outcome.ts';
import { absent, syncFolder, writeDurably } from '../files/durable.ts';
import { openUnder, sealUnder } from '../keys/aead.ts';
import { readHeader } from './age.ts';

const NAME = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const sealedAs = (id: ObjectId): string => `evidence-header:${id}`;

/** Where an object lies. */
export function objectPath(folder: string, id: ObjectId): string {
  if (!NAME.test(id)) throw new Defect('an object has an id of another form');
  return join(folder, `${id}.age`);
}
/** Where its header lies while its case is sealed. */
export const headerPath = (folder: string, id: ObjectId): string => objectPath(folder, id).replace(/age$/, 'header');

/** The header of an object that lies apart from it; undefined where it stands in the object. */
export async function headerApart(folder: string, id: ObjectId, key: Uint8Array): Promise<Uint8Array | undefined> {
  const sealed = await readFile(headerPath(folder, id)).catch(absent);
  return sealed && openUnder(key, sealedAs(id), sealed);
}

/** Takes headers away from the objects below `folder`, and puts them back. Wherever the machine stops, each can be done again. */
export function objectSeals(folder: string): ObjectSeals {
  return {
    shut: async (id, key) => {
      let header = await headerApart(folder, id, key);
      if (header === undefined) {
        header = await headerWithin(objectPath(folder, id));
        await writeDurably(folder, headerPath(folder, id), [sealUnder(key, sealedAs(id), header)]);
      }
      // Only now is it gone from where it stood.
      await write(objectPath(folder, id), Buffer.alloc(header.length));
    },
    bare: async (id, key) => {
      const header = await headerApart(folder, id, key);
      if (header === undefined) return;
      await write(objectPath(folder, id), header);
      await rm(headerPath(folder, id));
      await syncFolder(folder);
    },
  };
}

async function headerWithin(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  const { header, rest } = await readHeader(file.createReadStream());
  // What is behind the header is let go, and the file with it.
  for await (const _ of rest) break;
  return header;
}

async function write(path: string, header: Uint8Array): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.write(header, 0, header.length, 0);
    await file.sync();
  } finally {
    await file.close();
  }
}

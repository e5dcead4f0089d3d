// A checkpoint (C2SP tlog-checkpoint): the three lines that say how large a log is and what its root is, signed.

import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { fromBase64, parseCount, toBase64 } from './bytes.ts';
import { HASH_BYTES } from './merkle.ts';
import { type Head, type Note, parseNote } from './note.ts';

export type Checkpoint = Head & { readonly note: Note };

/** The text of a checkpoint without signatures. */
export const checkpointText = ({ origin, size, root }: Head): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** Reads the text of a checkpoint. Lines beyond the third are allowed and say nothing that anybody can check. */
export function parseHead(text: string, pointer = ''): Outcome<Head> {
  const no = (detail: string) => refuse({ pointer, detail });
  const [origin = '', sizeLine = '', rootLine = '', ...rest] = text.split('\n');
  const size = parseCount(sizeLine);
  const root = fromBase64(rootLine);
  if (origin === '') return no('must begin with the name of a log');
  if (size === undefined) return no('must have the size of the tree in its second line, in decimal');
  if (root?.length !== HASH_BYTES) return no('must have the root of the tree in its third line, 32 bytes in base64');
  if (rest.pop() !== '' || rest.includes('')) return no('must end after its last line, without empty ones');
  return accept({ origin, size, root });
}

/** Reads a signed checkpoint; that its signatures hold is for the reader to find out. */
export function parseCheckpoint(text: string, pointer = ''): Outcome<Checkpoint> {
  const note = parseNote(text, pointer);
  if (!note.ok) return note;
  const head = parseHead(note.value.text, pointer);
  return head.ok ? accept({ ...head.value, note: note.value }) : head;
}

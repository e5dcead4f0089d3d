// A form with a file of any size, read as it comes (multipart/form-data, RFC 7578): memory holds one piece of the file and the fields.
// Attacker: sends fields without end, a boundary that never comes, more than may be sent, or a form that is not ours.

import type { StreamedForm } from './form-in-parts.ts';

/** More was sent than may be. */
export class TooMuch extends Error {}
/** It is no form, or it ends too early. */
export class Unreadable extends Error {}

const MOST_HEAD = 8_192;
const MOST_FIELDS = 1_048_576;
const HEAD_END = Buffer.from('\r\n\r\n');

type Part = { readonly name: string; readonly file: { name: string; type: string } | undefined };

/** At most so many bytes of `body` are read. */
export function streamedForm(body: AsyncIterable<Uint8Array>, boundary: string, most: number): StreamedForm {
  const parts = partsOf(counted(body, most), boundary);
  const fields: { [name: string]: string[] } = Object.create(null);
  let room = MOST_FIELDS;
  async function field({ name }: Part, bytes: AsyncIterable<Uint8Array>): Promise<string> {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) {
      room -= piece.length;
      if (room < 0) throw new TooMuch();
      pieces.push(Uint8Array.from(piece));
    }
    const value = new TextDecoder().decode(Buffer.concat(pieces));
    fields[name] = [...(fields[name] ?? []), value];
    return value;
  }
  return {
    first: async (name) => {
      const next = await parts.next();
      if (next.done || next.value.part.name !== name || next.value.part.file) return '';
      return field(next.value.part, next.value.bytes);
    },
    read: async (take) => {
      let taken = false;
      for await (const { part, bytes } of parts) {
        if (!part.file) {
          await field(part, bytes);
          continue;
        }
        const some = await notEmpty(bytes);
        if (some && !taken) {
          taken = true;
          await take({ ...part.file, bytes: some });
        }
      }
      return fields;
    },
  };
}

async function* counted(body: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Buffer> {
  let left = most;
  const pieces = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await pieces.next().catch(() => {
      throw new Unreadable('the connection broke off');
    });
    if (next.done) return;
    left -= next.value.length;
    if (left < 0) throw new TooMuch();
    yield Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
  }
}

/** The same bytes, if there are any: a field for a file that was left empty is a part without any. */
async function notEmpty(bytes: AsyncGenerator<Uint8Array>): Promise<AsyncIterable<Uint8Array> | undefined> {
  const first = await bytes.next();
  if (first.done) return undefined;
  return (async function* () {
    yield first.value;
    yield* bytes;
  })();
}

/** Each part with its bytes. What of a part was not read is passed over. */
async function* partsOf(source: AsyncGenerator<Buffer>, boundary: string) {
  // The first boundary may begin the form; each other one begins a line.
  const mark = Buffer.from(`\r\n--${boundary}`);
  let kept: Buffer = Buffer.from('\r\n');
  const more = async (): Promise<void> => {
    const next = await source.next();
    if (next.done) throw new Unreadable();
    kept = kept.length === 0 ? next.value : Buffer.concat([kept, next.value]);
  };
  /** Everything up to the mark, which is taken away; given out as soon as it cannot be part of one. */
  async function* upTo(end: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = kept.indexOf(end);
      const sure = at === -1 ? Math.max(0, kept.length - end.length + 1) : at;
      const piece = kept.subarray(0, sure);
      kept = kept.subarray(at === -1 ? sure : at + end.length);
      if (piece.length > 0) yield piece;
      if (at !== -1) return;
      await more();
    }
  }
  for await (const _ of upTo(mark));
  for (;;) {
    while (kept.length < 2) await more();
    if (kept.subarray(0, 2).toString('latin1') === '--') {
      for await (const _ of source);
      return;
    }
    const head: Buffer[] = [];
    let length = 0;
    for await (const piece of upTo(HEAD_END)) {
      length += piece.length;
      if (length > MOST_HEAD) throw new Unreadable();
      head.push(Buffer.from(piece));
    }
    const part = partFrom(Buffer.concat(head).toString('utf8'));
    const bytes = upTo(mark);
    yield { part, bytes };
    for await (const _ of bytes);
  }
}

function partFrom(head: string): Part {
  const line = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const said = line('content-disposition');
  const of = (what: string): string | undefined =>
    // As browsers write them (HTML, multipart/form-data encoding algorithm).
    new RegExp(`;\\s*${what}="([^"]*)"`, 'i')
      .exec(said)?.[1]
      ?.replace(/%22|%0D|%0A/gi, (one) => decodeURIComponent(one));
  const name = of('name');
  if (!/^form-data\b/i.test(said) || name === undefined) throw new Unreadable();
  const file = of('filename');
  return { name, file: file === undefined ? undefined : { name: file, type: line('content-type') } };
}

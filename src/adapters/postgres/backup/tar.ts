// Archives that any `tar` reads (POSIX.1-2017 ustar), written and read as streams of any length.

import { Defect } from '../../../kernel/outcome.ts';

const BLOCK = 512;
/** Eleven octal digits; above that the size is binary, as GNU and BSD tar have it. */
const LARGEST_OCTAL = 8 ** 11 - 1;

/** The header of a plain file that only its owner may read. */
export function tarHeader(name: string, size: number, seconds: number): Buffer {
  if (Buffer.byteLength(name) > 100) throw new Defect(`too long for an archive: ${name}`);
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number): void =>
    void header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  header.write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  if (size <= LARGEST_OCTAL) octal(size, 124, 12);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  octal(seconds, 136, 12);
  header.write('0ustar\x0000', 156, 'latin1');
  header.fill(' ', 148, 156);
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** What fills the last block of a file of this size. */
export const tarPadding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** The two empty blocks that end an archive. */
export const TAR_END: Buffer = Buffer.alloc(2 * BLOCK);

const sumOf = (header: Buffer): number => header.reduce((sum, byte) => sum + byte, 0);

export type TarEntry = {
  readonly name: string;
  /** What it is, as the header says: `0` for a plain file, others for links, folders, devices. */
  readonly type: string;
  readonly size: number;
  /** The content, to be read to its end before the next entry is asked for. */
  readonly body: AsyncIterable<Buffer>;
};

/** Thrown by the reader: the bytes are no archive, or end too soon. */
export class TornArchive extends Error {
  override readonly name = 'TornArchive';
}

/** The entries of an archive. `seen` is told of every byte before it is interpreted. */
export async function* readTar(
  bytes: AsyncIterable<Uint8Array>,
  seen: (bytes: Buffer) => void,
): AsyncGenerator<TarEntry> {
  const source = new Source(bytes, seen);
  for (;;) {
    const header = await source.take(BLOCK);
    if (header.every((byte) => byte === 0)) {
      await source.take(BLOCK);
      if (!(await source.atEnd())) throw new TornArchive('something follows the end');
      return;
    }
    const sum = Number.parseInt(header.toString('latin1', 148, 156), 8);
    if (sumOf(Buffer.concat([header.subarray(0, 148), Buffer.alloc(8, ' '), header.subarray(156)])) !== sum)
      throw new TornArchive('a header is damaged');
    const size =
      header[124] === 0x80
        ? Number(header.readBigUInt64BE(128))
        : Number.parseInt(header.toString('latin1', 124, 136), 8);
    if (!Number.isSafeInteger(size) || size < 0) throw new TornArchive('a header gives no size');
    // The second half of a long name; nothing that is written here has one.
    if (header[345] !== 0) throw new TornArchive('a name is longer than any here');
    const end = header.indexOf(0);
    const name = header.toString('utf8', 0, Math.min(end === -1 ? 100 : end, 100));
    yield { name, type: header.toString('latin1', 156, 157), size, body: source.stream(size) };
    await source.take(tarPadding(size).length);
  }
}

/** Bytes in pieces of whatever length, taken in the lengths that are asked for. */
class Source {
  private readonly bytes: AsyncIterator<Uint8Array>;
  private readonly seen: (bytes: Buffer) => void;
  private rest = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Uint8Array>, seen: (bytes: Buffer) => void) {
    this.bytes = bytes[Symbol.asyncIterator]();
    this.seen = seen;
  }

  private async more(): Promise<boolean> {
    const next = await this.bytes.next();
    if (!next.done) this.rest = Buffer.concat([this.rest, next.value]);
    return !next.done;
  }

  async take(length: number): Promise<Buffer> {
    while (this.rest.length < length) if (!(await this.more())) throw new TornArchive('it ends too soon');
    return this.cut(length);
  }

  async *stream(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.rest.length === 0 && !(await this.more())) throw new TornArchive('it ends too soon');
      const piece = this.cut(Math.min(left, this.rest.length));
      left -= piece.length;
      if (piece.length > 0) yield piece;
    }
  }

  async atEnd(): Promise<boolean> {
    while (this.rest.length === 0) if (!(await this.more())) return true;
    return false;
  }

  private cut(length: number): Buffer {
    const piece = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    this.seen(piece);
    return piece;
  }
}

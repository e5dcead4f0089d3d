// Bytes from files and pipes as text, bounded: no line and no input may grow without end, and bad UTF-8 is said, not replaced.

import { closeSync, createReadStream, fstatSync, openSync, type ReadStream } from 'node:fs';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

const fault = (detail: string) => refuse({ pointer: '', detail });
const decode = (bytes: Uint8Array): Outcome<string> => {
  try {
    return accept(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fault('is not valid UTF-8 text');
  }
};

/** Everything a stream has to give, unless it is more than `limit` bytes. */
export async function readAll(stream: AsyncIterable<Uint8Array | string>, limit: number): Promise<Outcome<string>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > limit) return fault(`is more than ${limit} bytes`);
    chunks.push(bytes);
  }
  return decode(Buffer.concat(chunks));
}

/** A file of any size, opened to be read as a stream, or why it cannot be. */
export function openFile(path: string): Outcome<ReadStream> {
  try {
    const fd = openSync(path, 'r');
    if (!fstatSync(fd).isDirectory()) return accept(createReadStream(path, { fd }));
    closeSync(fd);
    return fault('is a folder, not a file');
  } catch (error) {
    return fault((error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read');
  }
}

/** The lines of a stream of any length; a line over `limit` bytes is a fault in its place and is skipped to its end. */
export async function* boundedLines(
  stream: AsyncIterable<Uint8Array | string>,
  limit: number,
): AsyncGenerator<Outcome<string>> {
  let kept: Uint8Array[] = [];
  let size = 0;
  const finish = (): Outcome<string> => {
    const line = size > limit ? fault(`the line is more than ${limit} bytes`) : decode(Buffer.concat(kept));
    kept = [];
    size = 0;
    return line;
  };
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size <= limit) kept.push(bytes);
    else kept = [];
  };
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      let from = 0;
      for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
        keep(bytes.subarray(from, end));
        yield finish();
        from = end + 1;
      }
      if (from < bytes.length) keep(bytes.subarray(from));
    }
  } catch {
    yield fault('the rest cannot be read');
    return;
  }
  if (size > 0) yield finish();
}

// Seals or opens so many bytes in a process of its own and prints the seconds of a processor it took and how much memory it ever held.

import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { openAge, openerFor, sealAge } from '../../src/adapters/evidence/age.ts';

const [what = '', size = '0', key = '', file = ''] = process.argv.slice(2);
const PIECE = Buffer.alloc(1_048_576, 'evidence ');

async function* made(bytes: number): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= PIECE.length) yield left < PIECE.length ? PIECE.subarray(0, left) : PIECE;
}
async function through(source: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  for await (const piece of source) count += piece.length;
  return count;
}
const kept = () => createReadStream(file, { highWaterMark: PIECE.length });
const web = (source: AsyncIterable<Uint8Array>) => ReadableStream.from(source) as ReadableStream<Uint8Array>;

const WAYS: Record<string, () => Promise<number>> = {
  'seal-ours': () => through(sealAge(made(Number(size)), [key])),
  'open-ours': () => through(openAge(kept(), openerFor([key]))),
  'seal-package': async () => {
    const encrypter = new Encrypter();
    encrypter.addRecipient(key);
    return through((await encrypter.encrypt(web(made(Number(size))))) as never);
  },
  'open-package': async () => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(key);
    return through((await decrypter.decrypt(web(kept()))) as never);
  },
  /** Sealed to a file, for those that open it. */
  write: async () => {
    await pipeline(Readable.from(sealAge(made(Number(size)), [key])), createWriteStream(file));
    return Number(size);
  },
  /** Sealed and opened at once: what memory does over a length. */
  both: async () => {
    const [recipient = '', identity = ''] = key.split(' ');
    return through(openAge(sealAge(made(Number(size)), [recipient]), openerFor([identity])));
  },
};

const before = process.cpuUsage();
const bytes = (await WAYS[what]?.()) ?? 0;
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1_000_000;
process.stdout.write(JSON.stringify({ bytes, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));

// Reads the request out of a PDF that this system printed, in a child process that may do nothing else and does not live long.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ReadAttachment } from '../../app/letters/ports.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';

/** Larger than any letter with its attachment. */
const MOST_PDF_BYTES = 26_214_400;
/** The JSON, and the letter in front of it. */
const MOST_ANSWER_BYTES = 1_048_577;
const HEAP_MB = 96;
const LONGEST_MS = 10_000;
const AT_ONCE = 2;

const CHILD = fileURLToPath(new URL('./attachment-child.ts', import.meta.url));
/** What the child may read: itself, the parser, and the file that says that both are modules. Nothing may be written or called. */
const READABLE = [
  fileURLToPath(new URL('./embedded-json.ts', import.meta.url)),
  fileURLToPath(new URL('../../../package.json', import.meta.url)),
];
const RIGHTS = ['--permission', ...READABLE.map((file) => `--allow-fs-read=${file}`)];

const broken = (detail: string): Outcome<string | null> => refuse({ pointer: '', detail: `the file ${detail}` });

/** A reader. Tests put another program there that misbehaves, and give it less time (milliseconds). */
export function attachmentReader(child: string = CHILD, longest: number = LONGEST_MS): ReadAttachment {
  let running = 0;
  const queue: (() => void)[] = [];
  return async (pdf) => {
    if (pdf.byteLength > MOST_PDF_BYTES) return broken('is larger than 25 MB');
    if (running >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
    else running++;
    try {
      return await readIn(child, longest, pdf);
    } finally {
      // The place is handed on, or given up.
      const next = queue.shift();
      if (next) next();
      else running--;
    }
  };
}

function readIn(child: string, longest: number, pdf: Uint8Array): Promise<Outcome<string | null>> {
  return new Promise((done, failed) => {
    const opened = spawn(
      process.execPath,
      [...RIGHTS, `--allow-fs-read=${child}`, `--max-old-space-size=${HEAP_MB}`, child],
      { cwd: '/', env: {}, stdio: ['pipe', 'pipe', 'ignore'], timeout: longest, killSignal: 'SIGKILL' },
    );
    const chunks: Buffer[] = [];
    let size = 0;
    opened.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_ANSWER_BYTES) opened.kill('SIGKILL');
      else chunks.push(chunk);
    });
    // A child that is gone before it has read everything: how it ended says what to answer.
    opened.stdin.on('error', () => undefined);
    opened.on('error', failed);
    opened.on('close', (code) => done(code === 0 ? answerOf(Buffer.concat(chunks)) : broken('could not be read')));
    opened.stdin.end(pdf);
  });
}

function answerOf(bytes: Buffer): Outcome<string | null> {
  const rest = bytes.toString('utf8', 1);
  switch (bytes.toString('latin1', 0, 1)) {
    case 'J':
      return accept(rest);
    case 'N':
      return accept(null);
    case 'F':
      return broken(rest);
    default:
      return broken('could not be read');
  }
}

// Previews of evidence, made by a child that can reach nothing: no network, no file but programs, no more memory and time than
// it is given. What comes out is plain text or one PNG, whatever went in. Without a sandbox there is no preview.
// Attacker: whoever wrote the file, with a hole in a reader of pictures or PDF at hand. They get a process that can only print.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Preview, Previewer } from '../../app/evidence/ports.ts';

export type PreviewLimits = {
  readonly bwrap: string;
  readonly milliseconds: number;
  readonly memoryBytes: number;
  readonly inputBytes: number;
};
const LIMITS: PreviewLimits = {
  bwrap: '/usr/bin/bwrap',
  milliseconds: 15_000,
  memoryBytes: 512 * 1_048_576,
  inputBytes: 64 * 1_048_576,
};
const MOST_OUTPUT = 16 * 1_048_576;
const TEXT_BYTES = 65_536;
/** Pixels along the longer side. */
const LENGTH = 1_000;
const SHRINK = `pamscale -xyfit ${LENGTH} ${LENGTH} 2>/dev/null | pnmtopng 2>/dev/null`;

type Kind = { readonly run: string; readonly needs: readonly string[] };
/** What makes a picture of each kind; the programs are those of poppler and netpbm. */
const PICTURES: { readonly [mediaType: string]: Kind } = {
  'application/pdf': {
    run: `pdftoppm -png -f 1 -l 1 -singlefile -scale-to ${LENGTH} - 2>/dev/null`,
    needs: ['pdftoppm'],
  },
  'image/png': { run: `pngtopnm 2>/dev/null | ${SHRINK}`, needs: ['pngtopnm', 'pamscale', 'pnmtopng'] },
  'image/jpeg': { run: `jpegtopnm 2>/dev/null | ${SHRINK}`, needs: ['jpegtopnm', 'pamscale', 'pnmtopng'] },
  'image/gif': { run: `giftopnm 2>/dev/null | ${SHRINK}`, needs: ['giftopnm', 'pamscale', 'pnmtopng'] },
};
const TEXT: Kind = { run: 'iconv -c -f UTF-8 -t UTF-8', needs: ['iconv'] };
const IS_TEXT = /^(?:text\/[\w.+-]+|application\/(?:json|mbox|xml|x-ndjson)|message\/rfc822)$/;

/** Makes previews. Whether there is a sandbox is tried once. */
export function previewer(given: Partial<PreviewLimits> = {}): Previewer {
  const limits = { ...LIMITS, ...given };
  let tried: Promise<boolean> | undefined;
  const sandboxed = (): Promise<boolean> =>
    (tried ??= existsSync(limits.bwrap)
      ? inSandbox(limits, 'echo here', []).then((out) => out?.toString() === 'here\n')
      : Promise.resolve(false));
  return async (source, mediaType, size): Promise<Preview> => {
    const kind = IS_TEXT.test(mediaType) ? TEXT : Object.hasOwn(PICTURES, mediaType) ? PICTURES[mediaType] : undefined;
    if (kind === undefined) return { is: 'none', why: 'kind' };
    if (kind !== TEXT && size > limits.inputBytes) return { is: 'none', why: 'too-large' };
    if (!(await sandboxed())) return { is: 'none', why: 'no-sandbox' };
    if (!kind.needs.every((program) => existsSync(`/usr/bin/${program}`))) return { is: 'none', why: 'no-tool' };
    const out = await inSandbox(limits, kind.run, kind === TEXT ? firstOf(source, TEXT_BYTES) : source);
    if (out === undefined) return { is: 'none', why: 'failed' };
    if (kind === TEXT) return { is: 'text', text: printable(out), cut: size > TEXT_BYTES };
    return isPng(out) ? { is: 'pictures', pages: [out] } : { is: 'none', why: 'failed' };
  };
}

/** Runs a line of shell with nothing around it; undefined when it failed, took too long, or wrote too much. */
function inSandbox(
  { bwrap, milliseconds, memoryBytes }: PreviewLimits,
  line: string,
  input: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): Promise<Buffer | undefined> {
  const child = spawn(
    bwrap,
    [
      ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--clearenv'],
      ...['--setenv', 'PATH', '/usr/bin', '--setenv', 'LC_ALL', 'C.UTF-8'],
      ...['--ro-bind', '/usr', '/usr', '--symlink', 'usr/bin', '/bin', '--symlink', 'usr/lib', '/lib'],
      ...['--symlink', 'usr/lib64', '/lib64', '--ro-bind-try', '/etc/fonts', '/etc/fonts'],
      ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--chdir', '/tmp', '--'],
      ...['/usr/bin/prlimit', `--as=${memoryBytes}`, `--cpu=${Math.ceil(milliseconds / 1000)}`, '--nofile=64'],
      ...[`--fsize=${MOST_OUTPUT}`, '--core=0', '--', '/bin/sh', '-c', line],
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {} },
  );
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    let stopped = false;
    const stop = (): void => {
      stopped = true;
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop, milliseconds);
    child.on('error', () => resolve(undefined));
    child.stdout.on('data', (part: Buffer) => {
      size += part.length;
      if (size > MOST_OUTPUT) stop();
      else parts.push(part);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code === 0 && !stopped ? Buffer.concat(parts) : undefined);
    });
    pipeline(Readable.from(input, { objectMode: false }), child.stdin).catch((error: NodeJS.ErrnoException) => {
      // A reader that has seen enough closes its end; what was not read is no fault. An object that does not open is one.
      if (!ENOUGH.has(error.code ?? '')) stop();
    });
  });
}

const ENOUGH = new Set(['EPIPE', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE']);

async function* firstOf(source: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let left = length;
  for await (const part of source) {
    yield part.subarray(0, left);
    left -= part.length;
    if (left <= 0) return;
  }
}

/** Text without what could move a terminal or turn the direction of what stands around it. */
const printable = (bytes: Buffer): string =>
  new TextDecoder('utf-8')
    .decode(bytes)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '\ufffd');

const isPng = (bytes: Buffer): boolean =>
  bytes.length > 8 && bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex'));

// The verifier on a command line: reads what it is given, has verify.ts check it, and says in plain words what was proven and what was not.
//
//   node verify/command.ts log DIR-OR-URL [--policy FILE] [--since CHECKPOINT]
//   node verify/command.ts receipt|case|evidence|report FILE [--policy FILE]          --json for machines
//   node verify/command.ts report FILE --proofs FILE                                  with what oversight holds
//   node verify/command.ts sample FILE... [--policy FILE]                             what oversight drew
//
// Ends with 0 when what is claimed was proven, 1 when it was not (the first line says what and where), 2 on unusable input.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSample } from './sample.ts';
import {
  type Fetch,
  type Hashing,
  inWords,
  parsePolicy,
  Unusable,
  type Verdict,
  verifyCase,
  verifyEvidence,
  verifyLog,
  verifyReceipt,
  verifyReport,
} from './verify.ts';

export type Asked = {
  readonly what: 'log' | 'receipt' | 'case' | 'evidence' | 'report' | 'sample';
  /** A file; for the log a folder or an address. */
  readonly of: string;
  readonly policy?: string | undefined;
  /** For the log: a checkpoint of earlier. */
  readonly since?: string | undefined;
  /** For a report: the proofs of its figures. */
  readonly proofs?: string | undefined;
};

/** Checks what was asked for. Throws `Unusable` where the input is none. */
export async function check({ what, of, policy, since, proofs }: Asked): Promise<Verdict> {
  const trusted = policy === undefined ? undefined : parsePolicy(await words(policy));
  switch (what) {
    case 'log':
      return verifyLog(logAt(of), trusted, since === undefined ? undefined : await words(since));
    case 'receipt':
      return verifyReceipt(await words(of), trusted);
    case 'case':
      return verifyCase(await bytes(of), trusted);
    case 'evidence':
      return verifyEvidence(pieces(of), trusted, fastHashing);
    case 'report':
      return verifyReport(await bytes(of), trusted, proofs === undefined ? undefined : await bytes(proofs));
    case 'sample':
      return checkSample(await words(of), trusted);
  }
}

/** A package may be larger than memory: it is read as it lies on the disk, piece by piece. */
async function* pieces(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1_048_576 }) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new Unusable(`${path}: ${error instanceof Error && 'code' in error ? error.code : 'cannot be read'}`);
  }
}

/** SHA-256 of the platform, some ten times as fast as what verify.ts has to have of its own. */
const fastHashing: Hashing = () => {
  const hash = createHash('sha256');
  return { add: (data) => hash.update(data), end: () => hash.digest() };
};

async function bytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Unusable(`${path}: ${error instanceof Error && 'code' in error ? error.code : 'cannot be read'}`);
  }
}

const words = async (path: string): Promise<string> => new TextDecoder().decode(await bytes(path));

/** The files of a log in a folder, or under an address, where an absent one answers 404 (or 410, when it was pruned). */
function logAt(place: string): Fetch {
  if (!/^https?:\/\//.test(place)) return async (path) => readFile(join(place, ...path.split('/'))).catch(absent);
  return async (path) => {
    let answer: Response;
    try {
      answer = await fetch(`${place.replace(/\/$/, '')}/${path}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(30_000),
      });
    } catch {
      throw new Unusable(`${place} does not answer`);
    }
    if (answer.status === 404 || answer.status === 410) return undefined;
    if (!answer.ok) throw new Unusable(`${place}/${path} answers ${answer.status}`);
    return new Uint8Array(await answer.arrayBuffer());
  };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw new Unusable(`${error.path ?? ''}: ${error.code ?? 'cannot be read'}`);
}

/** What to print, and the status to end with. */
export async function answer(
  asked: Asked,
  json: boolean,
): Promise<{ readonly text: string; readonly status: 0 | 1 | 2 }> {
  try {
    const verdict = await check(asked);
    return { text: json ? machine(verdict) : plain(verdict), status: verdict.proven ? 0 : 1 };
  } catch (error) {
    // Bytes that the checks did not foresee say nothing either way; they are never a proof.
    const why = error instanceof Unusable ? error.message : `this input could not be read (${String(error)})`;
    return { text: json ? JSON.stringify({ unusable: why }) : `Unusable: ${why}`, status: 2 };
  }
}

/** The same of several files, each under its name; the worst of them is the status. */
export async function answers(
  asked: Omit<Asked, 'of'>,
  places: readonly string[],
  json: boolean,
): Promise<{ readonly text: string; readonly status: 0 | 1 | 2 }> {
  const each = [];
  for (const of of places) each.push({ of, ...(await answer({ ...asked, of }, json)) });
  const text = each.map((one) => (each.length === 1 || json ? one.text : `${one.of}: ${one.text}\n`)).join('\n');
  return {
    text,
    status: each.some(({ status }) => status === 2) ? 2 : each.some(({ status }) => status === 1) ? 1 : 0,
  };
}

function plain({ proven, wrong, shown, open }: Verdict): string {
  const part = (title: string, all: readonly Parameters<typeof inWords>[0][]) =>
    all.length === 0 ? [] : ['', title, ...all.map((one) => `  ${inWords(one)}`)];
  const [first] = wrong;
  return [
    proven ? 'PROVEN' : `NOT PROVEN: ${first === undefined ? '' : inWords(first)}`,
    ...part('Found wrong', wrong),
    ...part('Shown', shown),
    ...part('Left open', open),
  ].join('\n');
}

function machine({ proven, wrong, shown, open }: Verdict): string {
  const said = (all: readonly Parameters<typeof inWords>[0][]) => all.map((one) => ({ ...one, text: inWords(one) }));
  return JSON.stringify({ proven, wrong: said(wrong), shown: said(shown), open: said(open) });
}

if (import.meta.main) {
  const [what, ...rest] = process.argv.slice(2);
  const after = (name: string) => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
  const flags = rest.findIndex((word) => word.startsWith('--'));
  const places = flags < 0 ? rest : rest.slice(0, flags);
  const fits = what === 'sample' ? places.length > 0 : places.length === 1;
  if (!fits || !['log', 'receipt', 'case', 'evidence', 'report', 'sample'].includes(what ?? '')) {
    process.stderr.write(
      'node verify/command.ts log|receipt|case|evidence|report|sample WHAT [--policy FILE] [--since CHECKPOINT] [--proofs FILE] [--json]\n',
    );
    process.exitCode = 2;
  } else {
    const asked = {
      what: what as Asked['what'],
      policy: after('--policy'),
      since: after('--since'),
      proofs: after('--proofs'),
    };
    const { text, status } = await answers(asked, places, rest.includes('--json'));
    process.stdout.write(`${text}\n`);
    process.exitCode = status;
  }
}

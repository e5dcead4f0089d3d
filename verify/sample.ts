// Checks the draw of a sample, from the one file that oversight hands out, and believes nothing it says: docs/spec/sample.md.
// Run by command.ts: node verify/command.ts sample sample-3.json [--policy FILE]

import { createHash, createHmac } from 'node:crypto';
import {
  parseCheckpoint,
  parseReceipt,
  type Policy,
  type Said,
  Unusable,
  type Verdict,
  verifyReceipt,
} from './verify.ts';

type Step = {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  readonly previous: string | null;
  readonly body: string;
  readonly bodyHash: string;
  readonly salt: string;
  readonly commitment: string;
  readonly log: { readonly index: number; readonly receipt: string } | null;
};
type SampleFile = {
  readonly form: string;
  readonly id: string;
  readonly no: number;
  readonly steps: readonly Step[];
  readonly population: string;
  readonly seed: {
    readonly size: number;
    readonly root: string;
    readonly checkpoint: string;
    readonly consistency: readonly string[];
  } | null;
};

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Whom a population, a seed and a number give: each case by the smallest HMAC of its lots. */
export function draw(population: string, seed: string, count: number): string[] {
  const ranked = population
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [reference = '', id = '', lots = '1'] = line.split(' ');
      const ranks = Array.from({ length: Number(lots) }, (_, n) =>
        createHmac('sha256', Buffer.from(seed, 'hex'))
          .update(`${id} ${n + 1}`)
          .digest('hex'),
      );
      return { reference, rank: ranks.sort()[0] ?? '' };
    });
  return ranked
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ reference }) => reference);
}

const say = (key: Said['key'], facts: Said['facts'] = {}): Said => ({ key, facts });

/** Everything there is to check. Throws `Unusable` on what is no such file. */
export async function checkSample(text: string, policy?: Policy): Promise<Verdict> {
  const file = fileFrom(text);
  const [wrong, shown, open]: [Said[], Said[], Said[]] = [[], [], []];
  for (const [n, step] of file.steps.entries()) wrong.push(...(await stepFaults(file, n, step, policy)));
  const bodies = file.steps.map(({ body }) => JSON.parse(body));
  const [fixed] = bodies;
  const drawn = bodies.find(({ type }) => type === 'sample.drawn');
  if (fixed?.type !== 'sample.fixed' || fixed.id !== file.id || fixed.no !== file.no) wrong.push(say('sample.fixed'));
  if (bodies.filter(({ type }) => type === 'sample.drawn' || type === 'sample.fixed').length > 2)
    wrong.push(say('sample.again'));
  if (wrong.length === 0) shown.push(say('case.chained', { count: file.steps.length }));
  if (fixed?.seed === undefined) return { proven: false, wrong, shown, open };

  if (sha256(file.population) !== fixed.population?.sha256) wrong.push(say('sample.list'));
  else shown.push(say('sample.listed', { count: fixed.population.cases }));
  const { below, size } = fixed.seed;
  const place = file.steps[0]?.log ?? null;
  if (place === null) open.push(say('sample.unlogged'));
  else if (!(place.index < below && below < size)) wrong.push(say('sample.early', { index: place.index }));
  else shown.push(say('sample.seedLater', { index: place.index, size, later: size - below }));
  if (policy === undefined) open.push(say('sign.unknown'));

  if (drawn === undefined || file.seed === null) open.push(say('sample.undrawn'));
  else wrong.push(...drawFaults(file, fixed, drawn, file.seed, shown));
  open.push(say('sample.every'), say('sample.numbers', { no: file.no }));
  if (fixed.lock === null) open.push(say('sample.noSecret'));
  return { proven: wrong.length === 0, wrong, shown, open };
}

function fileFrom(text: string): SampleFile {
  let file: SampleFile;
  try {
    file = JSON.parse(text) as SampleFile;
  } catch {
    throw new Unusable('the file is not JSON');
  }
  if (file?.form !== 'rogatory/sample/v1' || !Array.isArray(file.steps))
    throw new Unusable('the file is not a sample, version 1');
  return file;
}

function drawFaults(
  file: SampleFile,
  fixed: { readonly seed: { readonly size: number }; readonly lock: string | null; readonly count: number },
  drawn: {
    readonly root: string;
    readonly secret: string;
    readonly seed: string;
    readonly drawn: readonly { reference: string }[];
  },
  tree: NonNullable<SampleFile['seed']>,
  shown: Said[],
): Said[] {
  const wrong: Said[] = [];
  const { size, root } = parseCheckpoint(tree.checkpoint);
  if (!(file.steps[0]?.log?.receipt.endsWith(tree.checkpoint) ?? false)) wrong.push(say('sample.checkpoint'));
  if (tree.size !== fixed.seed.size || tree.root !== drawn.root) wrong.push(say('sample.root'));
  else if (!continues(tree.size, size, tree.consistency, tree.root, Buffer.from(root).toString('hex')))
    wrong.push(say('sample.tree', { size, before: tree.size }));
  else shown.push(say('sample.rooted'));
  if (fixed.lock !== null && sha256(drawn.secret) !== fixed.lock) wrong.push(say('sample.secret'));
  if (sha256(`rogatory/sample/v1\n${file.id}\n${drawn.root}\n${drawn.secret}\n`) !== drawn.seed)
    wrong.push(say('sample.seed'));
  const own = draw(file.population, drawn.seed, fixed.count);
  const said = drawn.drawn.map(({ reference }) => reference);
  const cases = own.join(', ');
  if (own.join() !== said.join()) wrong.push(say('sample.others', { cases }));
  else shown.push(say('sample.drawn', { count: own.length, cases }));
  return wrong;
}

async function stepFaults(file: SampleFile, n: number, step: Step, policy?: Policy): Promise<Said[]> {
  const { seq, at, actor, type, previous, body, bodyHash, salt, commitment, log } = step;
  const wrong: Said[] = [];
  if (seq !== n + 1 || previous !== (file.steps[n - 1]?.commitment ?? null)) wrong.push(say('case.chain', { seq }));
  if (sha256(body) !== bodyHash || JSON.parse(body).type !== type) wrong.push(say('case.body', { seq, type }));
  const fields = [
    file.id,
    String(seq),
    Buffer.from(previous ?? '', 'hex'),
    at,
    actor,
    type,
    Buffer.from(bodyHash, 'hex'),
  ];
  const bytes = Buffer.concat([Uint8Array.of(1), ...fields.flatMap((one) => lengthAnd(Buffer.from(one as string)))]);
  const message = Buffer.concat([Buffer.from('rogatory/commit/v1'), ...lengthAnd(bytes)]);
  if (createHmac('sha256', Buffer.from(salt, 'hex')).update(message).digest('hex') !== commitment)
    wrong.push(say('case.commitment', { seq, type, at }));
  if (log === null) return wrong;
  const { index, extra } = parseReceipt(log.receipt);
  const verdict = await verifyReceipt(log.receipt, policy);
  const same = index === log.index && Buffer.from(extra.subarray(1, 33)).toString('hex') === commitment;
  if (!same || !verdict.proven) wrong.push(say('case.receipt', { seq }), ...verdict.wrong);
  return wrong;
}

const lengthAnd = (bytes: Buffer): Buffer[] => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};

/** Whether the tree of `from` entries is the beginning of that of `to` (RFC 9162, 2.1.4.2). Hashes are in hexadecimal. */
export function continues(from: number, to: number, proof: readonly string[], old: string, root: string): boolean {
  if (from === to) return proof.length === 0 && old === root;
  if (!(from > 0 && from < to)) return false;
  const node = (left: string, right: string): string => sha256(Buffer.from(`01${left}${right}`, 'hex'));
  const rest = [...proof];
  let [fn, sn] = [from - 1, to - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  const first = fn === 0 ? old : rest.shift();
  if (first === undefined) return false;
  let [was, is] = [first, first];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [was, is] = [node(hash, was), node(hash, is)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
    } else is = node(is, hash);
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && was === old && is === root;
}

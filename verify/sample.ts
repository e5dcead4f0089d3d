// Checks the draw of a sample, from the one file that oversight hands out, and believes nothing it says: docs/spec/sample.md.
//
//   node verify/sample.ts sample-3.json [--policy FILE]
//
// Ends with 0 when the draw was proven, 1 when it was not (the first line says what and where), 2 on unusable input.

import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inWords, parseCheckpoint, parsePolicy, parseReceipt, type Policy, verifyReceipt } from './verify.ts';

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
export type DrawChecked = {
  readonly wrong: readonly string[];
  readonly shown: readonly string[];
  readonly open: readonly string[];
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

/** Everything there is to check. Throws on what is no such file. */
export async function checkSample(text: string, policy?: Policy): Promise<DrawChecked> {
  const file = JSON.parse(text) as SampleFile;
  if (file.form !== 'rogatory/sample/v1') throw new Error('not a sample, version 1');
  const [wrong, shown, open]: [string[], string[], string[]] = [[], [], []];
  for (const [n, step] of file.steps.entries()) wrong.push(...(await stepFaults(file, n, step, policy)));
  const bodies = file.steps.map(({ body }) => JSON.parse(body));
  const [fixed] = bodies;
  const drawn = bodies.find(({ type }) => type === 'sample.drawn');
  if (fixed?.type !== 'sample.fixed' || fixed.id !== file.id || fixed.no !== file.no)
    wrong.push('The first step does not fix this sample.');
  if (bodies.filter(({ type }) => type === 'sample.drawn' || type === 'sample.fixed').length > 2)
    wrong.push('The sample was fixed or drawn more than once.');
  if (wrong.length === 0) shown.push(`All ${file.steps.length} steps open their commitments, in order.`);

  if (sha256(file.population) !== fixed?.population?.sha256)
    wrong.push('The list of cases is not the one whose hash was fixed.');
  else shown.push(`The list of ${fixed.population.cases} cases is the one that was fixed.`);
  const place = file.steps[0]?.log ?? null;
  if (place === null) open.push('The fixing is not in the public log yet.');
  else if (!(place.index < fixed.seed.below && fixed.seed.below < fixed.seed.size))
    wrong.push(`The fixing stands in the log as entry ${place.index}, where it could know its seed.`);
  else
    shown.push(
      `The fixing is entry ${place.index}; the seed is the root over ${fixed.seed.size} entries, ${fixed.seed.size - fixed.seed.below} of them of a later batch.`,
    );
  if (policy === undefined) open.push('Whose signatures stand under the checkpoint: give the policy that you trust.');

  if (drawn === undefined || file.seed === null) open.push('The sample was not drawn yet.');
  else wrong.push(...drawFaults(file, fixed, drawn, file.seed, shown));
  open.push(
    'That the list held every case: hold it against what is published.',
    `That no other sample was drawn and left out: ask for samples 1 to ${file.no}; their numbers have no gaps.`,
    ...(fixed?.lock === null ? ['That whoever runs the log did not try roots: no secret was locked in.'] : []),
  );
  return { wrong, shown, open };
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
  shown: string[],
): string[] {
  const wrong: string[] = [];
  const { size, root } = parseCheckpoint(tree.checkpoint);
  if (!(file.steps[0]?.log?.receipt.endsWith(tree.checkpoint) ?? false))
    wrong.push('The checkpoint of the seed is not the one under the receipts.');
  if (tree.size !== fixed.seed.size || tree.root !== drawn.root)
    wrong.push('The seed is not the root of the tree that was announced.');
  else if (!continues(tree.size, size, tree.consistency, tree.root, Buffer.from(root).toString('hex')))
    wrong.push(`The signed tree of ${size} entries does not continue the tree of ${tree.size} that gave the seed.`);
  else shown.push('The root that gave the seed is that of the public log.');
  if (fixed.lock !== null && sha256(drawn.secret) !== fixed.lock)
    wrong.push('The secret is not the one that was locked in.');
  if (sha256(`rogatory/sample/v1\n${file.id}\n${drawn.root}\n${drawn.secret}\n`) !== drawn.seed)
    wrong.push('The seed does not follow from root and secret.');
  const own = draw(file.population, drawn.seed, fixed.count);
  const said = drawn.drawn.map(({ reference }) => reference);
  if (own.join() !== said.join()) wrong.push(`Other cases were drawn than the seed gives: ${own.join(', ')}.`);
  else shown.push(`The seed gives the ${own.length} cases that were drawn: ${own.join(', ')}.`);
  return wrong;
}

async function stepFaults(file: SampleFile, n: number, step: Step, policy?: Policy): Promise<string[]> {
  const { seq, at, actor, type, previous, body, bodyHash, salt, commitment, log } = step;
  const wrong: string[] = [];
  if (seq !== n + 1 || previous !== (file.steps[n - 1]?.commitment ?? null))
    wrong.push(`Step ${seq} does not follow on the step before it.`);
  if (sha256(body) !== bodyHash || JSON.parse(body).type !== type) wrong.push(`The words of step ${seq} were changed.`);
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
    wrong.push(`The commitment of step ${seq} does not open to what is written there.`);
  if (log === null) return wrong;
  const { index, extra } = parseReceipt(log.receipt);
  const verdict = await verifyReceipt(log.receipt, policy);
  const same = index === log.index && Buffer.from(extra.subarray(1, 33)).toString('hex') === commitment;
  if (!same || !verdict.proven)
    wrong.push(
      `The receipt of step ${seq} does not prove it: ${verdict.wrong.map(inWords).join(' ') || 'it is of another entry.'}`,
    );
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

if (import.meta.main) {
  const [path = '', flag, policy] = process.argv.slice(2);
  try {
    const trusted = flag === '--policy' ? parsePolicy(readFileSync(policy ?? '', 'utf8')) : undefined;
    const { wrong, shown, open } = await checkSample(readFileSync(path, 'utf8'), trusted);
    const lines = (title: string, all: readonly string[]) =>
      all.length === 0 ? [] : ['', title, ...all.map((one) => `  ${one}`)];
    const first = wrong.length === 0 ? 'PROVEN' : `NOT PROVEN: ${wrong[0]}`;
    process.stdout.write(
      [first, ...lines('Found wrong', wrong), ...lines('Shown', shown), ...lines('Left open', open), ''].join('\n'),
    );
    process.exitCode = wrong.length === 0 ? 0 : 1;
  } catch (error) {
    process.stdout.write(`Unusable: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  }
}

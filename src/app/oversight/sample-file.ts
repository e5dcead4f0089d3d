// A sample as one file for whoever does not believe the office or its oversight: what was fixed, where the log holds it, the
// seed and who was drawn. docs/spec/sample.md; checked by verify/sample.ts.

import { sampleFrom } from '../../domain/oversight/evolve.ts';
import { may } from '../../domain/registry/policy.ts';
import { formatKey } from '../../transparency/note.ts';
import type { LogPlace, OpenedStep, PlacedStep } from '../casework/export-ports.ts';
import type { Actor } from '../casework/ports.ts';
import { receiptFor } from '../log/receipt.ts';
import type { OversightPorts } from './book-ports.ts';
import { type Shown, treeAt } from './seed.ts';

export type SampleFile = {
  readonly form: 'rogatory/sample/v1';
  readonly office: { readonly name: string; readonly state: string };
  readonly id: string;
  readonly no: number;
  readonly steps: readonly PlacedStep[];
  readonly population: string;
  /** Null until it was drawn. */
  readonly seed: ({ readonly size: number } & Shown) | null;
  readonly log: { readonly vkey: string };
};

/** The file of a sample; undefined where there is none. */
export async function sampleFile(ports: OversightPorts, actor: Actor, no: number): Promise<SampleFile | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const { book, log, work } = ports;
  const file = await book.find(actor.id, 'sample', no);
  if (file === undefined) return undefined;
  const sample = sampleFrom(file.steps);
  const { size } = sample.seed;
  const [opened, population] = await Promise.all([
    book.opened(actor.id, file.id),
    book.population(actor.id, sample.population.sha256),
  ]);
  const { steps, tree } = await underOneCheckpoint(ports, opened, sample.drawn === null ? null : size);
  const { name, state } = work.office();
  return {
    form: 'rogatory/sample/v1',
    office: { name, state },
    id: file.id,
    no,
    steps,
    population: population ?? '',
    seed: tree === undefined ? null : { size, ...tree },
    log: { vkey: formatKey(log.keys.log[0]) },
  };
}

/** The log may publish between two readings; then everything is read once more. */
const TRIES = 3;

/** Receipts and the tree of the seed all under one checkpoint, so that whoever checks one signature has checked them all. */
async function underOneCheckpoint(ports: OversightPorts, opened: readonly OpenedStep[], size: number | null) {
  for (let left = TRIES; ; left--) {
    const tree = size === null ? undefined : await treeAt(ports.log, size);
    const steps = await Promise.all(opened.map(async (step) => ({ ...step, log: await placeOf(ports, step) })));
    const one = steps.every(({ log }) => log === null || tree === undefined || log.receipt.endsWith(tree.checkpoint));
    if (one || left === 0) return { steps, tree };
  }
}

async function placeOf({ log }: OversightPorts, { commitment }: OpenedStep): Promise<LogPlace | null> {
  const receipt = await receiptFor(log, Uint8Array.fromHex(commitment));
  return receipt.ok ? receipt.value : null;
}

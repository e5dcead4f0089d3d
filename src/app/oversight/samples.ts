// Use cases of samples: fix who can be drawn, wait for the log, draw, look. What is drawn nobody chooses.

import { drawSample, fixSample, lookAt } from '../../domain/oversight/decide.ts';
import { type InDraw, lotsOf, populationText, type Risk, type SampleKind } from '../../domain/oversight/drawing.ts';
import { sampleFrom } from '../../domain/oversight/evolve.ts';
import { leftIn, type LookResult, type Sample, stageOf } from '../../domain/oversight/sample.ts';
import { may } from '../../domain/registry/policy.ts';
import type { Day } from '../../kernel/calendar.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import type { Actor } from '../casework/ports.ts';
import type { BookFile, OversightPorts } from './book-ports.ts';
import { countingOf, spanOf } from './counting.ts';
import { entryAt, publishedBy, treeAt } from './seed.ts';

export { leftIn, stageOf };

/** How an act in the book ended; what somebody may not do looks like what is not there. */
export type BookActed =
  | { readonly is: 'done'; readonly no: number }
  | { readonly is: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly is: 'absent' };

export const ended = (no: number, outcome: Outcome<unknown, Refusal> | undefined): BookActed => {
  if (outcome === undefined) return { is: 'absent' };
  return outcome.ok ? { is: 'done', no } : { is: 'refused', refusals: outcome.faults };
};

export type SampleAsked = {
  readonly kind: SampleKind;
  readonly purpose: string;
  readonly from: Day | null;
  readonly to: Day | null;
  readonly only: readonly Risk[];
  readonly count: number;
  readonly lock: string | null;
};

/** Who could be drawn, as it would be fixed now. */
export async function populationOf(
  ports: OversightPorts,
  actor: Actor,
  { kind, from, to, only }: Pick<SampleAsked, 'kind' | 'from' | 'to' | 'only'>,
): Promise<readonly InDraw[]> {
  const found = await ports.lists.inDraw(actor.id, {
    ...countingOf(ports.work),
    ...spanOf(ports.work, from, to),
    only,
  });
  return found.map((one) => ({ ...one, lots: lotsOf(kind, one.risks) }));
}

/** Fixes a sample: population, rule and the tree that will give the seed are committed to. */
export async function beginSample(ports: OversightPorts, actor: Actor, asked: SampleAsked): Promise<BookActed> {
  if (!may(actor.roles, 'oversight.record')) return { is: 'absent' };
  const { world } = ports.work;
  const id = world.newId();
  const cases = await populationOf(ports, actor, asked);
  const log = await logNow(ports);
  const begun = await ports.book.begin(actor.id, 'sample', { id, at: world.now() }, (number) => {
    const fixed = fixSample({ id, no: number, ...asked, cases, log }, world.hash);
    if (!fixed.ok || fixed.value.type !== 'sample.fixed') return fixed as Outcome<never, Refusal>;
    const { sha256 } = fixed.value.population;
    return accept({
      event: fixed.value,
      addressedTo: null,
      cases: [],
      population: { sha256, text: populationText(cases) },
    });
  });
  return begun.ok ? { is: 'done', no: begun.value } : { is: 'refused', refusals: begun.faults };
}

async function logNow({ log }: OversightPorts) {
  return { origin: log.keys.log[0].name, size: await log.entries.size(), places: log.cadence.places };
}

/** Draws it, from the tree that was announced and nothing else. */
export async function drawNow(ports: OversightPorts, actor: Actor, number: number, secret: string): Promise<BookActed> {
  if (!may(actor.roles, 'oversight.record')) return { is: 'absent' };
  const { book, work, hmac } = ports;
  const file = await book.find(actor.id, 'sample', number);
  if (file === undefined) return { is: 'absent' };
  const { seed, population } = sampleFrom(file.steps);
  const [entry, tree, text] = await Promise.all([
    entryAt(ports, actor, file),
    treeAt(ports.log, seed.size),
    book.population(actor.id, population.sha256),
  ]);
  const given = { entry, root: tree?.root ?? null, population: text ?? '', secret };
  const entered = await book.enter(actor.id, 'sample', number, work.world.now(), ({ steps }) =>
    drawSample(sampleFrom(steps), given, work.world.hash, hmac),
  );
  return ended(number, entered);
}

/** What was seen in one of the cases. */
export async function recordLook(
  { book, work }: OversightPorts,
  actor: Actor,
  number: number,
  look: { readonly reference: string; readonly result: LookResult; readonly note: string },
): Promise<BookActed> {
  if (!may(actor.roles, 'oversight.record')) return { is: 'absent' };
  const entered = await book.enter(actor.id, 'sample', number, work.world.now(), ({ steps }) =>
    lookAt(sampleFrom(steps), look),
  );
  return ended(number, entered);
}

export type SampleRead = {
  readonly sample: Sample;
  readonly file: BookFile;
  /** Where the log is on the way to the seed. */
  readonly log: { readonly entry: number | null; readonly published: number; readonly ready: boolean };
  readonly perSlot: { readonly seconds: number; readonly places: number };
};

export const samplesOf = async ({ book }: Pick<OversightPorts, 'book'>, actor: Actor): Promise<readonly Sample[]> =>
  (await book.all(actor.id, 'sample')).map(({ steps }) => sampleFrom(steps));

export async function readSample(ports: OversightPorts, actor: Actor, number: number): Promise<SampleRead | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const file = await ports.book.find(actor.id, 'sample', number);
  if (file === undefined) return undefined;
  const sample = sampleFrom(file.steps);
  const { cadence } = ports.log;
  const entry = await entryAt(ports, actor, file);
  const published = (await publishedBy(ports.log))?.size ?? 0;
  const ready = entry !== null && (entry >= sample.seed.below || published >= sample.seed.size);
  return {
    sample,
    file,
    log: { entry, published, ready },
    perSlot: { seconds: cadence.every, places: cadence.places },
  };
}

/** The population as it was hashed. */
export async function populationFile(
  { book }: Pick<OversightPorts, 'book'>,
  actor: Actor,
  number: number,
): Promise<string | undefined> {
  const file = await book.find(actor.id, 'sample', number);
  return file && book.population(actor.id, sampleFrom(file.steps).population.sha256);
}

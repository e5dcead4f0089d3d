// Use case: a person makes the report of a period that is over, after having seen what it will say. Nothing publishes by itself.

import { dayIn, instantOf, type Moment } from '../../domain/calendar/moment.ts';
import { may } from '../../domain/registry/policy.ts';
import { endedPeriods, type Period, periodOf, quartersOf } from '../../domain/reporting/period.ts';
import { type Fact, keyOf } from '../../domain/reporting/figures.ts';
import type { Counted } from '../../domain/reporting/sums.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Instant, startOfDay } from '../../kernel/instant.ts';
import { no } from '../../kernel/refusal.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { commitReport, figureProof, figureSalt } from '../../transparency/report.ts';
import { FIGURES_LEAST } from '../casework/office.ts';
import type { Actor, Office } from '../casework/ports.ts';
import type { Chance, Published, ReportStore, Span } from './ports.ts';
import type { StatisticsList } from './statistics-ports.ts';
import { countedAgain, type Drawn, draw, proofKey, type Report, stepsOf } from './report.ts';

export type ReportingPorts = {
  readonly store: ReportStore;
  readonly lists: readonly StatisticsList[];
  readonly office: () => Office;
  readonly now: () => Instant;
  readonly today: () => Day;
  readonly chance: Chance;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** The log that reports are committed to. */
  readonly log: { readonly origin: string; readonly every: number };
};

/** What somebody who may publish can choose from. */
export type Choice = { readonly period: Period; readonly published: boolean };

export async function choicesOf(ports: ReportingPorts, actor: Actor): Promise<readonly Choice[] | undefined> {
  if (!may(actor.roles, 'figures.publish')) return undefined;
  const first = await ports.store.first();
  if (first === null) return [];
  const published = new Set((await ports.store.all()).map(({ report }) => report.period.name));
  const since = dayIn(first, ports.office().settings.calendar.timeZone);
  return endedPeriods(since, ports.today()).map((period) => ({ period, published: published.has(period.name) }));
}

/** What a report of the period would say now. Nothing is kept. */
export async function preview(
  ports: ReportingPorts,
  actor: Actor,
  name: string,
): Promise<Outcome<{ period: Period; drawn: Drawn }, Refusal>> {
  const ready = await readyFor(ports, actor, name);
  if (!ready.ok) return ready;
  const { period } = ready.value;
  const drawn = await drawnOf(ports, period, false);
  return drawn === undefined ? no('reporting.unsafe') : accept({ period, drawn });
}

/** Publishes it: what a reader of the preview saw, unless a case changed in between. */
export async function publishReport(
  ports: ReportingPorts,
  actor: Actor,
  name: string,
): Promise<Outcome<Published, Refusal>> {
  const ready = await readyFor(ports, actor, name);
  if (!ready.ok) return ready;
  const { period, before } = ready.value;
  const drawn = await drawnOf(ports, period, true);
  if (drawn === undefined) return no('reporting.unsafe');
  const { store, chance, sha256, log, office, now } = ports;
  const secret = chance(32);
  const span = spanOf(ports, period);
  const { start, end, batches } = await store.logOf(span);
  const tree = (one: typeof start) => (one === null ? null : { size: one.size, root: one.root.toHex() });
  const { name: ours, state } = office();
  const report: Report = {
    office: { name: ours, state },
    no: before.length + 1,
    period: { name: period.name, ...span },
    madeAt: now(),
    threshold: drawn.threshold,
    figures: drawn.figures.map((figure) => ({ ...figure, proof: proofOf(drawn, figure, secret).toHex() })),
    tables: drawn.tables,
    times: drawn.times,
    statistics: drawn.statistics,
    log: { ...log, start: tree(start), end: tree(end), batches },
  };
  const body = canonicalJson(report);
  const salt = chance(32);
  const previous = before.at(-1)?.commitment ?? null;
  const bodyHash = sha256(new TextEncoder().encode(body));
  const opening = { origin: log.origin, no: report.no, previous, at: report.madeAt, bodyHash };
  const made: Published = { report, body, salt, previous, commitment: commitReport(salt, opening) };
  return (await store.publish(actor.id, made, secret)) ? accept(made) : no('reporting.overtaken');
}

function proofOf({ counted }: Drawn, figure: Drawn['figures'][number], secret: Uint8Array): Uint8Array {
  const steps = counted.get(keyOf(figure))?.commitments ?? [];
  return figureProof(
    figureSalt(secret, proofKey(figure)),
    steps.map((one) => Uint8Array.fromHex(one)),
  );
}

/** What oversight is given to check every figure: the commitments of the steps behind it, and the salt of its proof. */
export async function proofsFor({ store }: ReportingPorts, actor: Actor, name: string) {
  const period = periodOf(name);
  if (period === undefined || !may(actor.roles, 'oversight.read')) return undefined;
  const [published, secret] = await Promise.all([store.find(period.name), store.secret(actor.id, period.name)]);
  if (published === undefined || secret === undefined) return undefined;
  const facts = await takenFacts(store, period);
  const { report } = published;
  const counted = stepsOf(report, period, facts);
  return {
    form: 'rogatory/report-proofs/v1',
    period: name,
    figures: report.figures.map(({ of, at }) => {
      const key = proofKey({ of, at });
      const commitments = (counted.get(keyOf({ of, at })) ?? []).toSorted();
      return { of, at, n: commitments.length, salt: figureSalt(secret, key).toHex(), commitments };
    }),
  };
}

async function readyFor(
  ports: ReportingPorts,
  actor: Actor,
  name: string,
): Promise<Outcome<{ period: Period; before: readonly Published[] }, Refusal>> {
  if (!may(actor.roles, 'figures.publish')) return no('reporting.not-allowed');
  const period = periodOf(name);
  const first = await ports.store.first();
  // Before the first request there is nothing to report.
  if (period === undefined || first === null || spanOf(ports, period).to <= first)
    return no('reporting.no-such-period');
  if (period.until >= ports.today()) return no('reporting.not-over', { until: period.until });
  const before = await ports.store.all();
  if (before.some(({ report }) => report.period.name === name)) return no('reporting.published');
  return accept({ period, before });
}

async function drawnOf(ports: ReportingPorts, period: Period, keep: boolean): Promise<Drawn | undefined> {
  const { store, lists, office } = ports;
  const facts = await factsOf(ports, period, keep);
  const before: Counted[] = [];
  for (const { report } of await store.all()) {
    const earlier = periodOf(report.period.name);
    if (earlier !== undefined) before.push(countedAgain(report, earlier, await takenFacts(store, earlier)));
  }
  return draw(period, facts, before, lists, office().settings['figures-least'] ?? FIGURES_LEAST);
}

/** Steps of the quarters of a period; where `keep`, they are taken down now that a report rests on them. */
async function factsOf(ports: ReportingPorts, period: Period, keep: boolean): Promise<readonly Fact[]> {
  const { store, now } = ports;
  const all: (readonly Fact[])[] = [];
  for (const quarter of quartersOf(period)) {
    const taken = await store.taken(quarter.name);
    const found = taken ?? (await store.steps(spanOf(ports, quarter)));
    all.push(taken === undefined && keep ? await store.takeDown(quarter.name, found, now()) : found);
  }
  return joinQuarters(all);
}

async function takenFacts(store: ReportStore, period: Period): Promise<readonly Fact[]> {
  return joinQuarters(await Promise.all(quartersOf(period).map(async ({ name }) => (await store.taken(name)) ?? [])));
}

/** What runs at the end of a year is what runs at the end of its last quarter. */
export const joinQuarters = (quarters: readonly (readonly Fact[])[]): readonly Fact[] =>
  quarters.flatMap((facts, n) => (n === quarters.length - 1 ? facts : facts.filter(({ of }) => of !== 'secrecy-open')));

/** From the first moment of the period to the first after it, where the office is. */
export function spanOf({ office }: Pick<ReportingPorts, 'office'>, { from, until }: Period): Span {
  const { timeZone } = office().settings.calendar;
  const begin = (day: Day): Instant => instantOf(`${day}T00:00` as Moment, timeZone) ?? startOfDay(day);
  return { from: begin(from), to: begin(addDays(until, 1)) };
}

// Use case: one person proposes the report of a period that is over, having seen what it will say, and another publishes just that.

import { dayIn, instantOf, type Moment } from '../../domain/calendar/moment.ts';
import { may } from '../../domain/registry/policy.ts';
import { endedPeriods, type Period, periodOf, quartersOf } from '../../domain/reporting/period.ts';
import { type Fact, keyOf } from '../../domain/reporting/figures.ts';
import { agree, type Proposed } from '../../domain/reporting/proposal.ts';
import type { Counted } from '../../domain/reporting/sums.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { canonicalJson } from '../../kernel/canonical-json.ts';
import { type Instant, startOfDay } from '../../kernel/instant.ts';
import { no } from '../../kernel/refusal.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { commitReport, figureProof, figureSalt, type GiveWay } from '../../transparency/report.ts';
import type { Actor, Office } from '../casework/ports.ts';
import type { Chance, Published, ReportStore, Span } from './ports.ts';
import type { StatisticsList } from './statistics-ports.ts';
import {
  commitmentsOf,
  countedAgain,
  type Drawn,
  draw,
  proofKey,
  type Report,
  type Shown,
  type ShownReport,
} from './report.ts';
import { thresholdOf } from './threshold.ts';

export type ReportingPorts = {
  readonly store: ReportStore;
  readonly lists: readonly StatisticsList[];
  readonly office: () => Office;
  readonly now: () => Instant;
  readonly today: () => Day;
  readonly chance: Chance;
  /** For what takes long. */
  readonly giveWay: GiveWay;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  /** The log that reports are committed to. */
  readonly log: { readonly origin: string; readonly every: number };
};

/** What somebody who may publish can choose from. */
export type Choice = {
  readonly period: Period;
  readonly published: boolean;
  readonly proposed: Proposed | undefined;
};

export async function choicesOf(ports: ReportingPorts, actor: Actor): Promise<readonly Choice[] | undefined> {
  if (!may(actor.roles, 'figures.publish')) return undefined;
  const first = await ports.store.first();
  if (first === null) return [];
  const published = new Set((await ports.store.all()).map(({ report }) => report.period.name));
  const since = dayIn(first, ports.office().settings.calendar.timeZone);
  return Promise.all(
    endedPeriods(since, ports.today()).map(async (period) => ({
      period,
      published: published.has(period.name),
      proposed: await ports.store.proposed(period.name),
    })),
  );
}

/** What a report would show now, its name, and what was proposed last. */
export type Preview = Offer & { readonly period: Period; readonly proposed: Proposed | undefined };

/** What a report of the period would say now. Nothing is kept. */
export async function preview(ports: ReportingPorts, actor: Actor, name: string): Promise<Outcome<Preview, Refusal>> {
  const ready = await readyFor(ports, actor, name);
  if (!ready.ok) return ready;
  const { period } = ready.value;
  const offer = await offerOf(ports, period, false);
  return offer === undefined
    ? no('reporting.unsafe')
    : accept({ period, ...offer, proposed: await ports.store.proposed(period.name) });
}

/** Proposes it as it would be now, `read` naming what the person had before them. Whoever proposes it cannot publish it. */
export async function proposeReport(
  ports: ReportingPorts,
  actor: Actor,
  name: string,
  read: string,
): Promise<Outcome<undefined, Refusal>> {
  const seen = await preview(ports, actor, name);
  if (!seen.ok) return seen;
  const { period, shown, hash, proposed } = seen.value;
  if (read !== hash) return no('reporting.changed');
  if (proposed?.what !== hash)
    await ports.store.propose(period.name, canonicalJson(shown), { what: hash, by: actor.id, at: ports.now() });
  return accept(undefined);
}

/** How many steps are proven, of how many; none as long as they are counted. */
export type Share = { readonly done: number; readonly total: number };

/**
 * Publishes what somebody else proposed, `read` naming what the person had before them; `tell` hears how many steps are proven, of how
 * many. All of it is written at once at the end.
 */
export async function publishReport(
  ports: ReportingPorts,
  actor: Actor,
  name: string,
  read: string,
  tell: (share: Share) => void = () => undefined,
): Promise<Outcome<Published, Refusal>> {
  const ready = await readyFor(ports, actor, name);
  if (!ready.ok) return ready;
  const { period, before } = ready.value;
  const { store, chance, sha256, log, now } = ports;
  const seen = await offerOf(ports, period, false);
  if (seen === undefined) return no('reporting.unsafe');
  const agreed = agree(await store.proposed(period.name), { read, now: seen.hash }, actor.id);
  if (!agreed.ok) return agreed;
  // The steps are taken down for good only now that two people agree, and a case may have changed since the look.
  const offer = await offerOf(ports, period, true);
  if (offer?.hash !== seen.hash) return no('reporting.changed');
  const { drawn, shown } = offer;
  const secret = chance(32);
  const { start, end, batches } = await store.logOf(shown.period);
  const tree = (one: typeof start) => (one === null ? null : { size: one.size, root: one.root.toHex() });
  const figures: Report['figures'][number][] = [];
  const total = [...drawn.counted.values()].reduce((sum, { n }) => sum + n, 0);
  let done = 0;
  for (const figure of drawn.figures) {
    tell({ done, total });
    figures.push({ ...figure, proof: (await proofOf(ports, drawn, figure, secret)).toHex() });
    done += drawn.counted.get(keyOf(figure))?.n ?? 0;
  }
  const report: Report = {
    ...shown,
    no: before.length + 1,
    madeAt: now(),
    figures,
    log: { ...log, start: tree(start), end: tree(end), batches },
  };
  const body = canonicalJson(report);
  const salt = chance(32);
  const previous = before.at(-1)?.commitment ?? null;
  const bodyHash = sha256(new TextEncoder().encode(body));
  const opening = { origin: log.origin, no: report.no, previous, at: report.madeAt, bodyHash };
  const made: Published = { report, body, salt, previous, commitment: commitReport(salt, opening) };
  return (await store.publish(agreed.value, made, secret)) ? accept(made) : no('reporting.overtaken');
}

function proofOf(
  { giveWay }: ReportingPorts,
  { counted }: Drawn,
  shown: Shown,
  secret: Uint8Array,
): Promise<Uint8Array> {
  const figure = counted.get(keyOf(shown));
  return figureProof(figureSalt(secret, proofKey(shown)), figure === undefined ? [] : commitmentsOf(figure), giveWay);
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

type Offer = { readonly drawn: Drawn; readonly shown: ShownReport; readonly hash: string };

/** What the report would show, and its name; undefined where nothing of it can be made safe. */
async function offerOf(ports: ReportingPorts, period: Period, keep: boolean): Promise<Offer | undefined> {
  const drawn = await drawnOf(ports, period, keep);
  if (drawn === undefined) return undefined;
  const { name, state } = ports.office();
  const { counted: _, ...figures } = drawn;
  const shown = { office: { name, state }, period: { name: period.name, ...spanOf(ports, period) }, ...figures };
  return { drawn, shown, hash: ports.sha256(new TextEncoder().encode(canonicalJson(shown))).toHex() };
}

async function drawnOf(ports: ReportingPorts, period: Period, keep: boolean): Promise<Drawn | undefined> {
  const { store, lists, office } = ports;
  const facts = await factsOf(ports, period, keep);
  const before: Counted[] = [];
  for (const { report } of await store.all()) {
    const earlier = periodOf(report.period.name);
    if (earlier !== undefined) before.push(countedAgain(report, earlier, await takenFacts(store, earlier)));
  }
  return draw(period, facts, before, lists, thresholdOf(office()));
}

/** Steps of the quarters of a period; where `keep`, they are taken down now that a report rests on them. */
async function factsOf(ports: ReportingPorts, period: Period, keep: boolean): Promise<readonly Fact[]> {
  const { store, now } = ports;
  const all: (readonly Fact[])[] = [];
  for (const quarter of quartersOf(period)) {
    const span = spanOf(ports, quarter);
    if (keep) await store.takeDown(quarter.name, span, now());
    all.push((await store.taken(quarter.name)) ?? (await store.steps(span)));
  }
  return joinQuarters(all);
}

/** The steps of a period as they were taken down. */
export async function takenFacts(store: ReportStore, period: Period): Promise<readonly Fact[]> {
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

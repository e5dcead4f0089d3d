// What public figures need from the world: steps without people, reports that stand, the log of a period, and charts.

import type { Fact } from '../../domain/reporting/figures.ts';
import type { PeriodName } from '../../domain/reporting/period.ts';
import type { Agreed, Proposed } from '../../domain/reporting/proposal.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Report } from './report.ts';

export type { Fact } from '../../domain/reporting/figures.ts';

/** A report as it stands. */
export type Published = {
  readonly report: Report;
  /** The bytes that were committed to. */
  readonly body: string;
  readonly commitment: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly salt: Uint8Array;
};

/** The trees that were signed last before a period began and before it ended, and the batches between them. */
export type LogOfPeriod = {
  readonly start: SignedTree | null;
  readonly end: SignedTree | null;
  readonly batches: readonly { readonly places: number; readonly count: number }[];
};
export type SignedTree = { readonly size: number; readonly root: Uint8Array };

export type Span = { readonly from: Instant; readonly to: Instant };

export type ReportStore = {
  /** The steps of a quarter as they were taken down; undefined while they were not. */
  readonly taken: (quarter: PeriodName) => Promise<readonly Fact[] | undefined>;
  /** The steps between two moments as they are now. */
  readonly steps: (span: Span) => Promise<readonly Fact[]>;
  /** Takes the steps of a quarter, which lie between these moments, down for ever, unless they were. */
  readonly takeDown: (quarter: PeriodName, span: Span, at: Instant) => Promise<void>;
  /** The moment of the first step of all; null on a node without cases. */
  readonly first: () => Promise<Instant | null>;
  /** All that were published, in their order. */
  readonly all: () => Promise<readonly Published[]>;
  readonly find: (period: PeriodName) => Promise<Published | undefined>;
  readonly logOf: (span: Span) => Promise<LogOfPeriod>;
  /** What was proposed last for the period. */
  readonly proposed: (period: PeriodName) => Promise<Proposed | undefined>;
  /** Keeps what a report of the period would show, in canonical JSON, as this person proposes it. */
  readonly propose: (period: PeriodName, body: string, proposal: Omit<Proposed, 'id'>) => Promise<void>;
  /** Publishes it as two people agreed; false when another report came first. */
  readonly publish: (agreed: Agreed, report: Published, secret: Uint8Array) => Promise<boolean>;
  /** For oversight alone. */
  readonly secret: (by: PersonId, period: PeriodName) => Promise<Uint8Array | undefined>;
};

/** Below which number figures are to be withheld, as people proposed it. */
export type ThresholdProposals = {
  /** What was proposed last, whatever became of it. */
  readonly latest: () => Promise<Proposed<number> | undefined>;
  readonly propose: (proposal: Omit<Proposed<number>, 'id'>) => Promise<void>;
};

/** A bar for each line; `null` where the number is withheld. All text is already in the reader's language. */
export type Chart = {
  readonly label: string;
  readonly toLeft: boolean;
  readonly bars: readonly { readonly name: string; readonly value: number | null; readonly text: string }[];
};
/** SVG without styles or scripts of its own. */
export type DrawChart = (chart: Chart) => string;

/** So many random bytes. */
export type Chance = (length: number) => Uint8Array;

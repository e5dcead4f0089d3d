// What the self-audit reads: everything the database keeps of the log and of cases, as it is, gaps included.

import type { CaseFile, Recorded } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Head } from '../../transparency/note.ts';
import type { Fact } from '../../domain/reporting/figures.ts';
import type { Proposed } from '../../domain/reporting/proposal.ts';
import type { GiveWay } from '../../transparency/report.ts';
import type { Casework } from '../casework/casework.ts';
import type { OfficeChange, Standing } from '../office/ports.ts';
import type { FileNames } from './audit-files.ts';
import type { HeldKind, NodeMark, Row, Rows } from './held-ports.ts';
import type { LastCosigned, LogPorts, Remembered } from './ports.ts';

/** What is wrong, by kind: with the log itself, with steps, or with rows beside them. */
export const FINDING_KINDS = [
  'log',
  'entry',
  'file',
  'step',
  'row',
  'count',
  'office',
  'people',
  'book',
  'report',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];
/** One thing that does not fit; `says` is a whole sentence for the operator, in English. */
export type Finding = {
  readonly kind: FindingKind;
  /** The case it is about. */
  readonly reference: string | null;
  readonly says: string;
};

/** An entry of the log as the database has it. */
export type KeptEntry = {
  readonly index: number;
  readonly value: Uint8Array;
  /** What the commitment it stands for is; null for padding and what was lost, undefined where the row is gone. */
  readonly commitment: Uint8Array | null | undefined;
  readonly slot: Instant | null;
  readonly paddingSalt: Uint8Array | null;
};

export type KeptStep = {
  readonly seq: number;
  /** Undefined where the event is gone and only its opening was left. */
  readonly event?: {
    readonly type: string;
    readonly at: Instant;
    readonly actor: string;
    /** The bytes that were committed to; undefined where the seal does not open. */
    readonly body: Uint8Array | undefined;
  };
  /** Undefined where what opens the commitment is gone. */
  readonly opening?: {
    readonly commitment: Uint8Array;
    readonly previous: Uint8Array | null;
    /** Null: destroyed. */
    readonly salt: Uint8Array | null;
    /** Whether there is such a commitment. */
    readonly known: boolean;
    /** Its place in the log; null while it waits. */
    readonly index: number | null;
    /** It waits although steps that came after it have their places. */
    readonly passedOver: boolean;
  };
};

export type KeptChain = {
  readonly id: string;
  /** What sentences call it. */
  readonly reference: string;
  readonly version: number;
  /** Its salts were destroyed: what the database says of that. Null: they were not. */
  readonly erased: Erasure | null;
  /** By their numbers, each once. */
  readonly steps: readonly KeptStep[];
};

/** What opens the commitment of the step that an erasure is; null in what no erasure of ours wrote. */
export type Erasure = {
  readonly seq: number | null;
  readonly salt: Uint8Array | null;
  readonly reason: string | null;
  readonly orderedBy: string | null;
};

export type KeptCase = KeptChain & {
  /** As it is kept; undefined where it cannot be opened. */
  readonly state: CaseFile | undefined;
  readonly history: readonly Recorded[] | undefined;
  readonly rows: Rows;
};

/** A sample or finding of oversight: its steps and its own row. */
export type KeptBook = KeptChain & {
  readonly kind: string;
  readonly row: Row;
  /** Whom the finding names, by their ids. */
  readonly cases: readonly string[];
};

/** A report as it is kept, with what its proofs are made from. */
export type KeptReport = {
  readonly no: number;
  readonly period: string;
  readonly madeAt: Instant;
  readonly body: string;
  readonly commitment: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly salt: Uint8Array;
  readonly secret: Uint8Array | undefined;
};

/** Rows that no event gives back, with the lines of the record of acts on them and the steps that left them so. */
export type KeptHeld = {
  readonly kind: HeldKind;
  /** Whose they are: the id of a person, or `office`. */
  readonly of: string;
  /** The name of the chain. */
  readonly id: string;
  readonly steps: readonly KeptStep[];
  readonly rows: Rows;
  readonly lines: readonly Row[];
};

/** A case at a version, and the words by which it is found. */
export type Worded = { readonly id: string; readonly version: number; readonly words: string };

/** The office with the record of its changes, and each threshold of figures that somebody proposed. */
export type KeptOffice = {
  readonly standing: Standing;
  readonly changes: readonly OfficeChange[];
  readonly thresholds: readonly Proposed<number>[];
};

export type LogRecord = {
  readonly heads: () => Promise<readonly Pick<Head, 'size' | 'root'>[]>;
  /** Batches over whose tree no signature is on record. */
  readonly unsigned: () => Promise<readonly { readonly slot: Instant; readonly size: number }[]>;
  /** What this node remembers as a witness of logs of others, once nobody is at any of these. */
  readonly witnessed: (origins: readonly string[]) => Promise<readonly (Remembered & { readonly origin: string })[]>;
  readonly entries: () => AsyncIterable<KeptEntry>;
  /** The entries that stand for a commitment which no step says is its own, in their order. */
  readonly unclaimed: () => Promise<readonly number[]>;
  readonly cases: () => AsyncIterable<KeptCase>;
  /** Of these cases those whose index of words is another, unless they have moved on. */
  readonly unindexed: (cases: readonly Worded[]) => Promise<readonly string[]>;
  /** Kinds of cases whose count is another than there are. */
  readonly countsOff: () => Promise<readonly string[]>;
  readonly slotsOff: () => Promise<readonly Instant[]>;
  /** Under which version of the office and which law lines and terms were written; undefined where there is no office. */
  readonly countedBy: () => Promise<{ readonly done: boolean; readonly by: string | null } | undefined>;
  /** Samples and findings of oversight. */
  readonly book: () => Promise<{
    readonly files: readonly KeptBook[];
    /** The lists that samples are drawn from, by hash, and whether each has it still. */
    readonly populations: ReadonlyMap<string, boolean>;
  }>;
  readonly office: () => Promise<KeptOffice>;
  readonly held: () => Promise<readonly KeptHeld[]>;
  readonly reports: () => Promise<readonly KeptReport[]>;
  /** Lets others have a turn between two slices of long work. */
  readonly giveWay: GiveWay;
  /** The facts of a quarter as they were taken down. */
  readonly facts: (quarter: string) => Promise<readonly Fact[]>;
};

/** SHA-256. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export type AuditPorts = {
  readonly log: LogPorts;
  readonly record: LogRecord;
  readonly hash: Hash;
  readonly mark: NodeMark;
  readonly fileNames: FileNames;
  /** What lies apart from the database of checkpoints cosigned. */
  readonly cosigned: LastCosigned['all'];
  /** By what rules lines and terms are written. Null: a log without casework beside it. */
  readonly casework: Pick<Casework, 'law' | 'office' | 'world'> | null;
};

// What the self-audit reads: everything the database keeps of the log and of cases, as it is, gaps included.

import type { CaseFile, Recorded } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Head } from '../../transparency/note.ts';
import type { LogPorts } from './ports.ts';

/** An entry of the log as the database has it. */
export type KeptEntry = {
  readonly index: number;
  readonly value: Uint8Array;
  /** What the commitment it stands for is; null for padding and what was lost, undefined where the row is gone. */
  readonly commitment: Uint8Array | null | undefined;
  /** Whether some step of a case says that it is its own. */
  readonly claimed: boolean;
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
  /** Its salts were destroyed, and that is on record. */
  readonly erased: boolean;
  /** By their numbers, each once. */
  readonly steps: readonly KeptStep[];
};

export type KeptCase = KeptChain & {
  /** As it is kept; undefined where it cannot be opened. */
  readonly state: CaseFile | undefined;
  readonly history: readonly Recorded[] | undefined;
};

export type LogRecord = {
  readonly heads: () => Promise<readonly Pick<Head, 'size' | 'root'>[]>;
  readonly entries: () => AsyncIterable<KeptEntry>;
  readonly cases: () => AsyncIterable<KeptCase>;
  /** Samples and findings of oversight. */
  readonly book: () => Promise<readonly KeptChain[]>;
};

/** SHA-256. */
export type Hash = (bytes: Uint8Array) => Uint8Array;

export type AuditPorts = { readonly log: LogPorts; readonly record: LogRecord; readonly hash: Hash };

// What the public log needs from the world: the entries in the database, files that anybody may read, keys, witnesses, and chance.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Cadence, Random, Waiting } from '../../transparency/cadence.ts';
import type { HashRow } from '../../transparency/merkle.ts';
import type { Head, Signer, VerifierKey, Verify } from '../../transparency/note.ts';
import type { LogPolicy } from '../../transparency/policy.ts';
import type { Tile, TileTree } from '../../transparency/tiles.ts';

/** Whose log a database is of. */
export type LogIdentity = { readonly origin: string; readonly vkey: string };

/** What stands at a place of a batch: a step, by its commitment, or padding with the salt that opens it. */
export type Place =
  | { readonly is: 'step'; readonly id: number; readonly value: Uint8Array }
  | { readonly is: 'padding'; readonly value: Uint8Array; readonly salt: Uint8Array };

export type WaitingStep = Waiting<{ readonly id: number; readonly value: Uint8Array }>;

/** Steps that wait, and the number of the newest commitment there was: what is newer waits for the next slot. */
export type Queue = { readonly steps: readonly WaitingStep[]; readonly newest: number };

export type Batch = {
  readonly slot: Instant;
  /** The index of its first place. */
  readonly first: number;
  readonly places: readonly Place[];
  /** The commitment up to which none waits any more. */
  readonly settled: number;
};

export type EntriesStanding = {
  readonly identity: LogIdentity;
  readonly size: number;
  /** The last slot that has a batch. */
  readonly lastSlot: Instant | null;
  /** The last tree that was signed, as the database knows it. */
  readonly head: Pick<Head, 'size' | 'root'> | null;
};

/** The entries of this log. Only the sequencer writes. */
export type LogEntries = {
  /** Does the work while no other process does any of the kind; waits for its turn. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
  /** How things stand. Whose log it is, the first to ask decides. */
  readonly standing: (own: LogIdentity) => Promise<EntriesStanding>;
  readonly size: () => Promise<number>;
  /**
   * What waits for a place in that slot, in its order: as much of it as may enter a batch of so many places, and more. Which
   * of it is an emergency is told where not all of it fits.
   */
  readonly waiting: (slot: Instant, cadence: Pick<Cadence, 'places' | 'reserved'>) => Promise<Queue>;
  /**
   * Gives a slot its batch, all of it or nothing. Gives the commitments from `from` on as they are then, which is what the
   * files are made of.
   */
  readonly append: (batch: Batch, from: number) => Promise<readonly Uint8Array[]>;
  /** The commitments from `from` to before `to`. */
  readonly values: (from: number, to: number) => Promise<readonly Uint8Array[]>;
  /** Puts down that this tree was signed; twice does no harm. */
  readonly noteHead: (head: Pick<Head, 'size' | 'root'>, at: Instant) => Promise<void>;
  /**
   * Where a step stands: of that case, or of none. Undefined for a commitment that is of no such step, null while it waits.
   */
  readonly indexOf: (commitment: Uint8Array, of?: CaseId) => Promise<number | null | undefined>;
  /** Entries that are public already and that a restored database no longer has: their commitments alone. */
  readonly addLost: (from: number, values: readonly Uint8Array[]) => Promise<void>;
};

/** The files that anybody may read, below `<data>/log`. Paths are those of tlog-tiles; every write is on the disk when it returns. */
export type LogFiles = {
  readonly write: (files: readonly { readonly path: string; readonly bytes: Uint8Array }[]) => Promise<void>;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** What hashes here, where it is quicker than the one that runs everywhere. */
  readonly hashes?: HashRow;
  /** Removes the partial tiles beside a full one. */
  readonly dropPartial: (paths: readonly string[]) => Promise<void>;
  /** The signed checkpoint that is public. */
  readonly published: () => Promise<string | undefined>;
  readonly publish: (checkpoint: string) => Promise<void>;
};

/** The last checkpoint this node signed, kept apart from database, files and backups. */
export type LastSigned = {
  readonly read: () => Promise<string | undefined>;
  /** Never puts a smaller tree in the place of a larger one. */
  readonly keep: (checkpoint: string, size: number) => Promise<void>;
};

/** The keys of the log under one name: Ed25519 first, then ML-DSA-44; and those with which this node cosigns logs of others. */
export type LogKeys = { readonly log: readonly [Signer, Signer]; readonly witness: readonly Signer[] };

/** Asks a witness at its address; undefined when it does not answer. */
export type AskWitness = (
  url: string,
  body: string,
) => Promise<{ readonly status: number; readonly body: string } | undefined>;

export type LogPorts = {
  readonly entries: LogEntries;
  readonly files: LogFiles;
  /** Tiles for proofs, some of them from memory; without it, from the files. Not for whoever signs, who reads the files. */
  readonly tiles?: (tile: Tile) => Promise<TileTree>;
  readonly signed: LastSigned;
  readonly keys: LogKeys;
  readonly policy: LogPolicy;
  readonly cadence: Cadence;
  readonly askWitness: AskWitness;
  readonly verify: Verify;
  readonly random: Random;
  readonly now: () => Instant;
};

/** The last tree cosigned of somebody else's log, with the checkpoint as this node cosigned it. */
export type Remembered = Pick<Head, 'size' | 'root'> & { readonly checkpoint: string };

/** The last checkpoint cosigned of each log of others, as it was cosigned, kept apart from database and backups. */
export type LastCosigned = {
  readonly of: (origin: string) => Promise<string | undefined>;
  readonly all: () => Promise<readonly string[]>;
  /** On the disk when it returns. One at a time for a log. */
  readonly keep: (origin: string, checkpoint: string) => Promise<void>;
};

export type WitnessMemory = {
  /**
   * Looks up what was cosigned last and, when `next` says so, puts the next tree in its place: one request for a log at a
   * time, and on the disk before it returns.
   */
  readonly turn: <T>(
    origin: string,
    next: (last: Remembered | null) => Promise<{ readonly keep: Remembered | null; readonly answer: T }>,
  ) => Promise<T>;
  readonly latest: (originHash: string) => Promise<string | undefined>;
};

export type WitnessPorts = {
  /** The keys this node cosigns with, each under the name of the witness. */
  readonly keys: readonly Signer[];
  /** The logs it witnesses, by their keys; the name of a key is the origin of its log. */
  readonly logs: readonly VerifierKey[];
  readonly memory: WitnessMemory;
  readonly verify: Verify;
  readonly now: () => Instant;
};

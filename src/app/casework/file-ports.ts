// What the files of cases need from the world: a store in the clear, one under the keys of sealed cases, and which case is which.

import type { CaseId } from '../../domain/docket/case-file.ts';
import type { ObjectId } from '../../domain/evidence/evidence.ts';
import type { By } from '../../domain/registry/person.ts';

/** Of which case a file is, and who asks: a file of a sealed case is there for whoever may open the case. */
export type FileOf = { readonly by: By; readonly caseId: CaseId };

type Bytes = AsyncIterable<Uint8Array>;
type Kept = { readonly sha256: string; readonly size: number };

/** Bytes in the clear by their SHA-256. */
export type PlainFiles = {
  readonly put: (bytes: Uint8Array) => Promise<Kept>;
  /** What they would be called; nothing is kept. */
  readonly nameOf: (bytes: Uint8Array) => Kept;
  readonly get: (sha256: string) => Promise<Uint8Array | undefined>;
  /** Throws a Defect at the end where they are not the bytes of that name; whoever takes them reads to the end. */
  readonly stream: (sha256: string) => Promise<Bytes | undefined>;
  /** On the disk when it returns; throws, and keeps nothing, where they are not the bytes of that name. */
  readonly putStream: (sha256: string, bytes: Bytes) => Promise<void>;
  /** Takes it away; false while it was put down only just now, so that somebody may be about to name it. */
  readonly remove: (sha256: string) => Promise<boolean>;
};

/** Bytes under the key of a case. */
export type SealedFiles = {
  readonly has: (key: Uint8Array, id: CaseId, sha256: string) => Promise<boolean>;
  /** On the disk when it returns. */
  readonly put: (key: Uint8Array, id: CaseId, sha256: string, bytes: Bytes | Iterable<Uint8Array>) => Promise<void>;
  readonly stream: (key: Uint8Array, id: CaseId, sha256: string) => Promise<Bytes | undefined>;
  /** All of a case. */
  readonly drop: (id: CaseId) => Promise<void>;
};

/**
 * Objects of evidence, each sealed under a key of its own from the moment it comes. While their case is sealed they open
 * with the key of the case and not without.
 */
export type ObjectSeals = {
  /** Done already it does no harm; undone it is on the disk when it returns. */
  readonly shut: (id: ObjectId, key: Uint8Array) => Promise<void>;
  readonly bare: (id: ObjectId, key: Uint8Array) => Promise<void>;
};

/** What the database knows of files: of which case they are, and which have still to follow a seal. */
export type FileRecords = {
  /** The key of the case; null where it is not sealed, undefined where it is not there for whoever asks. */
  readonly keyOf: (of: FileOf) => Promise<Uint8Array | null | undefined>;
  /** SHA-256 of each document of the case, each once. */
  readonly hashesOf: (of: FileOf) => Promise<readonly string[]>;
  /** Says that the files of this case are on their way: should the machine stop, somebody goes on. */
  readonly moving: (of: FileOf) => Promise<void>;
  /** Cases whose files have still to follow. */
  readonly toMove: (most: number) => Promise<readonly CaseId[]>;
  /**
   * They have; these files may be needed in the clear no longer. Where the case is sealed `last` is done with its objects of
   * evidence before, while nobody takes a step in it; where its seal changed meanwhile, the next round goes on.
   */
  readonly moved: (
    id: CaseId,
    sealed: boolean,
    left: readonly string[],
    last?: (objects: readonly ObjectId[]) => Promise<void>,
  ) => Promise<void>;
  /** Says that this file lies in the clear, and perhaps nobody will ever name it. */
  readonly leave: (sha256: string) => Promise<void>;
  readonly left: (most: number) => Promise<readonly string[]>;
  readonly isNeededPlain: (sha256: string) => Promise<boolean>;
  readonly forgetLeft: (sha256: string) => Promise<void>;
  /** In one process at a time, and never beside a backup; undefined when somebody else is at it. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T | undefined>;
};

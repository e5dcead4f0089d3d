// What keeping a copy safe asks of the world: a sealed backup of everything a node stores, and a node made out of one.

import type { Outcome } from '../kernel/outcome.ts';

export type BackupOrder = {
  readonly dataDirectory: string;
  /** The file to write; it may not exist yet. */
  readonly to: string;
  /** Who can open it: age recipients. */
  readonly recipients: readonly string[];
  /** Whoever has both a backup and the node's keys reads sealed cases, so they travel together only when told to. */
  readonly withKeys: boolean;
};

export type RestoreOrder = {
  readonly from: string;
  /** The file with the age identity that opens it. */
  readonly identity: string;
  /** The data directory to make; empty, or not there yet. */
  readonly to: string;
};

/** What a backup holds, or what was restored from it. */
export type KeptSafe = {
  readonly tables: number;
  readonly rows: number;
  readonly files: number;
  readonly keys: number;
  /** Bytes of the sealed file. */
  readonly size: number;
  /** When the backup was begun: everything that was acknowledged before is in it. */
  readonly asOf: string;
};

export type KeepSafe = {
  readonly backup: (order: BackupOrder) => Promise<Outcome<KeptSafe>>;
  readonly restore: (order: RestoreOrder) => Promise<Outcome<KeptSafe>>;
  /** Makes a key for backups: writes the identity to a new file that only its owner may read, and returns the recipient. */
  readonly newKey: (to: string) => Promise<Outcome<string>>;
};

// Puts the public log of a node together: database, files below the data directory, keys, and witnesses over the network.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { LogPorts, WitnessPorts } from '../../app/log/ports.ts';
import type { Instant } from '../../kernel/instant.ts';
import { parseCheckpoint } from '../../transparency/checkpoint.ts';
import type { Db } from '../postgres/connection.ts';
import { logEntries } from '../postgres/log/entries.ts';
import { witnessMemory } from '../postgres/log/memory.ts';
import { lastCosigned } from './last-cosigned.ts';
import { openLogKeys } from './log-keys.ts';
import type { LogSettings } from './settings.ts';
import { rememberingSignatures } from './signatures.ts';
import { lastSigned, tileStore } from './tile-store.ts';
import { askWitness } from './witness-client.ts';

export type LogOptions = {
  readonly dataDirectory: string;
  readonly db: Db;
  /** Where the node is reached, such as `https://node.example`; undefined where it has no address of its own. */
  readonly origin?: string | undefined;
  readonly settings: LogSettings;
  readonly now: () => Instant;
};

/** This node's log, and this node as a witness of others. */
export async function openLog(
  options: LogOptions,
): Promise<{ readonly ports: LogPorts; readonly witness: WitnessPorts }> {
  const { dataDirectory, db, origin, settings, now } = options;
  const { cadence, policy } = settings;
  const verify = rememberingSignatures();
  const keys = await openLogKeys(dataDirectory, origin === undefined ? undefined : new URL(origin).host);
  const ports: LogPorts = {
    entries: logEntries(db),
    files: tileStore(join(dataDirectory, 'log')),
    signed: lastSigned(dataDirectory, sizeOf),
    keys,
    policy,
    cadence,
    askWitness,
    verify,
    random: (length) => new Uint8Array(randomBytes(length)),
    now,
  };
  const memory = witnessMemory(db, now, lastCosigned(dataDirectory));
  return { ports, witness: { keys: keys.witness, logs: settings.witnessed, memory, verify, now } };
}

/** The size in a checkpoint of our own; more than any for one that cannot be read, so that nothing takes its place. */
function sizeOf(checkpoint: string): number {
  const read = parseCheckpoint(checkpoint);
  return read.ok ? read.value.size : Number.POSITIVE_INFINITY;
}

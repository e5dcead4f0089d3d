// What an operator sets for the log: its rhythm, the witnesses it asks, and the logs of others that this node witnesses.

import { readFileSync } from 'node:fs';
import { accept, type Fault, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Cadence } from '../../transparency/cadence.ts';
import type { VerifierKey } from '../../transparency/note.ts';
import { type LogPolicy, NO_WITNESSES, parsePolicy } from '../../transparency/policy.ts';

export type LogSettings = {
  readonly cadence: Cadence;
  readonly policy: LogPolicy;
  readonly witnessed: readonly VerifierKey[];
};

const CADENCE: Cadence = { every: 300, places: 64, reserved: 8 };
/** A demonstration is filled at once and looked at at once. */
const DEMONSTRATION: Cadence = { every: 60, places: 512, reserved: 8 };
/** The worker looks each minute, and a batch is one transaction. */
const [LEAST_SECONDS, MOST_SECONDS, MOST_PLACES] = [60, 86_400, 65_536];

/** Reads the settings; the files that they name are read now, and a fault in one stops the start. */
export function logSettings(
  env: Readonly<Record<string, string | undefined>>,
  demonstration: boolean,
): Outcome<LogSettings> {
  const faults: Fault[] = [];
  const usual = demonstration ? DEMONSTRATION : CADENCE;
  const number = (name: string, otherwise: number, least: number, most: number): number => {
    const text = env[name];
    if (text === undefined || text === '') return otherwise;
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    faults.push({ pointer: name, detail: `must be a whole number from ${least} to ${most}` });
    return otherwise;
  };
  const file = (name: string): LogPolicy => {
    const path = env[name];
    if (path === undefined || path === '') return NO_WITNESSES;
    try {
      const text = readFileSync(path, 'utf8');
      // A list of logs asks for no quorum.
      const read = parsePolicy(name === 'ROGATORY_WITNESSED_LOGS' ? `${text}\nquorum none\n` : text, path);
      if (read.ok) return read.value;
      faults.push(...read.faults);
    } catch (error) {
      faults.push({ pointer: name, detail: `${path} cannot be read: ${(error as Error).message}` });
    }
    return NO_WITNESSES;
  };
  const every = number('ROGATORY_LOG_EVERY', usual.every, LEAST_SECONDS, MOST_SECONDS);
  const places = number('ROGATORY_LOG_PLACES', usual.places, 1, MOST_PLACES);
  const reserved = number('ROGATORY_LOG_RESERVED', Math.min(usual.reserved, places), 0, places);
  const policy = file('ROGATORY_LOG_POLICY');
  const witnessed = file('ROGATORY_WITNESSED_LOGS').logs.map(({ key }) => key);
  if (policy.quorum === null && policy.witnesses.length > 0)
    faults.push({
      pointer: 'ROGATORY_LOG_POLICY',
      detail: 'names witnesses and asks for none of them: give it a quorum',
    });
  return faults.length > 0 ? refuse(...faults) : accept({ cadence: { every, places, reserved }, policy, witnessed });
}

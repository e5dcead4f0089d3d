// `rogatory log check | resume`: the node holds its public log against itself, and goes on with it after a backup was put back.

import { buildCommand, buildRouteMap } from '@stricli/core';
import type { Audit } from '../app/log/audit.ts';
import type { Resumed } from '../app/log/resume.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { type Context, unusable } from './context.ts';

/** The log of a node, opened for one command. */
export type LogDoor = {
  readonly check: () => Promise<Audit>;
  readonly resume: (checkpoint: string) => Promise<Outcome<Resumed>>;
  readonly close: () => Promise<void>;
};
export type OpenLogDoor = (dataDirectory: string) => Promise<Outcome<LogDoor>>;

const dataFlag = {
  kind: 'parsed',
  parse: String,
  optional: true,
  brief: 'The data directory (default: ROGATORY_DATA, else ./data)',
  placeholder: 'DIR',
} as const;
/** A broken disk has as many faults as it has files. */
const MOST_LINES = 200;

export const logCommands = (open: OpenLogDoor, defaultData: string) =>
  buildRouteMap({
    routes: { check: checkCommand(open, defaultData), resume: resumeCommand(open, defaultData) },
    docs: { brief: 'The public log of this node: hold it against itself, go on with it after a restore' },
  });

const checkCommand = (open: OpenLogDoor, defaultData: string) =>
  buildCommand<{ readonly data?: string; readonly json: boolean }, [], Context>({
    docs: {
      brief: 'Open every entry of the log and every step of every case, and work out every file anew',
      fullDescription:
        'Says what was changed, taken out, added or put back, and where. It is the node checking itself: whoever does not believe the node uses `rogatory verify log`.\nExit status: 0 all of it fits, 1 something was found, 2 it could not be opened.',
    },
    parameters: {
      positional: { kind: 'tuple', parameters: [] },
      flags: { data: dataFlag, json: { kind: 'boolean', default: false, withNegated: false, brief: 'For machines' } },
    },
    func: async function (this: Context, { data, json }) {
      const door = await open(data ?? defaultData);
      if (!door.ok) return unusable(this, null, door.faults);
      try {
        const audit = await door.value.check();
        if (json) await this.out(`${JSON.stringify(audit, null, 2)}\n`);
        else for (const line of inWords(audit)) await this.out(`${line}\n`);
        this.exit(audit.found.length > 0 ? 1 : 0);
      } finally {
        await door.value.close();
      }
    },
  });

const resumeCommand = (open: OpenLogDoor, defaultData: string) =>
  buildCommand<{ readonly checkpoint: string; readonly data?: string }, [], Context>({
    docs: {
      brief: 'Go on with the log after a backup was put back, from the latest checkpoint that anybody has',
      fullDescription:
        'Take the checkpoint from a reader, a witness or a mirror, not from this machine. Entries that were public and are no longer in the database are taken from the files of the log; what they stood for is lost, and stays so. Nothing is changed when checkpoint, files and database are not of one history.\nExit status: 0 done, 2 not done.',
    },
    parameters: {
      positional: { kind: 'tuple', parameters: [] },
      flags: {
        checkpoint: { kind: 'parsed', parse: String, brief: 'The file with the checkpoint', placeholder: 'FILE' },
        data: dataFlag,
      },
    },
    func: async function (this: Context, { checkpoint, data }) {
      const text = await this.readText(checkpoint);
      if (!text.ok) return unusable(this, checkpoint, text.faults);
      const door = await open(data ?? defaultData);
      if (!door.ok) return unusable(this, null, door.faults);
      try {
        const resumed = await door.value.resume(text.value);
        if (!resumed.ok) return unusable(this, null, resumed.faults);
        const { size, lost } = resumed.value;
        await this.out(
          `The log goes on from ${size} entries.${lost > 0 ? ` ${lost} of them stand for what this database has lost: nobody can open them.` : ''}\n`,
        );
      } finally {
        await door.value.close();
      }
    },
  });

function inWords({ found, counted }: Audit): string[] {
  const { entries, steps, padding, lost, cases, erased, waiting, signed } = counted;
  return [
    ...found.slice(0, MOST_LINES),
    ...(found.length > MOST_LINES ? [`... and ${found.length - MOST_LINES} more`] : []),
    `${found.length === 0 ? 'All of it fits' : `${found.length} found`}: ${entries} entries (${steps} steps, ${padding} padding, ${lost} lost), ${signed} of them signed; ${cases} cases, ${erased} erased; ${waiting} steps wait for their slot`,
  ];
}

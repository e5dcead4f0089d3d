// `rogatory log check | resume | erase`: the node holds its public log against itself, goes on with it after a backup was put
// back, and destroys what opens a case that need not be kept.

import { buildCommand, buildRouteMap } from '@stricli/core';
import type { Acted } from '../app/casework/act.ts';
import type { ErasureOrder } from '../app/casework/erasing.ts';
import type { Audit } from '../app/log/audit.ts';
import type { Resumed } from '../app/log/resume.ts';
import type { Reference } from '../domain/docket/case-file.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Refusal } from '../kernel/refusal.ts';
import { type Context, dataFlag, unusable } from './context.ts';

/** The log of a node, opened for one command. */
export type LogDoor = {
  readonly check: () => Promise<Audit>;
  readonly resume: (checkpoint: string) => Promise<Outcome<Resumed>>;
  readonly erase: (reference: Reference, order: ErasureOrder) => Promise<Acted>;
  readonly close: () => Promise<void>;
};
export type OpenLogDoor = (dataDirectory: string) => Promise<Outcome<LogDoor>>;

const NOT_COVERED =
  'Not covered, because nothing follows them or is committed to: whether a session has ended and a link or a recovery code was used, absences, readings, drafts and mail that waits.';
/** A broken disk has as many faults as it has files. */
const MOST_LINES = 200;

export const logCommands = (open: OpenLogDoor, defaultData: string) =>
  buildRouteMap({
    routes: {
      check: checkCommand(open, defaultData),
      resume: resumeCommand(open, defaultData),
      erase: eraseCommand(open, defaultData),
    },
    docs: {
      brief: 'The public log of this node: hold it against itself, go on with it after a restore, erase a case from it',
    },
  });

const checkCommand = (open: OpenLogDoor, defaultData: string) =>
  buildCommand<{ readonly data?: string; readonly json: boolean }, [], Context>({
    docs: {
      brief:
        'Open every entry of the log and every step of every case, and work out every file and every row beside them anew',
      fullDescription:
        'Says what was changed, taken out, added or put back, and where. Run it in the environment of the node: terms are counted by the profile of its State. It is the node checking itself: whoever does not believe the node uses `rogatory verify log`.\nExit status: 0 all of it fits, 1 something was found, 2 it could not be opened.',
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

type EraseFlags = {
  readonly reason: string;
  readonly orderedBy: string;
  readonly yes: boolean;
  readonly data?: string;
};

const eraseCommand = (open: OpenLogDoor, defaultData: string) =>
  buildCommand<EraseFlags, [string], Context>({
    docs: {
      brief: 'Destroy what opens the commitments of a case that need not be kept any more',
      fullDescription:
        'Only of a case that is closed and in which no term would run. Its entries stay in the public log and mean nothing to anybody, this node included; that it was erased, why and by whose order becomes its last step. There is no way back.\nExit status: 0 done, 1 refused or not confirmed, 2 not done.',
    },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'The case, such as BB-2028-000117', parse: String, placeholder: 'CASE-REFERENCE' }],
      },
      flags: {
        reason: { kind: 'parsed', parse: String, brief: 'Why: it stands in the last step', placeholder: 'TEXT' },
        orderedBy: { kind: 'parsed', parse: String, brief: 'Who of the office ordered it', placeholder: 'NAME' },
        yes: { kind: 'boolean', default: false, withNegated: false, brief: 'You have read what will be lost' },
        data: dataFlag,
      },
    },
    func: async function (this: Context, { reason, orderedBy, yes, data }, reference) {
      if (!yes) {
        for (const line of whatIsLost(reference)) this.err(line);
        this.exit(1);
        return;
      }
      const door = await open(data ?? defaultData);
      if (!door.ok) return unusable(this, null, door.faults);
      try {
        const acted = await door.value.erase(reference as Reference, { reason, orderedBy });
        if (acted.is === 'done') {
          await this.out(
            `${reference}: erased with its step ${acted.file.version}. Backups made before still hold what is gone here.\n`,
          );
          return;
        }
        if (acted.is === 'absent')
          return unusable(this, null, [{ pointer: reference, detail: 'there is no such case' }]);
        const why = acted.is === 'refused' ? acted.refusals.map(notErased) : ['the case moved on; try again'];
        for (const line of why) this.err(`${reference}: ${line}`);
        this.exit(1);
      } finally {
        await door.value.close();
      }
    },
  });

const whatIsLost = (reference: string): string[] => [
  `${reference} would be erased from the public log:`,
  '- the salts of all its steps go. Nobody can show any more, to a court, to oversight or to a person concerned, that a step of it was committed to; receipts with openings that were given out still do',
  '- where it is sealed, every key to its words goes too, and nobody reads it again',
  '- where it is not sealed, its words stay in the database: other rules say when they go',
  '- its line in the lists, its entries in the log, and a last step with the reason and the name stay',
  'It cannot be undone, and backups made before still hold all of it. Make sure, and give --yes.',
];

function notErased({ code, facts }: Refusal): string {
  switch (code) {
    case 'docket.erase-open':
      return 'the case is open; it is closed first';
    case 'docket.erase-term':
      return `a term would still run in it: ${facts?.['kind']}, until ${facts?.['on']}`;
    case 'docket.erase-order':
      return 'who ordered it must be named';
    case 'docket.reason-missing':
      return `the reason must have at least ${facts?.['least']} letters`;
    default:
      return code;
  }
}

function inWords({ found, counted, linesLeftOut }: Audit): string[] {
  const { entries, steps, padding, lost, cases, erased, waiting, signed } = counted;
  return [
    ...found.slice(0, MOST_LINES).map(({ says }) => says),
    ...(found.length > MOST_LINES ? [`... and ${found.length - MOST_LINES} more`] : []),
    `${found.length === 0 ? 'All of it fits' : `${found.length} found`}: ${entries} entries (${steps} steps, ${padding} padding, ${lost} lost), ${signed} of them signed; ${cases} cases, ${erased} erased; ${waiting} steps wait for their slot`,
    ...(linesLeftOut
      ? [
          'Terms and lines of lists were not compared: they are being written anew, or this command has another profile or version than the node',
        ]
      : []),
    NOT_COVERED,
  ];
}

// `rogatory backup | restore | backup-key`: a sealed copy of everything a node stores, and a node made out of one.

import { buildCommand } from '@stricli/core';
import type { KeepSafe, KeptSafe } from '../app/keep-safe.ts';
import { type Context, dataFlag, unusable } from './context.ts';

const path = (brief: string) => ({ kind: 'parsed', parse: String, brief, placeholder: 'FILE' }) as const;

type BackupFlags = {
  readonly to: string;
  readonly recipient: readonly string[];
  readonly data?: string;
  readonly withKeys: boolean;
};

/** The three commands over what does the work; it is loaded when one of them runs. */
export const keepSafeCommands = (open: () => Promise<KeepSafe>, defaultData: string) => ({
  backup: buildCommand<BackupFlags, [], Context>({
    docs: {
      brief: 'Write a sealed backup of the database and the files, while the node works or rests',
      fullDescription:
        'Everything that was acknowledged before the command began is in it. Only the holder of the identity that belongs to a recipient can open it (age). Keys of the node are left out unless --with-keys is given: whoever has both reads sealed cases.\nExit status: 0 written, 2 not written.',
    },
    parameters: {
      positional: { kind: 'tuple', parameters: [] },
      flags: {
        to: path('The file to write; it may not exist'),
        recipient: {
          kind: 'parsed',
          parse: String,
          variadic: true,
          brief: 'Who can open it; may be given more than once',
          placeholder: 'age1...',
        },
        data: dataFlag,
        withKeys: { kind: 'boolean', default: false, withNegated: false, brief: "Take the node's keys along" },
      },
    },
    func: async function (this: Context, { to, recipient, data, withKeys }) {
      const dataDirectory = data ?? defaultData;
      const done = await (await open()).backup({ dataDirectory, to, recipients: recipient, withKeys });
      if (!done.ok) return unusable(this, null, done.faults);
      await this.out(`${to}: ${inWords(done.value)}\n`);
      if (!withKeys)
        await this.out(`The keys in ${dataDirectory}/keys are not in it; keep a copy of them elsewhere.\n`);
    },
  }),
  restore: buildCommand<{ readonly identity: string; readonly to: string }, [string], Context>({
    docs: {
      brief: 'Make a data directory out of a backup, and hold it against what the backup says of itself',
      fullDescription:
        'The directory must be empty. A damaged or shortened backup is refused and leaves nothing behind.\nExit status: 0 restored, 2 not restored.',
    },
    parameters: {
      positional: { kind: 'tuple', parameters: [{ brief: 'The backup', parse: String, placeholder: 'FILE' }] },
      flags: {
        identity: path('The file with the identity that opens it'),
        to: { kind: 'parsed', parse: String, brief: 'The data directory to make', placeholder: 'DIR' },
      },
    },
    func: async function (this: Context, { identity, to }, from) {
      const done = await (await open()).restore({ from, identity, to });
      if (!done.ok) return unusable(this, null, done.faults);
      await this.out(`${to}: ${inWords(done.value)}; every row was read back and is as it was\n`);
      if (done.value.keys === 0)
        await this.out(
          `Put the node's keys into ${to}/keys before you start it: without them nobody's second factor works and sealed cases stay shut.\n`,
        );
    },
  }),
  'backup-key': buildCommand<{ readonly to: string }, [], Context>({
    docs: { brief: 'Make a key for backups: the identity into a file, the recipient to give to `backup`' },
    parameters: {
      positional: { kind: 'tuple', parameters: [] },
      flags: { to: path('The file for the identity; keep it away from the node') },
    },
    func: async function (this: Context, { to }) {
      const made = await (await open()).newKey(to);
      if (!made.ok) return unusable(this, null, made.faults);
      await this.out(`${made.value}\n`);
    },
  }),
});

const inWords = ({ rows, tables, files, keys, size, asOf }: KeptSafe): string =>
  `${rows} rows of ${tables} tables, ${files} files${keys > 0 ? `, ${keys} keys` : ''} as of ${asOf}, ${size} bytes sealed`;

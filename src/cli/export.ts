// `rogatory export`: a copy of a whole case as one archive, taken by the operator at the machine.

import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buildCommand } from '@stricli/core';
import type { Exported } from '../app/casework/exporting.ts';
import type { Reference } from '../domain/docket/case-file.ts';
import { isLanguage, type Language, LANGUAGES } from '../kernel/language.ts';
import { type Outcome, refuse } from '../kernel/outcome.ts';
import { type Context, dataFlag, unusable } from './context.ts';

/** Casework as far as the command needs it, over the database of that data directory. */
export type OpenExport = (dataDirectory: string) => Promise<
  Outcome<{
    readonly exportCase: (reference: Reference, language: Language) => Promise<Exported>;
    readonly close: () => Promise<void>;
  }>
>;

type Flags = { readonly out: string; readonly language: string; readonly data?: string };

export const exportCommand = (open: OpenExport, defaultData: string) =>
  buildCommand<Flags, [string], Context>({
    docs: {
      brief: 'Write everything about one case into an archive that can be checked without Rogatory',
      fullDescription:
        'Steps with what opens their commitments, documents, letters, and a page to read (docs/spec/case-export.md), while the node works or rests. That the operator took a copy becomes a step of the case. A sealed case is exported on its page, by somebody it was opened to. Run it in the environment of the node.\nExit status: 0 written, 1 refused, 2 not written.',
    },
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [{ brief: 'The case, such as BB-2028-000117', parse: String, placeholder: 'CASE-REFERENCE' }],
      },
      flags: {
        out: { kind: 'parsed', parse: String, brief: 'The file to write (tar); it may not exist', placeholder: 'FILE' },
        language: {
          kind: 'parsed',
          parse: String,
          default: 'en',
          brief: `The language of its page (${LANGUAGES.join(', ')})`,
        },
        data: dataFlag,
      },
    },
    func: async function (this: Context, { out, language, data }, reference) {
      if (!isLanguage(language))
        return unusable(this, null, [{ pointer: '--language', detail: `must be one of ${LANGUAGES.join(', ')}` }]);
      if (existsSync(out))
        return unusable(this, null, [{ pointer: out, detail: 'exists already; an export overwrites nothing' }]);
      const opened = await open(data ?? defaultData);
      if (!opened.ok) return unusable(this, null, opened.faults);
      try {
        const done = await opened.value.exportCase(reference as Reference, language);
        if (done.is !== 'exported') {
          notExported(this, reference, done);
          return;
        }
        const written = await writeWhole(out, done.archive);
        if (!written.ok) return unusable(this, null, written.faults);
        await this.out(`${out}: ${reference}; SHA-256 of its case.json: ${done.sha256}\n`);
      } finally {
        await opened.value.close();
      }
    },
  });

function notExported(context: Context, reference: string, done: Exclude<Exported, { is: 'exported' }>): void {
  switch (done.is) {
    case 'absent':
    case 'not-allowed':
      unusable(context, null, [{ pointer: reference, detail: 'there is no such case' }]);
      return;
    case 'conflict':
      context.err(`${reference}: the case moves on too fast to be copied; try again`);
      break;
    case 'refused':
      context.err(`${reference}: the case is sealed; somebody it was opened to can export it on its page`);
  }
  context.exit(1);
}

/** The archive appears under its name only when it is whole and on the disk. */
async function writeWhole(out: string, archive: AsyncIterable<Uint8Array>): Promise<Outcome<true>> {
  const partial = `${out}.partial`;
  try {
    await rm(partial, { force: true });
    await pipeline(Readable.from(archive), createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(partial, out);
    return { ok: true, value: true };
  } catch (error) {
    await rm(partial, { force: true });
    return refuse({ pointer: out, detail: `cannot be written: ${(error as Error).message}` });
  }
}

// The command line's composition root: commands on one side, files, streams and the law folder on the other.

import { join } from 'node:path';
import { buildApplication, buildRouteMap, run, text_en } from '@stricli/core';
import { loadLaw, loadPolicy, loadTranslationReport, MAX_FILE_BYTES, readText } from '../adapters/files/law-store.ts';
import { boundedLines, openFile, readAll } from '../adapters/files/streams.ts';
import { openLawBook } from '../app/law-book.ts';
import { accept, refuse } from '../kernel/outcome.ts';
import { assessCommand } from './assess.ts';
import type { Context } from './context.ts';
import { defectText } from './defect.ts';
import { exportCommand, type OpenExport } from './export.ts';
import { archiveCommand, diffCommand, listCommand, showCommand } from './law.ts';
import { keepSafeCommands } from './keep-safe.ts';
import { logCommands, type OpenLogDoor } from './log.ts';
import { checkCommand, schemasCommand } from './law-check.ts';
import { translationsCommand } from './translations.ts';
import { verifyCommands } from './verify.ts';

const say = (facts: object, text: string): void =>
  void process.stderr.write(`${text}${Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : ''}\n`);
const quiet = { info: (): void => {}, warn: say, error: say };

/** Loaded when needed: the driver of the database is not for those who only assess. */
const openKeepSafe = async () => {
  const { keepSafe } = await import('../adapters/postgres/backup/keep-safe.ts');
  return keepSafe(process.env, quiet);
};

/** Casework over the database of a node, at work or at rest. */
async function openBeside(dataDirectory: string) {
  const { joinDatabase } = await import('../adapters/postgres/server/join-database.ts');
  const { databaseSettings } = await import('../adapters/postgres/server/settings.ts');
  const { openCasework } = await import('../compose-casework.ts');
  const database = await joinDatabase({ ...databaseSettings(process.env), dataDirectory, log: quiet });
  if (!database.ok) return database;
  const { app, stop } = database.value;
  const opened = await openCasework({ dataDirectory, app, profile: process.env['ROGATORY_PROFILE'] });
  if (!opened.ok) {
    await stop();
    return opened;
  }
  const close = async (): Promise<void> => {
    await opened.value.close();
    await stop();
  };
  return accept({ ...opened.value, close });
}

const openExport: OpenExport = async (dataDirectory) => {
  const { exportCase } = await import('../app/casework/exporting.ts');
  const opened = await openBeside(dataDirectory);
  if (!opened.ok) return opened;
  const { work, exporting, close } = opened.value;
  return accept({
    exportCase: (reference, language) => exportCase(work, exporting, 'operator', reference, language),
    close,
  });
};

/** The public log of a node, and the cases whose steps it holds. */
const openLog: OpenLogDoor = async (dataDirectory) => {
  const { hasLogKeys } = await import('../adapters/log/log-keys.ts');
  const { audit } = await import('../app/log/audit.ts');
  const { resumeFrom } = await import('../app/log/resume.ts');
  const { eraseCase } = await import('../app/casework/erasing.ts');
  const noLog = refuse({ pointer: join(dataDirectory, 'keys', 'log'), detail: 'is not here: this node has no log' });
  if (!hasLogKeys(dataDirectory)) return noLog;
  const opened = await openBeside(dataDirectory);
  if (!opened.ok) return opened;
  const { audit: all, work, close } = opened.value;
  if (all === undefined) return noLog;
  return accept({
    check: () => audit(all),
    resume: (checkpoint) => resumeFrom(all.log, checkpoint),
    erase: (reference, order) => eraseCase(work, reference, order),
    close,
  });
};

const dataDirectory = process.env['ROGATORY_DATA'] || './data';
const routes = buildRouteMap({
  routes: {
    assess: assessCommand,
    ...keepSafeCommands(openKeepSafe, dataDirectory),
    export: exportCommand(openExport, dataDirectory),
    log: logCommands(openLog, dataDirectory),
    verify: verifyCommands,
    law: buildRouteMap({
      routes: {
        list: listCommand,
        show: showCommand,
        diff: diffCommand,
        check: checkCommand,
        archive: archiveCommand,
        schemas: schemasCommand,
        translations: translationsCommand,
      },
      docs: { brief: 'The law as data: read it, compare days, prove it, archive it, translate it' },
    }),
  },
  docs: { brief: 'Rogatory: assess requests for electronic evidence against the law' },
});

const context: Context = {
  process,
  out: (text) =>
    new Promise((resolve) => (process.stdout.write(text) ? resolve() : process.stdout.once('drain', resolve))),
  err: (line) => void process.stderr.write(`${line}\n`),
  openLaw: async (path, added) => {
    const law = await loadLaw(path, added);
    return law.ok ? accept(openLawBook(law.value.rules, law.value.hash, law.value.register)) : law;
  },
  translations: loadTranslationReport,
  loadPolicy,
  readText: async (path) => {
    if (path === '-') return readAll(process.stdin, MAX_FILE_BYTES);
    const file = readText(path, '');
    return file.ok ? accept(file.value.text) : file;
  },
  readLines: (path) => {
    const stream = path === '-' ? accept(process.stdin) : openFile(path);
    return stream.ok ? accept(boundedLines(stream.value, MAX_FILE_BYTES)) : stream;
  },
  exit: (code) => {
    process.exitCode = code;
  },
};

// A closed pipe (`| head`) is the reader's choice, not our failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.on('uncaughtException', (error) => {
  process.stderr.write(`${defectText(error)}\n`);
  process.exit(1);
});

await run(
  buildApplication(routes, {
    name: 'rogatory',
    scanner: { caseStyle: 'allow-kebab-for-camel' },
    documentation: { disableAnsiColor: true },
    localization: {
      loadText: () => ({
        ...text_en,
        exceptionWhileRunningCommand: defectText,
        exceptionWhileLoadingCommandFunction: defectText,
        exceptionWhileLoadingCommandContext: defectText,
      }),
    },
  }),
  process.argv.slice(2),
  context,
);
// The library's own codes for words it could not read are negative; to a caller they are unusable input.
if (typeof process.exitCode === 'number' && (process.exitCode < 0 || process.exitCode > 2)) process.exitCode = 2;

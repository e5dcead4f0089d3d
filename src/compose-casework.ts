// Puts casework together over one database and one data directory: for the pages and the clock of a node, and for its command line.

import { join } from 'node:path';
import { objectSeals } from './adapters/evidence/headers.ts';
import { caseArchive } from './adapters/files/case-archive.ts';
import { DEMO_PROFILE } from './adapters/files/demo-store.ts';
import { loadRequestExample } from './adapters/files/example-store.ts';
import { fileStore } from './adapters/files/file-store.ts';
import { loadLaw, loadPolicy } from './adapters/files/law-store.ts';
import { loadCatalogues } from './adapters/files/message-store.ts';
import { loadOfficeDefaults } from './adapters/files/office-store.ts';
import { sealedFiles } from './adapters/files/sealed-files.ts';
import { caseKeys } from './adapters/keys/case-keys.ts';
import { nodeMark } from './adapters/keys/node-mark.ts';
import { secrets } from './adapters/keys/secrets.ts';
import { openVault } from './adapters/keys/vault.ts';
import { hasLogKeys } from './adapters/log/log-keys.ts';
import { openAudit } from './adapters/log/open-audit.ts';
import { openLog } from './adapters/log/open-log.ts';
import { logSettings } from './adapters/log/settings.ts';
import { attachmentReader } from './adapters/letters/read-attachment.ts';
import { intakeRecords } from './adapters/postgres/casework/api-intake.ts';
import { draftStore } from './adapters/postgres/casework/drafts.ts';
import { fileRecords } from './adapters/postgres/casework/file-records.ts';
import { openedSteps } from './adapters/postgres/casework/openings.ts';
import { caseStore } from './adapters/postgres/casework/store.ts';
import { type ConnectionSettings, connect, type Db } from './adapters/postgres/connection.ts';
import { officeStore } from './adapters/postgres/office.ts';
import { lastStepIn } from './adapters/postgres/log/published.ts';
import { keyRecords } from './adapters/postgres/people/api-keys.ts';
import { world } from './adapters/world.ts';
import type { IntakeApi } from './api/context.ts';
import { handIn, progressOf } from './app/casework/api-intake.ts';
import type { Law } from './app/casework/assess-case.ts';
import type { FrontDesk } from './app/casework/drafts.ts';
import type { ExportPorts } from './app/casework/export-ports.ts';
import type { FileRecords } from './app/casework/file-ports.ts';
import { caseFiles } from './app/casework/files.ts';
import type { CaseKeys } from './app/casework/sealing-ports.ts';
import type { Office } from './app/casework/ports.ts';
import { openReader, type Reader } from './app/casework/reading.ts';
import { openLawBook } from './app/law-book.ts';
import type { AuditPorts } from './app/log/audit-ports.ts';
import type { LogPorts } from './app/log/ports.ts';
import { placesOf, publishedSize, receiptFor } from './app/log/receipt.ts';
import { recogniseKey } from './app/people/api-keys.ts';
import { personKeyName } from './app/people/enrol.ts';
import type { KeyPorts } from './app/people/key-ports.ts';
import type { Vault } from './app/people/ports.ts';
import { type Instant, millisecondsOf } from './kernel/instant.ts';
import { accept, type Outcome } from './kernel/outcome.ts';
import { formatKey } from './transparency/note.ts';
import { DEFAULT_POLICY } from './law/profile.ts';
import { readableCase } from './web/exporting/readable.ts';
import { type Catalogues, PAGE_LANGUAGES } from './web/messages.ts';

/** The office of a node on which nobody has set one up. */
export const NOBODYS = { state: 'ZZ', name: '', languages: ['en'] } as const;

export type CaseworkParts = {
  readonly db: Db;
  readonly dataDirectory: string;
  readonly vault: Vault;
  readonly now: () => Instant;
  readonly law: Law;
  readonly office: () => Office;
  readonly catalogues: Catalogues;
  readonly unread: FrontDesk['unread'];
  /** The public log, where this node has one. */
  readonly log?: LogPorts | undefined;
};
export type Casework = {
  readonly work: FrontDesk;
  readonly exporting: ExportPorts;
  /** Keys for programs, and what a program with one may ask of the node. */
  readonly keys: KeyPorts;
  readonly intake: IntakeApi;
  /** Reads what programs hand in; to be stopped before the database is. */
  readonly reader: Reader;
  /** The keys of sealed cases, and one case's for what else lies under it. */
  readonly keysOfCases: CaseKeys;
  readonly keyOf: FileRecords['keyOf'];
};

export function caseworkOver(parts: CaseworkParts): Casework {
  const { db, dataDirectory, vault, now, law, office, unread, catalogues, log } = parts;
  const keys = caseKeys(vault, secrets, personKeyName);
  const records = fileRecords(db, keys);
  const timeZone = (): string => office().settings.calendar.timeZone;
  const work: FrontDesk = {
    store: caseStore(db, now, keys),
    drafts: draftStore(db, keys),
    files: caseFiles({
      plain: fileStore(join(dataDirectory, 'files')),
      sealed: sealedFiles(join(dataDirectory, 'files', 'sealed')),
      objects: objectSeals(join(dataDirectory, 'files', 'evidence')),
      records,
    }),
    world: world(timeZone, vault.derive('marks', 32), now),
    law,
    office,
    unread,
    readAttachment: attachmentReader(),
  };
  const exporting: ExportPorts = {
    steps: (by, id) => openedSteps(db, keys, by, id),
    ...(log && {
      log: {
        vkey: formatKey(log.keys.log[0]),
        places: (id, commitments) => placesOf(log, id, commitments),
        receipt: async (of, commitment, opened) => {
          const given = await receiptFor(log, Uint8Array.fromHex(commitment), { of, opened });
          return given.ok ? given.value : null;
        },
        published: async (id) => lastStepIn(db, await publishedSize(log), id),
      },
    }),
    readable: readableCase({ ...law, catalogues, timeZone }),
    archive: (folder, files) => caseArchive(folder, files, Math.floor(millisecondsOf(now()) / 1000)),
  };
  const keyPorts: KeyPorts = { keys: keyRecords(db, keys.mark), secrets, now };
  const handedIn = intakeRecords(db);
  const reader = openReader(work);
  const intake: IntakeApi = {
    recognise: (shown) => recogniseKey(keyPorts, shown),
    handIn: (sender, repetition, text) => handIn(work, { records: handedIn, reader }, sender, repetition, text),
    progress: (sender, reference) => progressOf(work, handedIn, sender, reference),
    example: loadRequestExample(),
  };
  return { work, exporting, keys: keyPorts, intake, reader, keysOfCases: keys, keyOf: records.keyOf };
}

/** Casework for a command beside a node, or instead of one: without pages, clock or mail. The database is of this version. */
export async function openCasework(options: {
  readonly dataDirectory: string;
  readonly app: ConnectionSettings;
  /** As the node has it. */
  readonly profile?: string | undefined;
}): Promise<Outcome<Casework & { readonly audit: AuditPorts | undefined; readonly close: () => Promise<void> }>> {
  const loaded = await loadLaw();
  if (!loaded.ok) return loaded;
  const { rules, hash, register } = loaded.value;
  const { db, close } = connect(options.app, 2);
  const vault = openVault(options.dataDirectory);
  const office = await officeStore(
    db,
    { ...NOBODYS, settings: loadOfficeDefaults() },
    () => Date.now(),
    nodeMark(vault),
  );
  const profile = (await office.isDemonstration()) ? DEMO_PROFILE : options.profile;
  const policy = profile ? await loadPolicy(rules, profile) : accept(DEFAULT_POLICY);
  if (!policy.ok) {
    await close();
    return policy;
  }
  const { dataDirectory } = options;
  const now = (): Instant => new Date().toISOString() as Instant;
  const logged = logSettings(process.env, false);
  if (!logged.ok) {
    await close();
    return logged;
  }
  // A command beside a node makes no keys: what has no log yet is exported without receipts.
  const log = hasLogKeys(dataDirectory)
    ? (await openLog({ dataDirectory, db, settings: logged.value, now })).ports
    : undefined;
  const casework = caseworkOver({
    db,
    dataDirectory,
    vault,
    now,
    log,
    law: { book: openLawBook(rules, hash, register), policy: policy.value },
    office: office.office,
    // A command receives no requests.
    unread: () => undefined,
    catalogues: loadCatalogues(PAGE_LANGUAGES),
  });
  const audit =
    log && openAudit({ db, dataDirectory, keys: casework.keysOfCases, office, log, casework: casework.work });
  return accept({ ...casework, audit, close });
}

// Puts a node together: adapters under use cases, use cases under pages. Started by main.ts, and by tests with a clock of theirs.

import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Hono } from 'hono';
import { openEvidence } from './adapters/evidence/open-evidence.ts';
import type { Stamper } from './adapters/evidence/timestamp.ts';
import { DEMO_PROFILE, loadDemoOffice } from './adapters/files/demo-store.ts';
import { plotCharts } from './adapters/charts/plot.ts';
import { loadLaw, loadPolicy } from './adapters/files/law-store.ts';
import { loadCatalogues } from './adapters/files/message-store.ts';
import { loadOfficeDefaults } from './adapters/files/office-store.ts';
import { loadStatistics } from './adapters/files/statistics-store.ts';
import { webAuthn } from './adapters/keys/passkeys.ts';
import { nodeMark } from './adapters/keys/node-mark.ts';
import { argon2Passwords } from './adapters/keys/passwords.ts';
import { secrets } from './adapters/keys/secrets.ts';
import { openVault } from './adapters/keys/vault.ts';
import { typstPress } from './adapters/letters/typst-press.ts';
import { letterWords } from './adapters/letters/words.ts';
import { smtpMailer } from './adapters/mail/smtp.ts';
import { openAudit } from './adapters/log/open-audit.ts';
import { openLog } from './adapters/log/open-log.ts';
import { type LogSettings, logSettings } from './adapters/log/settings.ts';
import { caseChanges } from './adapters/postgres/casework/changes.ts';
import { openJobs, prepareJobs } from './adapters/postgres/jobs.ts';
import { enterFound } from './adapters/postgres/log/held-kept.ts';
import { auditRuns } from './adapters/postgres/log/audits.ts';
import { mailAddresses, outbox } from './adapters/postgres/outbox.ts';
import { type ConnectionSettings, connect } from './adapters/postgres/connection.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { noticeCodes } from './adapters/postgres/notice-codes.ts';
import { officeStore } from './adapters/postgres/office.ts';
import { openOversight } from './adapters/postgres/oversight/open-oversight.ts';
import { readingRecords } from './adapters/postgres/readings.ts';
import { reportStore } from './adapters/postgres/reporting/reports.ts';
import { thresholdProposals } from './adapters/postgres/reporting/thresholds.ts';
import { peopleStore } from './adapters/postgres/people/store.ts';
import type { Letters } from './app/casework/letters.ts';
import type { FrontDesk } from './app/casework/drafts.ts';
import type { OfficeStore } from './app/casework/ports.ts';
import { beginDemonstration } from './app/demo/open.ts';
import { openLawBook } from './app/law-book.ts';
import { clearUploads } from './app/evidence/uploading.ts';
import { auditDaily } from './app/log/daily.ts';
import { knownTiles } from './app/log/known-tiles.ts';
import { sequencer } from './app/log/publish.ts';
import type { LogPorts } from './app/log/ports.ts';
import type { ReportingPorts } from './app/reporting/publish.ts';
import { DEFAULT_SETTINGS } from './app/people/answers.ts';
import type { IdentityProvider, Passwords, PeoplePorts, PeopleSettings } from './app/people/ports.ts';
import { caseworkOver, NOBODYS } from './compose-casework.ts';
import { playDemonstration } from './compose-demo.ts';
import { pages } from './compose-pages.ts';
import type { Instant } from './kernel/instant.ts';
import { accept, type Outcome } from './kernel/outcome.ts';
import { DEFAULT_POLICY } from './law/profile.ts';
import type { WebEnv } from './web/context.ts';
import type { DemoDoor } from './web/demo/routes.ts';
import { logRoutes } from './web/log/routes.ts';
import type { NoticePorts } from './web/notice/routes.ts';
import { PAGE_LANGUAGES } from './web/messages.ts';
import { addressOf } from './web/people/address.ts';
import type { AccessPorts } from './web/session.ts';
import { startWorker } from './worker/worker.ts';

/** What a node is made of that is not the same everywhere. */
export type NodeOptions = {
  readonly dataDirectory: string;
  /** Owns the tables; used for migrations and then closed. */
  readonly owner: ConnectionSettings;
  readonly app: ConnectionSettings;
  /** The profile of the State whose office this is. */
  readonly profile?: string | undefined;
  /** The address under which browsers reach the node. */
  readonly origin?: string | undefined;
  /** Whether a proxy in front of the node says who asks. */
  readonly behindProxy?: boolean;
  readonly provider?: IdentityProvider | undefined;
  /** The authority that stamps packages of evidence; without it they go without a time stamp. */
  readonly timeStamps?: Stamper | undefined;
  /** The office's mail server and the address its mail comes from; without it, what waits is seen on the lists alone. */
  readonly mail?: { readonly server: string; readonly from: string } | undefined;
  /** The most bytes of a form with a file of evidence. */
  readonly mostUpload?: number | undefined;
  /** The rhythm and the witnesses of the public log; a demonstration has others. */
  readonly publicLog?: (demonstration: boolean) => Outcome<LogSettings>;
  /** Without it nothing happens by itself: no clock, no mail. Tests move the clock by hand. */
  readonly works?: boolean;
  readonly settings?: Partial<PeopleSettings>;
  readonly passwords?: Passwords;
  readonly now?: () => Instant;
  /** Makes an empty node a demonstration. */
  readonly demonstration?: boolean;
  /** Called when somebody turned the empty node into a demonstration: it is to be put together anew. */
  readonly onDemonstration?: () => Promise<void>;
  readonly log: { readonly error: (fields: { readonly id: string; readonly err: unknown }, message: string) => void };
};

export type Node = {
  readonly app: Hono<WebEnv>;
  readonly work: FrontDesk;
  readonly people: PeoplePorts;
  readonly office: OfficeStore;
  readonly publicLog: LogPorts;
  readonly isDemonstration: boolean;
  readonly close: () => Promise<void>;
};

/** The daily audit takes a tenth of the time of a processor at most, so that nobody has to wait for a page because of it. */
const AUDIT_RESTS = 9;

/** Opens everything a node needs, brings its database to this version, and mounts its pages. */
export async function composeNode(options: NodeOptions): Promise<Outcome<Node>> {
  const loaded = await loadLaw();
  if (!loaded.ok) return loaded;
  const { rules, hash, register } = loaded.value;
  await migrate(options.owner);
  const mailer = options.mail && smtpMailer(options.mail.server, options.mail.from);
  if (mailer?.ok === false) return mailer;
  const { db, close } = connect(options.app);
  const now = options.now ?? ((): Instant => new Date().toISOString() as Instant);
  const vault = openVault(options.dataDirectory);
  const mark = nodeMark(vault);
  /** What the office has set counts from that moment on, but for a demonstration, in which nobody proves anything. */
  const peopleSettings = (demonstration = false): PeopleSettings => ({
    ...DEFAULT_SETTINGS,
    ...options.settings,
    demonstration,
    get approversNeedHardware() {
      const asked = options.settings?.approversNeedHardware ?? office.office().settings['approvers-need-hardware'];
      return !demonstration && asked === true;
    },
  });
  const people: PeoplePorts = {
    store: peopleStore(db, mark),
    vault,
    passwords: options.passwords ?? argon2Passwords(),
    passkeys: webAuthn,
    secrets,
    settings: peopleSettings(),
    now,
  };
  await enterFound(db, mark, now());
  const office = await officeStore(db, { ...NOBODYS, settings: loadOfficeDefaults() }, () => Date.now(), mark);
  const data = loadDemoOffice();
  const begin = () => beginDemonstration({ people, office, data });
  if (options.demonstration) await begin();
  const isDemonstration = await office.isDemonstration();

  const profile = isDemonstration ? DEMO_PROFILE : options.profile;
  const policy = profile ? await loadPolicy(rules, profile) : accept(DEFAULT_POLICY);
  const logged = (options.publicLog ?? ((demonstration) => logSettings({}, demonstration)))(isDemonstration);
  if (!policy.ok || !logged.ok) await close();
  if (!policy.ok) return policy;
  if (!logged.ok) return logged;
  const book = openLawBook(rules, hash, register);
  const catalogues = loadCatalogues(PAGE_LANGUAGES);
  const press = typstPress();
  const letters: Letters = { press, words: letterWords(catalogues) };
  const law = { book, policy: policy.value };
  const { origin, dataDirectory } = options;
  const opened = await openLog({ dataDirectory, db, origin, settings: logged.value, now });
  const publicLog = { ...opened, ports: { ...opened.ports, tiles: knownTiles(opened.ports.files) } };
  const { work, exporting, keys, intake, reader, keysOfCases, keyOf } = caseworkOver({
    log: publicLog.ports,
    db,
    dataDirectory: options.dataDirectory,
    vault,
    now,
    law,
    office: office.office,
    unread: (reference, err) =>
      options.log.error({ id: reference, err }, 'a request was received and could not be read'),
    catalogues,
  });
  const { steps, log: places } = exporting;
  const evidence = await openEvidence({
    dataDirectory,
    db,
    steps,
    ...(places ? { log: places } : {}),
    authority: options.timeStamps,
    demonstration: isDemonstration,
    now,
    keyOf,
  });
  const access: AccessPorts = {
    people: { ...people, settings: peopleSettings(isDemonstration) },
    addressOf: addressOf(options.behindProxy ?? false),
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(options.provider ? { provider: options.provider } : {}),
  };
  const demo: DemoDoor = {
    access,
    isDemonstration,
    begin: async () => {
      const begun = await begin();
      if (begun) await options.onDemonstration?.();
      return begun;
    },
    progress: () => played?.progress() ?? { done: 0, total: data.requests.length },
    people: () => people.store.members(),
  };
  const reporting: ReportingPorts = {
    store: reportStore(db, mark),
    lists: loadStatistics(),
    office: office.office,
    now,
    today: work.world.today,
    chance: (length) => new Uint8Array(randomBytes(length)),
    giveWay: () => setImmediate(),
    sha256: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    log: { origin: publicLog.ports.keys.log[0].name, every: logged.value.cadence.every },
  };
  const threshold = { proposals: thresholdProposals(db, mark), records: office, now };
  const changes = caseChanges(db, options.app);
  const mail = { addresses: mailAddresses(db, mark, now), sends: mailer !== undefined };
  const readings = readingRecords(db);
  const oversight = openOversight(db, { work, steps: exporting.steps, log: publicLog.ports });
  const played = isDemonstration
    ? playDemonstration({
        ...{ work, people, office, data, reporting, oversight },
        works: options.works !== false,
        failed: (err) => options.log.error({ id: 'demonstration', err }, 'the demonstration was not filled'),
      })
    : undefined;
  const audits = auditRuns(db);
  const open = logRoutes({
    files: publicLog.ports.files,
    keys: publicLog.ports.keys.log,
    ...logged.value,
    url: origin === undefined ? undefined : `${new URL(origin).origin}/log`,
    witness: publicLog.witness,
    addressOf: access.addressOf,
  });
  const notice: NoticePorts = {
    work,
    codes: noticeCodes(db),
    steps: exporting.steps,
    ...(exporting.log && { log: exporting.log }),
    timer: {
      now: () => performance.now(),
      wait: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)),
    },
    addressOf: access.addressOf,
  };
  const app = pages({
    figures: { reporting, threshold, log: publicLog.ports, press, draw: plotCharts(), work, origin },
    notice,
    publicLog: publicLog.ports,
    audits,
    open,
    work,
    evidence,
    exporting,
    keys,
    intake,
    office,
    changes,
    access,
    letters,
    demo,
    mail,
    readings,
    oversight,
    catalogues,
    log: options.log,
    mostUpload: options.mostUpload,
  });
  /** The clock and the mail, each minute, in one process of many. */
  async function workByItself(): Promise<() => Promise<void>> {
    await prepareJobs(options.owner);
    const jobs = await openJobs(options.app, (err) => options.log.error({ id: 'jobs', err }, 'the queue failed'));
    const waiting = outbox(db);
    const audit = openAudit({
      db,
      dataDirectory,
      keys: keysOfCases,
      office,
      log: publicLog.ports,
      casework: work,
      rests: AUDIT_RESTS,
    });
    const say = letterWords(catalogues);
    const mail = mailer?.ok
      ? { outbox: waiting, send: mailer.value.send, say, origin: options.origin ?? '', now }
      : { outbox: waiting };
    await startWorker({
      eachMinute: jobs.eachMinute,
      work,
      office,
      mail,
      clearUploads: () => clearUploads(work, evidence),
      publicLog: sequencer(publicLog.ports),
      audit: () => auditDaily(audit, audits),
      log: { error: (fields, message) => options.log.error({ id: 'worker', err: fields }, message) },
    });
    return jobs.close;
  }
  const stopWorking = options.works === false ? async () => undefined : await workByItself();
  return accept({
    app,
    work,
    people,
    office,
    publicLog: publicLog.ports,
    isDemonstration,
    close: async () => {
      await stopWorking();
      await reader.stop();
      if (mailer?.ok) mailer.value.close();
      await played?.close();
      await press.close();
      await changes.close();
      await close();
    },
  });
}

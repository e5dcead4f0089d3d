// Every page of a node, mounted over what it may ask.

import { createHash, randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { loadExamples } from './adapters/files/example-store.ts';
import { apiApp } from './api/app.ts';
import type { IntakeApi } from './api/context.ts';
import type { ExportPorts } from './app/casework/export-ports.ts';
import type { Letters } from './app/casework/letters.ts';
import type { FrontDesk } from './app/casework/drafts.ts';
import type { Changes } from './app/casework/change-ports.ts';
import type { AuditRuns } from './app/log/daily-ports.ts';
import type { OversightPorts } from './app/oversight/book-ports.ts';
import type { ReadingRecords } from './app/oversight/ports.ts';
import type { EvidencePorts } from './app/evidence/ports.ts';
import type { OfficeRecords } from './app/office/ports.ts';
import type { KeyPorts } from './app/people/key-ports.ts';
import { type WebPorts, webApp } from './web/app.ts';
import { openAssets } from './web/assets.ts';
import { caseworkRoutes } from './web/casework/routes.ts';
import { type MailPagePorts, mailRoutes } from './web/carrying-out/mail-routes.ts';
import { carryingOutRoutes } from './web/carrying-out/routes.ts';
import { checkRoutes } from './web/check/routes.ts';
import type { WebEnv } from './web/context.ts';
import { evidenceRoutes } from './web/evidence/routes.ts';
import { decisionRoutes } from './web/deciding/routes.ts';
import { type DemoDoor, demoRoutes } from './web/demo/routes.ts';
import { intakeRoutes } from './web/intake/routes.ts';
import { eventRoutes } from './web/docket/events.ts';
import { docketRoutes } from './web/docket/routes.ts';
import { exportRoutes } from './web/exporting/routes.ts';
import { lawRoutes } from './web/law/routes.ts';
import { auditAlarm, auditRoutes } from './web/log/audit-routes.ts';
import { type FiguresPorts, figuresRoutes } from './web/figures/routes.ts';
import { type NoticePorts, noticeRoutes } from './web/notice/routes.ts';
import type { Catalogues } from './web/messages.ts';
import { readingsRoutes } from './web/office/readings-routes.ts';
import { oversightRoutes } from './web/oversight/routes.ts';
import { keysRoutes } from './web/office/keys-routes.ts';
import { officeRoutes } from './web/office/routes.ts';
import { peopleRoutes } from './web/people/routes.ts';
import { referenceRoutes } from './web/reference/page.ts';
import { ruleSetRoutes } from './web/rule-set.ts';
import { type AccessPorts, sessions } from './web/session.ts';
import { type LogPagePorts, logPageRoutes } from './web/verify/log-page.ts';
import { verifyRoutes } from './web/verify/routes.ts';

/** What pages may ask. */
export type Parts = {
  readonly figures: FiguresPorts;
  readonly notice: NoticePorts;
  readonly evidence: EvidencePorts;
  readonly publicLog: LogPagePorts;
  readonly audits: AuditRuns;
  readonly open: Hono<WebEnv>;
  readonly work: FrontDesk;
  readonly exporting: ExportPorts;
  readonly keys: KeyPorts;
  readonly intake: IntakeApi;
  readonly office: OfficeRecords;
  readonly changes: Changes;
  readonly access: AccessPorts;
  readonly letters: Letters;
  readonly demo: DemoDoor;
  readonly mail: Omit<MailPagePorts, 'work'>;
  readonly readings: ReadingRecords;
  readonly oversight: OversightPorts;
  readonly catalogues: Catalogues;
  readonly log: WebPorts['log'];
  readonly mostUpload: WebPorts['mostUpload'];
};

/** Every page of the node, over what it may ask. */
export function pages({
  figures,
  notice,
  publicLog,
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
  log,
  mostUpload,
}: Parts): Hono<WebEnv> {
  const { book, policy } = work.law;
  const { today } = work.world;
  const app = webApp({
    book,
    policy,
    log,
    catalogues,
    assets: openAssets(['check', 'passkey', 'intake', 'live', 'verify', 'evidence']),
    today,
    newId: () => randomUUID().slice(0, 8),
    sessions: sessions(access),
    alarm: auditAlarm(work.world, audits),
    open,
    demonstration: demo.isDemonstration,
    mostUpload,
    isEmpty: async () => !demo.isDemonstration && (await demo.people()).length === 0,
  });
  const examples = loadExamples();
  const api = apiApp({ book, policy, today, examples, words: catalogues.en, intake });
  return app
    .route('/', ruleSetRoutes(book))
    .route('/', verifyRoutes())
    .route('/', logPageRoutes(publicLog))
    .route('/', noticeRoutes(notice))
    .route('/', referenceRoutes(api.document))
    .route('/', api.routes)
    .route('/', checkRoutes({ book, policy, catalogues, examples }))
    .route('/', lawRoutes({ book }))
    .route('/', figuresRoutes(figures))
    .route('/', peopleRoutes(access))
    .route('/', mailRoutes({ work, ...mail }))
    .route('/', demoRoutes(demo))
    .route('/', intakeRoutes(work, access))
    .route('/', docketRoutes({ work }))
    .route('/', eventRoutes({ work, changes }))
    .route('/', caseworkRoutes({ work, exporting }))
    .route('/', decisionRoutes({ work, letters, access }))
    .route('/', carryingOutRoutes({ work, letters, origin: access.origin }))
    .route(
      '/',
      evidenceRoutes({ work, evidence, access, sha256: (bytes) => createHash('sha256').update(bytes).digest('hex') }),
    )
    .route('/', readingsRoutes(work, readings))
    .route('/', auditRoutes(work, audits))
    .route('/', oversightRoutes(oversight))
    .route('/', keysRoutes({ work, keys, access }))
    .route('/', exportRoutes({ work, exporting, access }))
    .route('/', officeRoutes({ work, office, thresholds: figures.threshold.proposals, access }));
}

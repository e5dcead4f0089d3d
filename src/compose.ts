// Puts a node together: adapters under use cases, use cases under pages. Started by main.ts, and by tests with a clock of theirs.

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { loadExamples } from './adapters/files/example-store.ts';
import { fileStore } from './adapters/files/file-store.ts';
import { loadLaw, loadPolicy } from './adapters/files/law-store.ts';
import { loadCatalogues } from './adapters/files/message-store.ts';
import { loadOfficeDefaults } from './adapters/files/office-store.ts';
import { webAuthn } from './adapters/keys/passkeys.ts';
import { argon2Passwords } from './adapters/keys/passwords.ts';
import { secrets } from './adapters/keys/secrets.ts';
import { openVault } from './adapters/keys/vault.ts';
import { type ConnectionSettings, connect } from './adapters/postgres/connection.ts';
import { caseStore } from './adapters/postgres/casework/store.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { officeStore } from './adapters/postgres/office.ts';
import { peopleStore } from './adapters/postgres/people/store.ts';
import { world } from './adapters/world.ts';
import { apiApp } from './api/app.ts';
import type { Casework } from './app/casework/act.ts';
import type { OfficeStore } from './app/casework/ports.ts';
import { openLawBook } from './app/law-book.ts';
import type { IdentityProvider, Passwords, PeoplePorts, PeopleSettings } from './app/people/ports.ts';
import type { Instant } from './kernel/instant.ts';
import { accept, type Outcome } from './kernel/outcome.ts';
import { DEFAULT_POLICY } from './law/profile.ts';
import { webApp } from './web/app.ts';
import { openAssets } from './web/assets.ts';
import { checkRoutes } from './web/check/routes.ts';
import type { WebEnv } from './web/context.ts';
import { lawRoutes } from './web/law/routes.ts';
import { PAGE_LANGUAGES } from './web/messages.ts';
import { addressOf } from './web/people/address.ts';
import { peopleRoutes } from './web/people/routes.ts';
import { referenceRoutes } from './web/reference/page.ts';
import { ruleSetRoutes } from './web/rule-set.ts';
import { type AccessPorts, sessions } from './web/session.ts';

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
  readonly settings?: Partial<PeopleSettings>;
  readonly passwords?: Passwords;
  readonly now?: () => Instant;
  readonly log: { readonly error: (fields: { readonly id: string; readonly err: unknown }, message: string) => void };
};

export type Node = {
  readonly app: Hono<WebEnv>;
  readonly work: Casework;
  readonly people: PeoplePorts;
  readonly office: OfficeStore;
  readonly close: () => Promise<void>;
};

const ACCESS: PeopleSettings = {
  idleMinutes: 15,
  sessionHours: 8,
  stepUpMinutes: 2,
  invitationHours: 72,
  approversNeedHardware: false,
};

/** Opens everything a node needs, brings its database to this version, and mounts its pages. */
export async function composeNode(options: NodeOptions): Promise<Outcome<Node>> {
  const loaded = await loadLaw();
  if (!loaded.ok) return loaded;
  const { rules, hash, register } = loaded.value;
  const policy = options.profile ? await loadPolicy(rules, options.profile) : accept(DEFAULT_POLICY);
  if (!policy.ok) return policy;
  await migrate(options.owner);

  const book = openLawBook(rules, hash, register);
  const { db, close } = connect(options.app);
  const now = options.now ?? ((): Instant => new Date().toISOString() as Instant);
  const vault = openVault(options.dataDirectory);
  const defaults = {
    state: policy.value.profile?.state ?? 'ZZ',
    name: policy.value.profile?.authorities[0]?.title.en ?? '',
    languages: policy.value.profile?.languages ?? ['en'],
    settings: loadOfficeDefaults(),
  };
  const office = await officeStore(db, defaults, () => Date.now());
  const zone = (): string => office.office().settings.calendar.timeZone;
  const work: Casework = {
    store: caseStore(db, now),
    files: fileStore(join(options.dataDirectory, 'files')),
    world: world(zone, vault.derive('marks', 32), now),
    law: { book, policy: policy.value },
    office: office.office,
  };
  const people: PeoplePorts = {
    store: peopleStore(db),
    vault,
    passwords: options.passwords ?? argon2Passwords(),
    passkeys: webAuthn,
    secrets,
    settings: { ...ACCESS, ...options.settings },
    now,
  };
  const access: AccessPorts = {
    people,
    addressOf: addressOf(options.behindProxy ?? false),
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    ...(options.provider ? { provider: options.provider } : {}),
  };
  const app = pages({ work, access, log: options.log });
  return accept({ app, work, people, office, close });
}

type Parts = { readonly work: Casework; readonly access: AccessPorts; readonly log: NodeOptions['log'] };

/** Every page of the node, over what it may ask. */
function pages({ work, access, log }: Parts): Hono<WebEnv> {
  const { book, policy } = work.law;
  const catalogues = loadCatalogues(PAGE_LANGUAGES);
  const { today } = work.world;
  const app = webApp({
    book,
    policy,
    log,
    catalogues,
    assets: openAssets(['check', 'passkey']),
    today,
    newId: () => randomUUID().slice(0, 8),
    sessions: sessions(access),
  });
  const examples = loadExamples();
  const api = apiApp({ book, policy, today, examples, words: catalogues.en });
  return app
    .route('/', ruleSetRoutes(book))
    .route('/', referenceRoutes(api.document))
    .route('/', api.routes)
    .route('/', checkRoutes({ book, policy, catalogues, examples }))
    .route('/', lawRoutes({ book }))
    .route('/', peopleRoutes(access));
}

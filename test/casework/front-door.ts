// A whole front door for tests: pages, people with sessions, casework, files, all over one real database; a browser's way of asking.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLaw, loadPolicy } from '../../src/adapters/files/law-store.ts';
import { loadCatalogues } from '../../src/adapters/files/message-store.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { draftStore } from '../../src/adapters/postgres/casework/drafts.ts';
import { caseStore } from '../../src/adapters/postgres/casework/store.ts';
import { auditRuns } from '../../src/adapters/postgres/log/audits.ts';
import { world } from '../../src/adapters/world.ts';
import type { FrontDesk } from '../../src/app/casework/drafts.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import type { PersonId, Role } from '../../src/domain/registry/person.ts';
import { accept, refuse } from '../../src/kernel/outcome.ts';
import { webApp } from '../../src/web/app.ts';
import { openAssets } from '../../src/web/assets.ts';
import { intakeRoutes } from '../../src/web/intake/routes.ts';
import { auditAlarm } from '../../src/web/log/audit-routes.ts';
import { PAGE_LANGUAGES } from '../../src/web/messages.ts';
import { addressOf } from '../../src/web/people/address.ts';
import { type AccessPorts, sessions } from '../../src/web/session.ts';
import { openOffice } from '../people/office.ts';
import type { Staff } from '../support/casework.ts';
import { filesOnDisk } from '../support/files.ts';

const loaded = await loadLaw();
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
const { rules, hash, register } = loaded.value;
const book = openLawBook(rules, hash, register);
const policy = await loadPolicy(rules, new URL('../../law/states/BB.yaml', import.meta.url).pathname);
if (!policy.ok) throw new Error(JSON.stringify(policy.faults));
const catalogues = loadCatalogues(PAGE_LANGUAGES);
const assets = openAssets(['check', 'passkey', 'intake', 'live', 'evidence']);

/** What a page answered. `next` is where it sends the browser. */
export type Page = { readonly status: number; readonly text: string; readonly next: string; readonly headers: Headers };
type Entries = readonly (readonly [string, string])[] | { readonly [name: string]: string };

export type Visitor = {
  readonly id: PersonId;
  readonly cookie: string;
  readonly get: (path: string) => Promise<Page>;
  /** Sends a form as a browser does: with the token of the session, and the version that stood on the page. */
  readonly post: (path: string, entries: Entries) => Promise<Page>;
  readonly upload: (path: string, name: string, bytes: string | Uint8Array, entries?: Entries) => Promise<Page>;
};

/** People of the office whom tests hire, by what they are called. */
const ROLE_OF = {
  duty: 'duty-officer',
  rana: 'reviewer',
  rui: 'reviewer',
  ada: 'approver',
  aldo: 'approver',
  emil: 'executing-unit',
  olga: 'oversight',
  remy: 'registrar',
} as const satisfies { readonly [name: string]: Role };

/** What stands in the PDFs of these tests; a real one is taken apart by the adapter, which has tests of its own. */
const INSIDE = /%REQUEST(.*)%END/s;

export async function openFrontDoor() {
  const office = await openOffice();
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-intake-'));
  const now = office.ports.now;
  const settings = loadOfficeDefaults();
  const own = { state: 'BB', name: 'International Cooperation Division', languages: ['en', 'fr'], settings };
  const keys = caseKeys(office.ports.vault, office.ports.secrets, personKeyName);
  const front: FrontDesk = {
    store: caseStore(office.db, now, keys),
    drafts: draftStore(office.db, keys),
    files: filesOnDisk(join(folder, 'files'), office.db, keys),
    world: world(() => settings.calendar.timeZone, Buffer.alloc(32, 1), now),
    law: { book, policy: (policy as { value: FrontDesk['law']['policy'] }).value },
    office: () => own,
    unread: (_, error) => {
      throw error;
    },
    readAttachment: async (bytes) => {
      const text = new TextDecoder().decode(bytes);
      if (text.includes('%BROKEN')) return refuse({ pointer: '', detail: 'the PDF cannot be read' });
      return accept(INSIDE.exec(text)?.[1] ?? null);
    },
  };
  const access: AccessPorts = { people: office.ports, addressOf: addressOf(false) };
  const defects: unknown[] = [];
  const app = webApp({
    book,
    policy: front.law.policy,
    catalogues,
    assets,
    today: front.world.today,
    log: { error: ({ err }) => void defects.push(err) },
    newId: () => 'id-of-test',
    sessions: sessions(access),
    alarm: auditAlarm(front.world, auditRuns(office.db)),
  });
  app.route('/', intakeRoutes(front, access));
  const registrar = await office.session((await office.begin()).person);

  const enter = async (name: string, roles: readonly Role[]): Promise<Visitor> => {
    const { person } = await office.add(registrar, name, roles);
    return visitor(person);
  };
  /** These people, each in their role; and the office, in which the first of a role acts where no page is asked. */
  const hire = async <Name extends keyof typeof ROLE_OF>(...names: readonly Name[]) => {
    const hired = await Promise.all(
      names.map(async (name) => ({ name, role: ROLE_OF[name], visitor: await enter(name, [ROLE_OF[name]]) })),
    );
    const staff: { [R in Role]?: Actor } = {};
    for (const { role, visitor } of hired) staff[role] ??= { id: visitor.id, roles: [role] };
    const people = Object.fromEntries(hired.map(({ name, visitor }) => [name, visitor]));
    return {
      people: people as { readonly [N in Name]: Visitor },
      // Whom a test acts as is among those it hired.
      office: { work: front, staff: staff as Staff },
    };
  };
  const visitor = async (id: PersonId): Promise<Visitor> => {
    const { cookie, csrf } = await office.session(id);
    const headers = { cookie: `session=${cookie}; lang=en` };
    const same = { ...headers, origin: 'http://localhost:8787', 'sec-fetch-site': 'same-origin' };
    const ask = async (path: string, init: RequestInit): Promise<Page> => {
      const answer = await app.request(`http://localhost:8787${path}`, init);
      const text = await answer.text();
      if (answer.status === 500) throw new Error('a defect', { cause: defects.at(-1) });
      return { status: answer.status, text, next: answer.headers.get('location') ?? '', headers: answer.headers };
    };
    const versionOn = async (path: string): Promise<string> => {
      const { text } = await ask(path.replace(/\/acknowledge$/, ''), { headers });
      return /name="version" value="(\d+)"/.exec(text)?.[1] ?? '0';
    };
    const pairs = (entries: Entries): (readonly [string, string])[] =>
      Array.isArray(entries) ? [...entries] : Object.entries(entries as { readonly [name: string]: string });
    return {
      id,
      cookie,
      get: (path) => ask(path, { headers }),
      post: async (path, entries) => {
        const all = pairs(entries);
        const version = all.some(([name]) => name === 'version') ? [] : [['version', await versionOn(path)] as const];
        const body = new URLSearchParams([['csrf', csrf], ...version, ...all] as [string, string][]);
        return ask(path, { method: 'POST', headers: same, body });
      },
      upload: (path, name, bytes, entries = {}) => {
        const body = new FormData();
        for (const [key, value] of [['csrf', csrf] as const, ...pairs(entries)]) body.append(key, value);
        body.append('file', new Blob([bytes as string]), name);
        return ask(path, { method: 'POST', headers: same, body });
      },
    };
  };
  return {
    front,
    access,
    app,
    office,
    folder,
    enter,
    hire,
    close: async () => {
      await office.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

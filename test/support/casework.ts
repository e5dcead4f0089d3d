// An office of State BB on a database of its own, with a person in each role and a clock that tests move on.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { secrets } from '../../src/adapters/keys/secrets.ts';
import { vaultOf } from '../../src/adapters/keys/vault.ts';
import { type Connected, connect } from '../../src/adapters/postgres/connection.ts';
import { loadLaw, loadPolicy } from '../../src/adapters/files/law-store.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { caseStore } from '../../src/adapters/postgres/casework/store.ts';
import { enterFound } from '../../src/adapters/postgres/log/held-kept.ts';
import { world } from '../../src/adapters/world.ts';
import type { Acted, Casework } from '../../src/app/casework/act.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { type Arriving, openCase } from '../../src/app/casework/receive.ts';
import type { CaseKeys } from '../../src/app/casework/sealing-ports.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import { type PersonId, type Role, ROLES } from '../../src/domain/registry/person.ts';
import type { RequestContent } from '../../src/domain/requests/content.ts';
import { addHours, type Instant, laterBy } from '../../src/kernel/instant.ts';
import { testDatabase } from './database.ts';
import { filesOnDisk } from './files.ts';

const loaded = await loadLaw();
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
const book = openLawBook(loaded.value.rules, loaded.value.hash, loaded.value.register);
const policy = await loadPolicy(book.rules, new URL('../../law/states/BB.yaml', import.meta.url).pathname);
if (!policy.ok) throw new Error(JSON.stringify(policy.faults));

/** The people of the office: one in each role, and a second reviewer and approver. */
export type Staff = { readonly [R in Role]: Actor } & { readonly reviewer2: Actor; readonly approver2: Actor };

export type TestOffice = {
  readonly work: Casework;
  readonly keys: CaseKeys;
  readonly staff: Staff;
  /** Connected as the application's role, and as the owner of the tables. */
  readonly app: Connected;
  readonly owner: Connected;
  /** A folder that is removed with the office. */
  readonly folder: string;
  readonly clock: {
    now: () => Instant;
    readonly days: (count: number) => void;
    readonly hours: (count: number) => void;
  };
  readonly close: () => Promise<void>;
};

export async function openOffice(start = '2028-03-02T09:00:00.000Z' as Instant): Promise<TestOffice> {
  const database = await testDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-office-'));
  const app = connect(database.app, 10);
  const owner = connect(database.owner, 2);
  let now = start;
  const clock = {
    now: () => now,
    days: (count: number): void => {
      now = laterBy(now, count);
    },
    hours: (count: number): void => {
      now = addHours(now, count);
    },
  };
  const settings = loadOfficeDefaults();
  const office = { state: 'BB', name: 'International Cooperation Division', languages: ['en', 'fr'], settings };
  const keys = caseKeys(vaultOf(Buffer.alloc(32, 2)), secrets, personKeyName);
  const work: Casework = {
    store: caseStore(app.db, clock.now, keys),
    files: filesOnDisk(join(folder, 'files'), app.db, keys),
    world: world(() => settings.calendar.timeZone, Buffer.alloc(32, 1), clock.now),
    law: { book, policy: (policy as { value: Casework['law']['policy'] }).value },
    office: () => office,
    unread: (_, error) => {
      throw error;
    },
  };
  const staff = await hire(owner, clock.now());
  await enterFound(app.db, keys.mark, clock.now());
  return {
    work,
    keys,
    staff,
    app,
    owner,
    folder,
    clock,
    close: async () => {
      await app.close();
      await owner.close();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const NAMES: { readonly [who: string]: string } = {
  'duty-officer': 'Dana Duty',
  reviewer: 'Rana Reviewer',
  reviewer2: 'Rui Reviewer',
  approver: 'Ada Approver',
  approver2: 'Aldo Approver',
  'executing-unit': 'Emil Executing',
  oversight: 'Olga Oversight',
  registrar: 'Remy Registrar',
};

async function hire({ db }: Connected, at: Instant): Promise<Staff> {
  const staff: Record<string, Actor> = {};
  for (const [n, who] of [...ROLES, 'reviewer2', 'approver2'].entries()) {
    const id = `00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}` as PersonId;
    const role = who.replace(/\d$/, '') as Role;
    await db
      .insertInto('person')
      .values({ id, name: NAMES[who] ?? who, language: 'en', created_at: at, disabled_at: null } as never)
      .execute();
    await db
      .insertInto('person_role')
      .values({ person: id, role, given_at: at, given_by: null, taken_at: null, taken_by: null })
      .execute();
    await db
      .insertInto('person_event')
      .values({ at, by_person: null, person: id, what: 'invited', facts: JSON.stringify({ roles: role }) })
      .execute();
    staff[who] = { id, roles: [role] };
  }
  return staff as Staff;
}

/** The file after a step that must have been taken. */
export function done(acted: Acted | { readonly is: 'opened'; readonly file: CaseFile }): CaseFile {
  if (acted.is !== 'done' && acted.is !== 'opened') throw new Error(JSON.stringify(acted));
  return acted.file;
}

/** A case as it stands, at whatever version: what a step is taken on. */
export const at = ({ reference }: Pick<CaseFile, 'reference'>) => ({ reference, version: null });

/** Why a step was refused: the codes, or how else it ended. */
export const refusals = (acted: Acted): readonly string[] =>
  acted.is === 'refused' ? acted.refusals.map(({ code }) => code) : [acted.is];

/** A short request for the content of one account, complete enough to be assessed. */
export const CONTENT: RequestContent = {
  caseReference: 'AA-PG-88/2028',
  requestStatus: 'new',
  requestingAuthority: {
    name: 'Office of the Prosecutor General',
    personInCharge: 'A. Prosecutor',
    phone: '+99 1 0001',
    email: 'pg@justice.aa.example.org',
  },
  proceeding: { kind: 'investigation', subject: 'Intrusion into the registry of a hospital' },
  offences: [
    {
      title: 'Illegal access',
      provision: 'Criminal Code 201',
      lawText: 'Whoever enters a system without right ...',
      maxPenaltyYears: 5,
      deathPenalty: false,
    },
  ],
  factsSummary: 'On 3 January 2028 the registry of a hospital was entered from this account.',
  targets: [{ service: 'Mail Example', identifierType: 'email', identifierValue: 'intruder@mail.example' }],
  dataCategories: [
    {
      category: 'content',
      items: ['messages'],
      from: '2028-01-01T00:00:00Z',
      to: '2028-01-14T00:00:00Z',
      timeZone: 'UTC',
    },
  ],
  purpose: 'To identify the intruder and to prove the intrusion.',
} as unknown as RequestContent;

/** Another State's request, as it comes in by form. */
export const ARRIVING: Arriving = {
  direction: 'incoming',
  channel: 'form',
  measure: 'content-data',
  otherState: 'AA',
  instrument: null,
  content: CONTENT,
  documents: [],
};

/** Takes that request in; `more` says what is otherwise about it. */
export const takeIn = async (work: Casework, officer: Actor, more: Partial<Arriving> = {}): Promise<CaseFile> =>
  done(await openCase(work, officer, { ...ARRIVING, ...more }));

// The office of the tests that kill: over a database and a data directory, in the process that is killed and in the one that looks.

import { join } from 'node:path';
import { loadLaw, loadPolicy } from '../../src/adapters/files/law-store.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { caseKeys } from '../../src/adapters/keys/case-keys.ts';
import { secrets } from '../../src/adapters/keys/secrets.ts';
import { vaultOf } from '../../src/adapters/keys/vault.ts';
import { caseStore } from '../../src/adapters/postgres/casework/store.ts';
import type { Db } from '../../src/adapters/postgres/connection.ts';
import { world } from '../../src/adapters/world.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import { personKeyName } from '../../src/app/people/enrol.ts';
import { must } from '../support/database.ts';
import { filesOnDisk } from '../support/files.ts';

export const KEYS = caseKeys(vaultOf(Buffer.alloc(32, 2)), secrets, personKeyName);

export async function officeOver(db: Db, dataDirectory: string): Promise<Casework> {
  const { rules, hash, register } = must(await loadLaw());
  const settings = loadOfficeDefaults();
  const now = () => new Date().toISOString() as ReturnType<Casework['world']['now']>;
  return {
    store: caseStore(db, now, KEYS),
    files: filesOnDisk(join(dataDirectory, 'files'), db, KEYS),
    world: world(() => 'UTC', Buffer.alloc(32, 1), now),
    law: { book: openLawBook(rules, hash, register), policy: must(await loadPolicy(rules, 'law/states/BB.yaml')) },
    office: () => ({ state: 'BB', name: 'An office', languages: ['en'], settings }),
    unread: () => undefined,
  };
}

// An office that takes in requests without pause, in a process of its own, and says each one only once it is acknowledged.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { loadLaw, loadPolicy } from '../../src/adapters/files/law-store.ts';
import { loadOfficeDefaults } from '../../src/adapters/files/office-store.ts';
import { noCaseKeys } from '../../src/adapters/keys/case-keys.ts';
import { caseStore } from '../../src/adapters/postgres/casework/store.ts';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { world } from '../../src/adapters/world.ts';
import type { Casework } from '../../src/app/casework/act.ts';
import { openCase } from '../../src/app/casework/receive.ts';
import { openLawBook } from '../../src/app/law-book.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import { CONTENT } from '../support/casework.ts';
import { must, quiet } from '../support/database.ts';
import { filesOnDisk } from '../support/files.ts';
import { ask } from './support.ts';

const [dataDirectory = '', binaries, atOnce = '1'] = process.argv.slice(2);
const database = must(await openDatabase({ dataDirectory, binaries, log: quiet }));
await migrate(database.owner);
const officer = '00000000-0000-4000-8000-000000000001' as PersonId;
await ask(
  database.owner,
  `insert into person (id, name, language, created_at) values ('${officer}', 'Dana Duty', 'en', now()) on conflict do nothing;
   insert into person_role (person, role, given_at) values ('${officer}', 'duty-officer', '2028-01-01') on conflict do nothing`,
);
const { rules, hash, register } = must(await loadLaw());
const settings = loadOfficeDefaults();
const { db } = connect(database.app);
const now = () => new Date().toISOString() as ReturnType<Casework['world']['now']>;
const work: Casework = {
  store: caseStore(db, now),
  files: filesOnDisk(join(dataDirectory, 'files'), db, noCaseKeys),
  world: world(() => 'UTC', Buffer.alloc(32, 1), now),
  law: { book: openLawBook(rules, hash, register), policy: must(await loadPolicy(rules, 'law/states/BB.yaml')) },
  office: () => ({ state: 'BB', name: 'An office', languages: ['en'], settings }),
};

/** Written at once and not through a stream: what is said was acknowledged, however the process ends next. */
const say = (word: string): void => void writeSync(1, `${word}\n`);

async function takeIn(): Promise<void> {
  const token = randomUUID();
  const letter = { name: 'letter.txt', mediaType: 'text/plain', bytes: Buffer.from(`letter of ${token}`) };
  say(`begun ${token}`);
  try {
    const opened = await openCase(
      work,
      { id: officer, roles: ['duty-officer'] },
      {
        direction: 'incoming',
        channel: 'form',
        measure: 'content-data',
        otherState: 'AA',
        instrument: null,
        content: { ...CONTENT, caseReference: token },
        documents: [letter],
      },
    );
    say(
      opened.is === 'opened' ? `acknowledged ${token} ${opened.file.reference}` : `refused ${JSON.stringify(opened)}`,
    );
  } catch (error) {
    if (!isLostConnection(error)) throw error;
    // The database went away under it: the office was told nothing, so the request may be there once or not at all.
    say(`unknown ${token}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The server ended or is starting: errors of the socket, of the driver, and PostgreSQL's classes 08 and 57P. */
function isLostConnection(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  return /^(08|57P|ECONN|EPIPE|ENOENT)/.test(code) || /^(Connection terminated|Client has encountered)/.test(message);
}

await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    for (;;) await takeIn();
  }),
);

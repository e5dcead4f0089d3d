// An office that takes in requests without pause, in a process of its own, and says each one only once it is acknowledged.

import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { connect } from '../../src/adapters/postgres/connection.ts';
import { enterFound } from '../../src/adapters/postgres/log/held-kept.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { openDatabase } from '../../src/adapters/postgres/server/open-database.ts';
import { openReader } from '../../src/app/casework/reading.ts';
import { receive } from '../../src/app/casework/receive.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import type { Instant } from '../../src/kernel/instant.ts';
import { CONTENT } from '../support/casework.ts';
import { must, quiet } from '../support/database.ts';
import { KEYS, officeOver } from './office.ts';
import { ask } from './support.ts';

const [dataDirectory = '', binaries, atOnce = '1'] = process.argv.slice(2);
const database = must(await openDatabase({ dataDirectory, binaries, log: quiet }));
await migrate(database.owner);
const officer = '00000000-0000-4000-8000-000000000001' as PersonId;
await ask(
  database.owner,
  `insert into person (id, name, language, created_at) values ('${officer}', 'Dana Duty', 'en', now()) on conflict do nothing;
   insert into person_role (person, role, given_at) values ('${officer}', 'duty-officer', '2028-01-01') on conflict do nothing;
   insert into person_event (at, by_person, person, what, facts)
     select '2028-01-01', null, '${officer}', 'invited', '{"roles": "duty-officer"}'
     where not exists (select from person_event where person = '${officer}')`,
);
const { db } = connect(database.app);
await enterFound(db, KEYS.mark, '2028-01-01T00:00:00.000Z' as Instant);
const work = await officeOver(db, dataDirectory);
const reader = openReader(work);

/** Written at once and not through a stream: what is said was acknowledged, however the process ends next. */
const say = (word: string): void => void writeSync(1, `${word}\n`);

async function takeIn(): Promise<void> {
  const token = randomUUID();
  const letter = { name: 'letter.txt', mediaType: 'text/plain', bytes: Buffer.from(`letter of ${token}`) };
  say(`begun ${token}`);
  try {
    const received = await receive(work, officer, {
      direction: 'incoming',
      channel: 'form',
      measure: 'content-data',
      otherState: 'AA',
      instrument: null,
      content: { ...CONTENT, caseReference: token },
      documents: [letter],
    });
    if (received) reader.later(received.reference);
    say(received ? `acknowledged ${token} ${received.reference}` : `refused ${token}`);
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

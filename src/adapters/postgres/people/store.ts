// The store of people and access over PostgreSQL: its parts put together, and transactions over all of them.

import type { PeopleStore } from '../../../app/people/ports.ts';
import type { Db } from '../connection.ts';
import { credentialRecords } from './credentials.ts';
import { peopleRecords } from './people.ts';
import { sessionRecords } from './sessions.ts';

/** Over a pool each call is a transaction of its own; within `atomically` all calls are one. */
export function peopleStore(db: Db): PeopleStore {
  return {
    ...peopleRecords(db),
    ...credentialRecords(db),
    ...sessionRecords(db),
    atomically: (work) =>
      db.isTransaction ? work(peopleStore(db)) : db.transaction().execute((tx) => work(peopleStore(tx))),
  };
}

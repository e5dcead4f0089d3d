// The store of people and access over PostgreSQL: its parts put together, and transactions over all of them.

import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { PeopleStore } from '../../../app/people/ports.ts';
import type { Db } from '../connection.ts';
import { credentialRecords } from './credentials.ts';
import { peopleRecords } from './people.ts';
import { sessionRecords } from './sessions.ts';
import { touching } from './touching.ts';

/** What it writes of accounts bears `mark`. Over a pool each call is a transaction of its own; within `atomically` all calls are one. */
export function peopleStore(db: Db, mark: NodeMark): PeopleStore {
  const touched = touching(db);
  const store: PeopleStore = {
    ...peopleRecords(db, mark, touched),
    ...credentialRecords(db, touched),
    ...sessionRecords(db, mark),
    atomically: (work) =>
      db.isTransaction ? work(store) : db.transaction().execute((tx) => work(peopleStore(tx, mark))),
  };
  return store;
}

// Accounts as a transaction found them, before it changed anything of theirs: the step that follows holds what it changed, and nothing else.

import { type Found, foundBefore } from '../log/held-steps.ts';
import type { Db } from '../connection.ts';

export type Touching = {
  /** Before each change of an account. */
  readonly touch: (person: string) => Promise<void>;
  /** As it was found, when its act is entered; the next change begins anew. */
  readonly found: (tx: Db, person: string) => Promise<Found>;
};

export function touching(db: Db): Touching {
  const known = new Map<string, Found>();
  return {
    touch: async (person) => {
      // Past a transaction there is no act that would hold it.
      if (db.isTransaction && !known.has(person)) known.set(person, await foundBefore(db, 'account', person));
    },
    found: async (tx, person) => {
      const found = known.get(person) ?? (await foundBefore(tx, 'account', person));
      known.delete(person);
      return found;
    },
  };
}

// The outbox: word that something waits, written with the step and sent later, each line by one process.

import { type Kysely, sql } from 'kysely';
import type { Called, MailAddresses, Outbox } from '../../app/casework/mail-ports.ts';
import type { Call } from '../../app/casework/ports.ts';
import type { NodeMark } from '../../app/log/held-ports.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { Db } from './connection.ts';
import { enterHeld, foundBefore } from './log/held-steps.ts';
import type { Tables } from './schema.ts';

type Tx = Kysely<Tables>;

/** Writes calls in the transaction under way: they stand or fall with the step. */
export async function callOut(tx: Tx, calls: readonly Call[], at: Instant): Promise<void> {
  if (calls.length === 0) return;
  await tx
    .insertInto('outbox')
    .values(calls.map(({ person, role, except }) => ({ at, person, role, except_person: except, not_before: at })))
    .execute();
}

export const outbox = (db: Db): Outbox => ({
  spread: (now) =>
    db.transaction().execute(async (tx) => {
      // One statement: a line for a role becomes lines for those who have it, and is gone. Locked lines are another process's.
      await sql`
with taken as (
  delete from outbox where id in (select id from outbox where role is not null for update skip locked)
  returning at, role, except_person, not_before
)
insert into outbox (at, person, except_person, not_before)
select distinct on (r.person) t.at, r.person, null::uuid, t.not_before
from taken t
join person_role r on r.role = t.role and r.taken_at is null
where r.person is distinct from t.except_person`.execute(tx);
      await sql`
delete from outbox o where o.person is not null and (
  o.person is not distinct from o.except_person
  or not exists (
    select from mail_address m join person p on p.id = m.person where m.person = o.person and p.disabled_at is null))`.execute(
        tx,
      );
      const rows = await tx
        .selectFrom('outbox')
        .select('person')
        .distinct()
        .where('person', 'is not', null)
        .where('not_before', '<=', now)
        .execute();
      return rows.map(({ person }) => person as PersonId);
    }),
  empty: async () => {
    await db.deleteFrom('outbox').execute();
  },
  take: (person, now, send, again) =>
    db.transaction().execute(async (tx) => {
      const lines = await tx
        .selectFrom('outbox')
        .select(['id', 'tries'])
        .where('person', '=', person)
        .where('not_before', '<=', now)
        .forUpdate()
        .skipLocked()
        .execute();
      const to = await addressOf(tx, person);
      if (lines.length === 0 || to === undefined) return 'nothing';
      const ids = lines.map(({ id }) => id);
      const tries = Math.max(...lines.map((line) => line.tries)) + 1;
      const ended = await send(to).then(
        () => 'sent' as const,
        () => 'failed' as const,
      );
      const next = ended === 'failed' ? again(tries) : null;
      if (next === null) await tx.deleteFrom('outbox').where('id', 'in', ids).execute();
      else await tx.updateTable('outbox').set({ tries, not_before: next }).where('id', 'in', ids).execute();
      return ended;
    }),
});

/** Where mail goes is a part of an account: a step of it with each change. */
export const mailAddresses = (db: Db, mark: NodeMark, now: () => Instant): MailAddresses => ({
  of: async (person) => {
    const row = await db.selectFrom('mail_address').select('address').where('person', '=', person).executeTakeFirst();
    return row?.address ?? null;
  },
  set: (person, address) =>
    db.transaction().execute(async (tx) => {
      const found = await foundBefore(tx, 'account', person);
      if (address === null) await tx.deleteFrom('mail_address').where('person', '=', person).execute();
      else
        await tx
          .insertInto('mail_address')
          .values({ person, address })
          .onConflict((on) => on.column('person').doUpdateSet({ address }))
          .execute();
      await enterHeld(tx, mark, found, { at: now(), by: person, type: 'mail-address', facts: {}, lines: [] });
    }),
});

async function addressOf(tx: Tx, person: PersonId): Promise<Called | undefined> {
  const row = await tx
    .selectFrom('mail_address')
    .innerJoin('person', 'person.id', 'mail_address.person')
    .select(['address', 'language'])
    .where('mail_address.person', '=', person)
    .executeTakeFirst();
  return row && ({ person, ...row } as Called);
}

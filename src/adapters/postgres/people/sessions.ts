// Sessions, what may be used once, and counted failures, as rows. Attacker: writes a session or a link of their own into the database;
// a row that does not bear the mark of this node is not there.

import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { CredentialName, OneTime, OneTimeKind, Session, SessionRecords } from '../../../app/people/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Language } from '../../../kernel/language.ts';
import { canonicalJson } from '../../../kernel/canonical-json.ts';
import type { Db } from '../connection.ts';
import { rolesHeld } from './people.ts';

export function sessionRecords(db: Db, mark: NodeMark): SessionRecords {
  const markOfSession = ({ id, person, credential, csrf, startedAt, address }: Session): string =>
    mark(canonicalJson(['session', id, person, credential, csrf, startedAt, address]));
  const markOfOneTime = ({ kind, hash, person, facts, expiresAt }: OneTime): string =>
    mark(canonicalJson(['one-time', kind, hash, person, { ...facts }, expiresAt]));
  const columns = [
    'session.id',
    'session.person',
    'session.credential',
    'session.csrf',
    'session.started_at',
    'session.seen_at',
    'session.address',
  ] as const;
  const live = () => db.selectFrom('session').where('ended_at', 'is', null);
  const rows = () => live().select(columns);
  const sessionOf = (row: Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]): Session => ({
    id: row.id,
    person: row.person as PersonId,
    credential: row.credential as CredentialName,
    csrf: row.csrf,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    address: row.address,
  });
  const oneTimes = (kind: OneTimeKind, hash: string) =>
    db
      .selectFrom('one_time')
      .selectAll()
      .where('kind', '=', kind)
      .where('hash', '=', hash)
      .where('used_at', 'is', null);
  const oneTimeOf = (
    row: Awaited<ReturnType<ReturnType<typeof oneTimes>['execute']>>[number] | undefined,
  ): OneTime | undefined => {
    if (row === undefined) return undefined;
    const { kind, hash, person, facts, expires_at: expiresAt } = row;
    const one: OneTime = { kind: kind as OneTimeKind, hash, person: person as PersonId | null, facts, expiresAt };
    return row.mark === markOfOneTime(one) ? one : undefined;
  };

  return {
    addSession: async (one) => {
      await db
        .insertInto('session')
        .values({
          id: one.id,
          person: one.person,
          credential: one.credential,
          csrf: one.csrf,
          started_at: one.startedAt,
          seen_at: one.seenAt,
          address: one.address,
          ended_at: null,
          ended_why: null,
          mark: markOfSession(one),
        })
        .execute();
    },
    session: async (id) => {
      const row = await live()
        .innerJoin('person', 'person.id', 'session.person')
        .where('session.id', '=', id)
        .innerJoin('login', 'login.person', 'person.id')
        .select((eb) => [
          ...columns,
          'session.mark',
          'person.name',
          'person.language',
          'person.disabled_at',
          rolesHeld(eb),
          eb.and([eb('login.password', 'is not', null), eb('login.totp', 'is not', null)]).as('password'),
          eb
            .exists(eb.selectFrom('passkey').whereRef('passkey.person', '=', 'person.id').select('passkey.id'))
            .as('passkey'),
        ])
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const session = sessionOf(row);
      if (row.mark !== markOfSession(session)) return undefined;
      return {
        session,
        person: {
          id: session.person,
          name: row.name,
          language: row.language as Language,
          roles: row.roles ?? [],
          disabledAt: row.disabled_at,
        },
        ways: { password: Boolean(row.password), passkey: Boolean(row.passkey) },
      };
    },
    touchSession: async (id, at) => {
      await db.updateTable('session').set({ seen_at: at }).where('id', '=', id).where('ended_at', 'is', null).execute();
    },
    sessionsOf: async (person, startedAfter) =>
      (
        await rows()
          .where('session.person', '=', person)
          .where('session.started_at', '>', startedAfter)
          .orderBy('seen_at', 'desc')
          .execute()
      ).map(sessionOf),
    endSession: async (person, id, why, at) => {
      const result = await db
        .updateTable('session')
        .set({ ended_at: at, ended_why: why })
        .where('person', '=', person)
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    endSessions: async (person, why, at, { credential, but } = {}) => {
      let query = db
        .updateTable('session')
        .set({ ended_at: at, ended_why: why })
        .where('person', '=', person)
        .where('ended_at', 'is', null);
      if (credential !== undefined) query = query.where('credential', '=', credential);
      if (but !== undefined) query = query.where('id', '<>', but);
      await query.execute();
    },
    addOneTime: async (one, renewed = false) => {
      const { kind, hash, person, facts, expiresAt } = one;
      const kept = { facts: JSON.stringify(facts), expires_at: expiresAt, used_at: null, mark: markOfOneTime(one) };
      const row = { kind, person, ...kept };
      const result = await db
        .insertInto('one_time')
        .values({ hash, ...row })
        .onConflict((on) => (renewed ? on.column('hash').doUpdateSet(row) : on.column('hash').doNothing()))
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    oneTime: async (kind, hash, at) => {
      const row = await oneTimes(kind, hash).where('expires_at', '>', at).executeTakeFirst();
      return oneTimeOf(row);
    },
    spendOneTime: async (kind, hash, at) => {
      const row = await db
        .updateTable('one_time')
        .set({ used_at: at })
        .where('kind', '=', kind)
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .returningAll()
        .executeTakeFirst();
      return oneTimeOf(row);
    },
    voidOneTimes: async (kind, person) => {
      let query = db.deleteFrom('one_time').where('kind', '=', kind).where('used_at', 'is', null);
      if (person !== undefined) query = query.where('person', '=', person);
      await query.execute();
    },
    attempts: async (key) => {
      await db
        .insertInto('attempt')
        .values({ key, failures: 0, last_at: null, blocked_until: null })
        .onConflict((on) => on.column('key').doNothing())
        .execute();
      const row = await db
        .selectFrom('attempt')
        .selectAll()
        .where('key', '=', key)
        .forUpdate()
        .executeTakeFirstOrThrow();
      return { failures: row.failures, lastAt: row.last_at, blockedUntil: row.blocked_until };
    },
    setAttempts: async (key, { failures, lastAt, blockedUntil }) => {
      const row = { failures, last_at: lastAt, blocked_until: blockedUntil };
      await db
        .insertInto('attempt')
        .values({ key, ...row })
        .onConflict((on) => on.column('key').doUpdateSet(row))
        .execute();
    },
    sweep: async (before) => {
      await db.deleteFrom('one_time').where('expires_at', '<', before).execute();
      await db.deleteFrom('attempt').where('last_at', '<', before).execute();
    },
  };
}

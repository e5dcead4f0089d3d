// People, their roles, absences, and the acts about them, as rows.

import { type ExpressionBuilder, sql } from 'kysely';
import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { Absence, Member, PeopleRecords, PersonEvent } from '../../../app/people/ports.ts';
import type { PersonId, Role } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Language } from '../../../kernel/language.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';
import type { Touching } from './touching.ts';
import { enterHeld, isAsLeft } from '../log/held-steps.ts';
import { plain } from '../log/plain-rows.ts';

/** The roles that a person holds now, in no order. */
export const rolesHeld = (eb: ExpressionBuilder<Tables, 'person'>) =>
  eb
    .selectFrom('person_role')
    .whereRef('person_role.person', '=', 'person.id')
    .where('taken_at', 'is', null)
    .select(sql<Role[]>`coalesce(array_agg(role order by role), '{}')`.as('roles'))
    .as('roles');

export function peopleRecords(db: Db, mark: NodeMark, { touch, found }: Touching): PeopleRecords {
  const whole = (work: (tx: Db) => Promise<void>): Promise<void> =>
    db.isTransaction ? work(db) : db.transaction().execute(work);
  const members = () =>
    db
      .selectFrom('person')
      .leftJoin('login', 'login.person', 'person.id')
      .leftJoin('recovery', 'recovery.person', 'person.id')
      .select((eb) => [
        'person.id',
        'person.name',
        'person.language',
        'person.disabled_at',
        'login.name as login_name',
        'recovery.opened_by',
        'recovery.opened_at',
        rolesHeld(eb),
        eb
          .or([
            eb.and([eb('login.password', 'is not', null), eb('login.totp', 'is not', null)]),
            eb.exists(eb.selectFrom('passkey').whereRef('passkey.person', '=', 'person.id').select('passkey.id')),
          ])
          .as('enrolled'),
      ]);
  type Row = Awaited<ReturnType<ReturnType<typeof members>['execute']>>[number];
  const memberOf = (row: Row): Member => ({
    id: row.id as PersonId,
    name: row.name,
    language: row.language as Language,
    roles: row.roles ?? [],
    disabledAt: row.disabled_at,
    loginName: row.login_name ?? '',
    enrolled: Boolean(row.enrolled),
    recovery:
      row.opened_by === null || row.opened_at === null ? null : { by: row.opened_by as PersonId, at: row.opened_at },
  });

  return {
    members: async () => (await members().orderBy('person.name').orderBy('person.id').execute()).map(memberOf),
    member: async (id) => {
      const row = await members().where('person.id', '=', id).executeTakeFirst();
      return row && memberOf(row);
    },
    addPerson: async ({ id, name, language }, loginName, at) => {
      await touch(id);
      await db.insertInto('person').values({ id, name, language, created_at: at, disabled_at: null }).execute();
      await db.insertInto('login').values({ person: id, name: loginName, password: null, totp: null }).execute();
    },
    lockRoles: async () => {
      await sql`lock table person_role in share row exclusive mode`.execute(db);
    },
    giveRole: async (person, role, by, at) => {
      await touch(person);
      await db
        .insertInto('person_role')
        .values({ person, role, given_at: at, given_by: by, taken_at: null, taken_by: null })
        .execute();
    },
    takeRole: async (person, role, by, at) => {
      await touch(person);
      await db
        .updateTable('person_role')
        .set({ taken_at: at, taken_by: by })
        .where('person', '=', person)
        .where('role', '=', role)
        .where('taken_at', 'is', null)
        .execute();
    },
    isLastApprover: async (person) => {
      const { rows } = await sql<{ last: boolean }>`select rogatory_last_approver(${person}, null) as last`.execute(db);
      return rows[0]?.last === true;
    },
    setDisabled: async (person, at) => {
      await touch(person);
      await db.updateTable('person').set({ disabled_at: at }).where('id', '=', person).execute();
    },
    setLanguage: async (person, language) => {
      await db.updateTable('person').set({ language }).where('id', '=', person).execute();
    },
    absencesOf: async (person) =>
      (await db.selectFrom('absence').selectAll().where('person', '=', person).orderBy('from_day').execute()).map(
        (row): Absence => ({
          id: row.id,
          person: row.person as PersonId,
          deputy: row.deputy as PersonId | null,
          from: row.from_day,
          until: row.until_day,
        }),
      ),
    addAbsence: async ({ id, person, deputy, from, until }) => {
      await db.insertInto('absence').values({ id, person, deputy, from_day: from, until_day: until }).execute();
    },
    removeAbsence: async (person, id) => {
      const result = await db
        .deleteFrom('absence')
        .where('person', '=', person)
        .where(sql`id::text`, '=', id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    openRecovery: async (person, by, at) => {
      await db
        .insertInto('recovery')
        .values({ person, opened_by: by, opened_at: at })
        .onConflict((on) => on.column('person').doUpdateSet({ opened_by: by, opened_at: at }))
        .execute();
    },
    takeRecovery: async (person) => {
      const row = await db.deleteFrom('recovery').where('person', '=', person).returningAll().executeTakeFirst();
      return row && { by: row.opened_by as PersonId, at: row.opened_at };
    },
    isAsLeft: (person) =>
      db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((tx) => isAsLeft(tx, mark, 'account', person)),
    record: ({ at, by, person, what, facts }) =>
      whole(async (tx) => {
        // To sign in changes no account.
        const before = person === null || what === 'signed-in' ? null : await found(tx, person);
        const line = await tx
          .insertInto('person_event')
          .values({ at, by_person: by, person, what, facts: JSON.stringify(facts) })
          .returning(['at', 'by_person', 'what', 'facts'])
          .executeTakeFirstOrThrow();
        // Two registrars take the account as it stands.
        const from = what === 'recovered' && before !== null ? { ...before, rows: null } : before;
        if (from !== null) await enterHeld(tx, mark, from, { at, by, type: what, facts, lines: [plain(line)] });
      }),
    events: async (limit, { person, without } = {}) => {
      let query = db.selectFrom('person_event').selectAll().orderBy('id', 'desc').limit(limit);
      if (person !== undefined) query = query.where('person', '=', person);
      if (without !== undefined) query = query.where('what', '<>', without);
      return (await query.execute()).map(
        (row): PersonEvent => ({
          at: row.at as Instant,
          by: row.by_person as PersonId | null,
          person: row.person as PersonId | null,
          what: row.what,
          facts: row.facts,
        }),
      );
    },
  };
}

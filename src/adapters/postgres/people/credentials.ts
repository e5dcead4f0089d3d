// What people sign in with, as rows; whatever may be used once is used up in one statement.

import type { Account, CredentialRecords, Passkey } from '../../../app/people/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Db } from '../connection.ts';
import type { Touching } from './touching.ts';

export function credentialRecords(db: Db, { touch }: Touching): CredentialRecords {
  const accounts = () =>
    db
      .selectFrom('login')
      .innerJoin('person', 'person.id', 'login.person')
      .select(['login.person', 'login.name', 'login.password', 'login.totp', 'person.disabled_at']);
  type Row = Awaited<ReturnType<ReturnType<typeof accounts>['execute']>>[number];
  const accountOf = (row: Row | undefined): Account | undefined =>
    row && {
      person: row.person as PersonId,
      loginName: row.name,
      password: row.password,
      totp: row.totp,
      disabledAt: row.disabled_at,
    };
  const passkeys = () => db.selectFrom('passkey').selectAll();
  type PasskeyRow = Awaited<ReturnType<ReturnType<typeof passkeys>['execute']>>[number];
  const passkeyOf = (row: PasskeyRow): Passkey => ({
    id: row.id,
    person: row.person as PersonId,
    publicKey: row.public_key,
    counter: row.counter,
    transports: row.transports,
    deviceBound: row.device_bound,
    label: row.label,
    addedAt: row.added_at,
    usedAt: row.used_at,
  });

  return {
    accountNamed: async (name) => accountOf(await accounts().where('login.name', '=', name).executeTakeFirst()),
    account: async (person) => accountOf(await accounts().where('login.person', '=', person).executeTakeFirst()),
    setPassword: async (person, password) => {
      await touch(person);
      await db.updateTable('login').set({ password }).where('person', '=', person).execute();
    },
    setTotp: async (person, totp) => {
      await touch(person);
      await db.updateTable('login').set({ totp, totp_step: 0 }).where('person', '=', person).execute();
    },
    spendTotpStep: async (person, step) => {
      const result = await db
        .updateTable('login')
        .set({ totp_step: step })
        .where('person', '=', person)
        .where('totp_step', '<', step)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    passkey: async (id) => {
      const row = await passkeys().where('id', '=', id).executeTakeFirst();
      return row && passkeyOf(row);
    },
    passkeysOf: async (person) =>
      (await passkeys().where('person', '=', person).orderBy('added_at').execute()).map(passkeyOf),
    addPasskey: async (one) => {
      await touch(one.person);
      const result = await db
        .insertInto('passkey')
        .values({
          id: one.id,
          person: one.person,
          public_key: one.publicKey,
          counter: one.counter,
          transports: [...one.transports],
          device_bound: one.deviceBound,
          label: one.label,
          added_at: one.addedAt,
          used_at: one.usedAt,
        })
        .onConflict((on) => on.column('id').doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    usePasskey: async (id, counter, at) => {
      await db.updateTable('passkey').set({ counter, used_at: at }).where('id', '=', id).execute();
    },
    removePasskey: async (person, id) => {
      await touch(person);
      const result = await db
        .deleteFrom('passkey')
        .where('person', '=', person)
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
    replaceRecoveryCodes: async (person, hashes, at) => {
      await touch(person);
      await db.deleteFrom('recovery_code').where('person', '=', person).execute();
      await db
        .insertInto('recovery_code')
        .values(hashes.map((hash) => ({ hash, person, made_at: at, used_at: null })))
        .execute();
    },
    spendRecoveryCode: async (person, hash, at) => {
      const result = await db
        .updateTable('recovery_code')
        .set({ used_at: at })
        .where('person', '=', person)
        .where('hash', '=', hash)
        .where('used_at', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    recoveryCodesLeft: async (person) => {
      const { left } = await db
        .selectFrom('recovery_code')
        .where('person', '=', person)
        .where('used_at', 'is', null)
        .select((eb) => eb.fn.countAll<number>().as('left'))
        .executeTakeFirstOrThrow();
      return left;
    },
    removeCredentials: async (person) => {
      await touch(person);
      await db
        .updateTable('login')
        .set({ password: null, totp: null, totp_step: 0 })
        .where('person', '=', person)
        .execute();
      for (const table of ['passkey', 'recovery_code', 'federated_identity'] as const)
        await db.deleteFrom(table).where('person', '=', person).execute();
    },
    personOfIdentity: async (issuer, subject) => {
      const row = await db
        .selectFrom('federated_identity')
        .select('person')
        .where('issuer', '=', issuer)
        .where('subject', '=', subject)
        .executeTakeFirst();
      return row?.person as PersonId | undefined;
    },
    linkIdentity: async (issuer, subject, person) => {
      await touch(person);
      const result = await db
        .insertInto('federated_identity')
        .values({ issuer, subject, person })
        .onConflict((on) => on.columns(['issuer', 'subject']).doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    personKey: (person) =>
      db
        .selectFrom('person_key')
        .select(['recipient', 'sealed'])
        .where('person', '=', person)
        .orderBy('made_at', 'desc')
        .limit(1)
        .executeTakeFirst(),
    addPersonKey: async (person, { recipient, sealed }, at) => {
      await touch(person);
      await db.insertInto('person_key').values({ person, made_at: at, recipient, sealed }).execute();
    },
  };
}

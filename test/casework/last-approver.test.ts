// A sealed case always has an approver who may open it: neither a registrar nor two acts at once lock it up for ever.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { asPerson } from '../../src/adapters/postgres/casework/store.ts';
import { peopleStore } from '../../src/adapters/postgres/people/store.ts';
import { declare } from '../../src/app/casework/assign.ts';
import type { Actor } from '../../src/app/casework/ports.ts';
import { openTo } from '../../src/app/casework/sealing.ts';
import { changeRoles, disablePerson } from '../../src/app/people/manage.ts';
import type { PeoplePorts } from '../../src/app/people/ports.ts';
import type { SignedIn } from '../../src/app/people/sessions.ts';
import type { CaseFile, Reference } from '../../src/domain/docket/case-file.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import { at, done, openOffice, type TestOffice, takeIn } from '../support/casework.ts';
import { sealTo, WHY } from '../support/sealed.ts';

let office: TestOffice;
before(async () => {
  office = await openOffice();
});
after(() => office.close());

const sealed = async (to: readonly Actor[]): Promise<CaseFile> =>
  sealTo(office, await takeIn(office.work, office.staff['duty-officer']), to);

test('a registrar takes the role or the account of the last approver who may open a sealed case only after another was let in', async () => {
  const { work, staff, app, clock } = office;
  const { approver, approver2, reviewer } = staff;
  const file = await sealed([reviewer]);
  const ports = { store: peopleStore(app.db, office.keys.mark), now: clock.now } as PeoplePorts;
  const registrar = { person: { id: staff.registrar.id, roles: staff.registrar.roles } } as SignedIn;
  const roles = () => changeRoles(ports, registrar, approver.id, ['reviewer']);
  const account = () => disablePerson(ports, registrar, approver.id);
  for (const leave of [roles, account]) {
    const left = await leave();
    assert.deepEqual(left.ok ? [] : left.faults.map(({ code }) => code), ['people.last-approver']);
  }
  assert.ok(await work.store.read(approver.id, file.reference, 'request'), 'the case is still theirs');
  // An approver who stepped back from the case does not count, nor one who may open another case.
  done(await declare(work, approver2, at(await sealed([approver2])), 'The suspect is my neighbour.'));
  assert.equal((await roles()).ok, false);
  const third: Actor = { id: work.world.newId() as PersonId, roles: ['approver'] };
  await ports.store.addPerson({ id: third.id, name: 'Amal Approver', language: 'en' }, 'amal', clock.now());
  await ports.store.giveRole(third.id, 'approver', null, clock.now());
  await everyCaseTo(third, approver);
  assert.ok((await roles()).ok);
  assert.ok(await work.store.read(third.id, file.reference, 'request'));
  clock.hours(1);
  assert.ok((await changeRoles(ports, registrar, approver.id, ['approver'])).ok);
});

test('in the database too a sealed case keeps an approver, whoever goes and however many go at once', async () => {
  const { work, staff, app, clock } = office;
  const { approver, approver2, reviewer } = staff;
  const file = await sealed([reviewer, approver2]);
  const at = clock.now();
  const keeps = /keeps an approver/;
  await assert.rejects(
    sql`update person_role set taken_at = ${at} where role = 'approver' and taken_at is null`.execute(app.db),
    keeps,
  );
  await assert.rejects(
    sql`update person_role set role = 'reviewer' where role = 'approver' and taken_at is null`.execute(app.db),
    keeps,
  );
  await assert.rejects(sql`update person set disabled_at = ${at}`.execute(app.db), keeps);
  await assert.rejects(
    asPerson(app.db, reviewer.id, (tx) => tx.deleteFrom('case_grant').where('case_id', '=', file.id).execute()),
    keeps,
  );
  const conflict = (person: Actor) =>
    asPerson(app.db, person.id, (tx) =>
      tx.insertInto('conflict_of_interest').values({ case_id: file.id, person: person.id, declared_at: at }).execute(),
    );
  const both = await Promise.allSettled([conflict(approver), conflict(approver2)]);
  assert.deepEqual(both.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected']);
  const left = both[0]?.status === 'rejected' ? approver : approver2;
  assert.ok(await work.store.read(left.id, file.reference, 'request'), 'one of the two is left');
});

/** Lets somebody into each sealed case that another may open. */
async function everyCaseTo(to: Actor, by: Actor): Promise<void> {
  const grants = office.owner.db.selectFrom('case_grant').innerJoin('case_file', 'case_file.id', 'case_grant.case_id');
  const theirs = await grants.select('reference').where('person', '=', by.id).execute();
  for (const { reference } of theirs)
    await openTo(office.work, by, { reference: reference as Reference, version: null }, { reason: WHY, to: to.id });
}

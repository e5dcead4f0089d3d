// People and access on a real database: how people come in, and what each attack on that meets.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { acceptInvitation, invite, inviteAgain, openInvitation } from '../../src/app/people/invite.ts';
import {
  agreeToRecovery,
  changeRoles,
  disablePerson,
  enablePerson,
  openRecovery,
  recoveryOf,
  unlockPerson,
} from '../../src/app/people/manage.ts';
import { changePassword, removePasskey } from '../../src/app/people/my-account.ts';
import { mySessions, readSession, revokeSessions, type SignedIn, signOut } from '../../src/app/people/sessions.ts';
import { prepareSetUp, setUp } from '../../src/app/people/set-up.ts';
import { checkCode, checkPassword } from '../../src/app/people/sign-in.ts';
import type { PersonId } from '../../src/domain/registry/person.ts';
import { ADDRESS, must, type Office, openOffice, PASSWORD, refusals, SITE } from './office.ts';

describe('people and access', () => {
  let office: Office;
  let registrar: SignedIn & { readonly cookie: string };
  let others = 0;
  const person = async (...roles: Parameters<Office['add']>[2]) => {
    const loginName = `person${++others}`;
    const added = await office.add(registrar, loginName, roles.length > 0 ? roles : ['reviewer']);
    return { ...added, loginName };
  };
  before(async () => {
    office = await openOffice();
    registrar = await office.session((await office.begin()).person);
  });
  after(() => office.stop());

  const signIn = async (loginName: string, password = PASSWORD, address = ADDRESS) =>
    checkPassword(office.ports, { loginName, password, address });

  test('the set-up link makes one registrar and works once; with one there, no other is made', async () => {
    const fresh = await openOffice();
    const first = (await prepareSetUp(fresh.ports)) ?? '';
    const token = (await prepareSetUp(fresh.ports)) ?? '';
    const form = (link: string, loginName: string) =>
      ({ name: 'A', loginName, language: 'en', choice: fresh.choice(link) }) as const;
    assert.deepEqual(refusals(await setUp(fresh.ports, SITE, first, form(first, 'aa'))), ['link-void']);
    const both = await Promise.all(['aa', 'bb'].map((name) => setUp(fresh.ports, SITE, token, form(token, name))));
    assert.deepEqual(both.flatMap(refusals), ['link-void']);
    assert.deepEqual(refusals(await setUp(fresh.ports, SITE, token, form(token, 'cc'))), ['link-void']);
    assert.equal(await prepareSetUp(fresh.ports), undefined);
    assert.notEqual(await prepareSetUp(fresh.ports, true), undefined);
    // Changed past the node, they sign in no more: the next start makes a link again.
    await fresh.db.updateTable('login').set({ name: 'zz' }).execute();
    assert.notEqual(await prepareSetUp(fresh.ports), undefined);
    const members = await fresh.ports.store.members();
    assert.deepEqual(
      members.map((one) => one.roles),
      [['registrar']],
    );
    await fresh.stop();
  });

  test('password and code open a session; the code counts once, also when it is sent twice at the same time', async () => {
    const { person: id, loginName } = await person();
    office.later(60);
    const [one, two] = [must(await signIn(loginName)), must(await signIn(loginName.toUpperCase()))];
    const code = await office.code(id);
    const answers = await Promise.all(
      [one, two].map(({ token }) => checkCode(office.ports, { token, code, address: ADDRESS })),
    );
    assert.deepEqual(answers.flatMap(refusals), ['code']);
    const opened = answers.find((answer) => answer.ok);
    assert.ok(opened?.ok);
    assert.equal((await readSession(office.ports, opened.value.cookie))?.person.id, id);
  });

  test('digits of any keyboard are digits, and a recovery code stands in for the app once', async () => {
    const { person: id, loginName, recoveryCodes } = await person();
    office.later(60);
    const code = (await office.code(id)).replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? '');
    const step = must(await signIn(loginName));
    must(await checkCode(office.ports, { ...step, code: `${code.slice(0, 3)} ${code.slice(3)}`, address: ADDRESS }));
    const [recovery = ''] = recoveryCodes;
    assert.equal(recoveryCodes.length, 10);
    const again = must(await signIn(loginName));
    must(await checkCode(office.ports, { ...again, code: recovery.toUpperCase(), address: ADDRESS }));
    const third = must(await signIn(loginName));
    assert.deepEqual(refusals(await checkCode(office.ports, { ...third, code: recovery, address: ADDRESS })), ['code']);
    assert.equal(await office.ports.store.recoveryCodesLeft(id), 9);
  });

  test('no name, a wrong password, somebody invited and somebody disabled get the same answer, at the same price', async () => {
    const { loginName } = await person();
    const gone = await person();
    must(await disablePerson(office.ports, registrar, gone.person));
    const roles = ['reviewer'];
    must(await invite(office.ports, registrar, { name: 'B', loginName: 'invited', language: 'en', roles }));
    const hashed: (string | null)[] = [];
    const { passwords } = office.ports;
    const ports = {
      ...office.ports,
      passwords: {
        ...passwords,
        verify: (password: string, phc: string | null) => {
          hashed.push(phc);
          return passwords.verify(password, phc);
        },
      },
    };
    const tries: [string, string][] = [
      ['nobody', PASSWORD],
      [loginName, 'not the password'],
      [gone.loginName, PASSWORD],
      ['invited', PASSWORD],
    ];
    for (const [name, password] of tries)
      assert.deepEqual(await checkPassword(ports, { loginName: name, password, address: '192.0.2.99' }), {
        ok: false,
        faults: [{ code: 'people.sign-in', field: 'loginName' }],
      });
    assert.equal(hashed.length, tries.length);
  });

  test('guessing waits longer and longer, for a name that exists and for one that does not; a registrar unlocks', async () => {
    const { person: id, loginName } = await person();
    const guess = async (name: string, address: string) => refusals(await signIn(name, 'a guess', address));
    for (const name of [loginName, 'no-such-name']) {
      const answers: string[][] = [];
      for (let n = 0; n < 8; n++) answers.push(await guess(name, `198.51.100.${n}`));
      assert.deepEqual(answers.flat(), [...Array(6).fill('sign-in'), 'too-many-attempts', 'too-many-attempts']);
    }
    assert.deepEqual(refusals(await signIn(loginName)), ['too-many-attempts']);
    must(await unlockPerson(office.ports, registrar, id));
    must(await signIn(loginName));
  });

  test('a hundred guesses at once are counted as a hundred', async () => {
    const { loginName } = await person();
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => signIn(loginName, 'a guess', `203.0.113.${n}`)),
    );
    assert.equal(answers.flatMap(refusals).filter((code) => code === 'sign-in').length, 6);
  });

  test('one address cannot try many names without end', async () => {
    const answers: string[] = [];
    for (let n = 0; n < 45; n++) answers.push(...refusals(await signIn(`spray${n}`, 'Spring2028!', '198.51.100.200')));
    assert.ok(answers.includes('too-many-attempts'));
    assert.ok(answers.indexOf('too-many-attempts') > 35);
  });

  test('a known password does not open the codes to guessing', async () => {
    const { loginName, person: id } = await person();
    const seen: string[] = [];
    for (let n = 0; n < 9; n++) {
      const step = await signIn(loginName, PASSWORD, `198.51.100.${n + 50}`);
      if (!step.ok) {
        seen.push(...refusals(step));
        break;
      }
      seen.push(...refusals(await checkCode(office.ports, { ...step.value, code: '000000', address: ADDRESS })));
    }
    assert.ok(seen.includes('too-many-attempts'), seen.join());
    must(await unlockPerson(office.ports, registrar, id));
  });

  test('a session ends with sign-out, with revoking, idle, and at the end of the day; a stolen cookie opens nothing then', async () => {
    const { person: id } = await person();
    const [one, two, three, four] = await Promise.all([1, 2, 3, 4].map(() => office.session(id)));
    assert.ok(one && two && three && four);
    const lives = async (session: { cookie: string }) =>
      (await readSession(office.ports, session.cookie)) !== undefined;
    await signOut(office.ports, one);
    await revokeSessions(office.ports, three, two.sessionId);
    assert.deepEqual(await Promise.all([one, two, three, four].map(lives)), [false, false, true, true]);
    await revokeSessions(office.ports, three, 'others');
    assert.deepEqual(await Promise.all([three, four].map(lives)), [true, false]);
    office.later(14 * 60);
    assert.equal(await lives(three), true);
    office.later(14 * 60);
    assert.equal(await lives(three), true);
    office.later(15 * 60);
    assert.equal(await lives(three), false);
    const day = await office.session(id);
    for (let n = 0; n < 8 * 6 - 1; n++) {
      office.later(600);
      assert.equal(await lives(day), true);
    }
    office.later(600);
    assert.equal(await lives(day), false);
    registrar = await office.session(registrar.person.id);
  });

  test('nobody ends the session of somebody else', async () => {
    const [mine, theirs] = [
      await office.session((await person()).person),
      await office.session((await person()).person),
    ];
    await revokeSessions(office.ports, mine, theirs.sessionId);
    assert.ok(await readSession(office.ports, theirs.cookie));
    assert.equal((await mySessions(office.ports, mine)).length, 1);
  });

  test('the database keeps nothing that opens a session, a link or an account', async () => {
    const { person: id, recoveryCodes } = await person();
    const session = await office.session(id);
    const { token } = must(
      await invite(office.ports, registrar, { name: 'C', loginName: 'kept', language: 'en', roles: ['reviewer'] }),
    );
    const rows = await Promise.all(
      (['login', 'session', 'one_time', 'recovery_code', 'person_event', 'person_key'] as const).map((table) =>
        office.db.selectFrom(table).selectAll().execute(),
      ),
    );
    const text = JSON.stringify(rows);
    for (const secret of [session.cookie, token, PASSWORD, recoveryCodes[0] ?? '', 'AGE-SECRET-KEY'])
      assert.ok(!text.includes(secret));
    assert.ok(text.includes(session.sessionId));
  });

  test('a role that is given or taken counts with the next request, and a disabled person is out at once', async () => {
    const { person: id } = await person('reviewer');
    const session = await office.session(id);
    const rolesNow = async () => (await readSession(office.ports, session.cookie))?.person.roles;
    must(await changeRoles(office.ports, registrar, id, ['reviewer', 'approver']));
    assert.deepEqual(await rolesNow(), ['approver', 'reviewer']);
    must(await changeRoles(office.ports, registrar, id, ['executing-unit']));
    assert.deepEqual(await rolesNow(), ['executing-unit']);
    // Even a session that the ending of sessions did not reach, opened in that very moment, belongs to nobody.
    await office.ports.store.setDisabled(id, office.ports.now());
    assert.equal(await readSession(office.ports, session.cookie), undefined);
    await office.ports.store.setDisabled(id, null);
    must(await disablePerson(office.ports, registrar, id));
    assert.equal(await readSession(office.ports, session.cookie), undefined);
    must(await enablePerson(office.ports, registrar, id));
    assert.equal(await readSession(office.ports, session.cookie), undefined);
  });

  test('whoever hands out roles sees no case, whoever oversees changes nothing, and nobody changes their own roles', async () => {
    const { person: id } = await person();
    const change = async (by: SignedIn, whom: PersonId, ...roles: string[]) =>
      refusals(await changeRoles(office.ports, by, whom, roles));
    assert.deepEqual(await change(registrar, id, 'registrar', 'reviewer'), ['roles-apart']);
    assert.deepEqual(await change(registrar, id, 'oversight', 'approver'), ['roles-apart']);
    assert.deepEqual(await change(registrar, id), ['roles-missing']);
    assert.deepEqual(await change(registrar, id, 'reviewer', 'king'), ['roles-unknown']);
    assert.deepEqual(await change(registrar, registrar.person.id, 'approver'), ['own-account']);
    assert.deepEqual(refusals(await disablePerson(office.ports, registrar, registrar.person.id)), ['own-account']);
    const reviewer = await office.session(id);
    assert.deepEqual(await change(reviewer, registrar.person.id, 'reviewer'), ['not-yours']);
    assert.deepEqual(refusals(await disablePerson(office.ports, reviewer, registrar.person.id)), ['not-yours']);
    assert.deepEqual(
      refusals(
        await invite(office.ports, reviewer, { name: 'D', loginName: 'dd', language: 'en', roles: ['approver'] }),
      ),
      ['not-yours'],
    );
  });

  test('two registrars who disable each other at once leave one', async () => {
    const [a, b] = [await person('registrar'), await person('registrar')];
    const [first, second] = [await office.session(a.person), await office.session(b.person)];
    const answers = await Promise.all([
      disablePerson(office.ports, first, b.person),
      disablePerson(office.ports, second, a.person),
    ]);
    assert.deepEqual(answers.flatMap(refusals), ['not-yours']);
  });

  test('an invitation works once, its renewal makes the first void, and it runs out', async () => {
    const form = { name: 'E', loginName: 'ee', language: 'en', roles: ['reviewer'] };
    const first = must(await invite(office.ports, registrar, form));
    assert.deepEqual(refusals(await invite(office.ports, registrar, form)), ['login-name-taken']);
    const second = must(await inviteAgain(office.ports, registrar, first.person));
    assert.equal(await openInvitation(office.ports, first.token), undefined);
    const accept = (token: string) => acceptInvitation(office.ports, SITE, token, office.choice(token));
    assert.deepEqual(refusals(await accept(first.token)), ['link-void']);
    must(await accept(second.token));
    assert.deepEqual(refusals(await accept(second.token)), ['link-void']);
    assert.deepEqual(refusals(await inviteAgain(office.ports, registrar, first.person)), ['enrolled-already']);
    const late = must(await invite(office.ports, registrar, { ...form, loginName: 'late' }));
    office.later(72 * 3600);
    assert.deepEqual(refusals(await accept(late.token)), ['link-void']);
    registrar = await office.session(registrar.person.id);
  });

  test('a password must be long and not made of what is known; the code must be of the app that was shown', async () => {
    const names = { name: 'Leila Farouk', loginName: 'leila.farouk', language: 'en', roles: ['reviewer'] };
    const { token } = must(await invite(office.ports, registrar, names));
    const { code } = office.choice(token);
    const wrong: [string, string, string[]][] = [
      ['short', code, ['password-short']],
      ['aaaaaaaaaaaaaaaa', code, ['password-guessable']],
      ['leila.farouk1234', code, ['password-guessable']],
      ['password12345678', code, ['password-guessable']],
      ['x'.repeat(300), code, ['password-long']],
      [PASSWORD, '123456', ['code-of-app']],
      ['short', '', ['password-short', 'code-of-app']],
    ];
    for (const [password, typed, codes] of wrong) {
      const answer = await acceptInvitation(office.ports, SITE, token, { by: 'password', password, code: typed });
      assert.deepEqual(refusals(answer), codes, password);
    }
    assert.ok(await openInvitation(office.ports, token));
  });

  test('an account is recovered by two registrars and not by one, and nothing of the old one opens it', async () => {
    const lost = await person();
    const session = await office.session(lost.person);
    const other = await office.session((await person('registrar')).person);
    assert.deepEqual(refusals(await agreeToRecovery(office.ports, registrar, lost.person)), ['recovery-none']);
    must(await openRecovery(office.ports, registrar, lost.person));
    assert.deepEqual(refusals(await agreeToRecovery(office.ports, registrar, lost.person)), ['recovery-same']);
    assert.ok(await readSession(office.ports, session.cookie));
    const { token } = must(await agreeToRecovery(office.ports, other, lost.person));
    assert.equal(await readSession(office.ports, session.cookie), undefined);
    assert.deepEqual(refusals(await signIn(lost.loginName)), ['sign-in']);
    must(await acceptInvitation(office.ports, SITE, token, office.choice(token)));
    must(await signIn(lost.loginName));
  });

  test('a recovery that nobody agreed to within a day is gone, and whoever asked for it can ask anew', async () => {
    const { person: lost } = await person();
    const other = await office.session((await person('registrar')).person);
    const waits = async () => {
      const member = await office.ports.store.member(lost);
      return member && recoveryOf(member, office.ports.now());
    };
    must(await openRecovery(office.ports, registrar, lost));
    assert.equal((await waits())?.by, registrar.person.id);
    office.later(24 * 3600);
    assert.equal(await waits(), null);
    assert.deepEqual(refusals(await agreeToRecovery(office.ports, other, lost)), ['recovery-none']);
    must(await openRecovery(office.ports, registrar, lost));
    must(await agreeToRecovery(office.ports, other, lost));
  });

  test('a new password needs a fresh proof, and ends the other sessions', async () => {
    const { person: id, loginName } = await person();
    const [mine, stolen] = [await office.session(id), await office.session(id)];
    const newPassword = 'nine blue kettles at noon';
    office.later(60);
    const proof = await office.proof(id);
    const change = async (with_: typeof proof) =>
      refusals(await changePassword(office.ports, SITE, mine, { newPassword, proof: with_ }));
    assert.deepEqual(await change({ ...proof, password: 'wrong' }), ['step-up-wrong']);
    assert.deepEqual(await change({ ...proof, code: '' }), ['step-up-wrong']);
    assert.deepEqual(await change(proof), []);
    assert.equal(await readSession(office.ports, stolen.cookie), undefined);
    assert.ok(await readSession(office.ports, mine.cookie));
    assert.deepEqual(refusals(await signIn(loginName)), ['sign-in']);
    must(await signIn(loginName, newPassword));
    office.later(60);
    const form = { id: 'nothing', proof: { ...(await office.proof(id)), password: newPassword } };
    assert.deepEqual(refusals(await removePasskey(office.ports, SITE, mine, form)), ['no-such-passkey']);
  });

  test('the record of acts only grows, whoever asks', async () => {
    const { person: id } = await person();
    const events = await office.ports.store.events(5, { person: id });
    assert.deepEqual(
      events.map((one) => one.what),
      ['enrolled', 'invited'],
    );
    assert.equal(events[1]?.by, registrar.person.id);
    const { connect } = await import('../../src/adapters/postgres/connection.ts');
    const owner = connect(office.database.owner, 1);
    for (const db of [office.db, owner.db]) {
      await assert.rejects(db.updateTable('person_event').set({ what: 'nothing' }).execute());
      await assert.rejects(db.deleteFrom('person_event').execute());
    }
    await owner.close();
  });
});

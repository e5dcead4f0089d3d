// Step-up and passkeys on a real database with a security key in software: each proof is for one person, session and act, and for once.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { agreeToRecovery, openRecovery } from '../../src/app/people/manage.ts';
import { invite, openInvitation } from '../../src/app/people/invite.ts';
import { addPasskey, beginNewPasskey, guardedHash, removePasskey } from '../../src/app/people/my-account.ts';
import { readSession, type SignedIn } from '../../src/app/people/sessions.ts';
import { beginPasskey, checkPasskey, enter } from '../../src/app/people/sign-in.ts';
import { actionHash, type StepUp, stepUps } from '../../src/app/people/step-up.ts';
import { type Authenticator, authenticator } from './authenticator.ts';
import { ADDRESS, must, type Office, openOffice, refusals, SITE } from './office.ts';

const challengeOf = (options: object): string => (options as { challenge: string }).challenge;
const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

describe('step-up', () => {
  let office: Office;
  let registrar: SignedIn;
  let steps: StepUp;
  let people = 0;
  before(async () => {
    office = await openOffice();
    registrar = await office.session((await office.begin()).person);
    steps = stepUps(office.ports);
  });
  after(() => office.stop());

  const approver = async () => {
    const { person } = await office.add(registrar, `approver${++people}`, ['approver']);
    office.later(60);
    return office.session(person);
  };
  const withKey = async (who: SignedIn, device: Authenticator) => {
    const options = await beginNewPasskey(office.ports, SITE, who);
    office.later(60);
    const proof = await office.proof(who.person.id);
    const form = { answer: device.create(challengeOf(options)), label: 'Blue key', proof };
    must(await addPasskey(office.ports, SITE, who, form));
  };
  const hashOf = (what: string): string => actionHash(office.ports, { act: 'decide', what });
  const passkeyProof = (assertion: string) => ({ assertion, password: '', code: '', address: ADDRESS });

  test('the hash of an act does not depend on the order of its parts, and on all of them', () => {
    const hash = (action: Parameters<typeof actionHash>[1]) => actionHash(office.ports, action);
    assert.equal(hash({ a: 1, b: 'x' }), hash({ b: 'x', a: 1 }));
    assert.notEqual(hash({ a: 1, b: 'x' }), hash({ a: 1, b: 'y' }));
    assert.match(hash({}), /^[0-9a-f]{64}$/);
  });

  test('password and code confirm an act once; the same code confirms no second one', async () => {
    const who = await approver();
    const proof = await office.proof(who.person.id);
    must(await steps.verify(SITE, who, hashOf('one'), proof));
    assert.deepEqual(refusals(await steps.verify(SITE, who, hashOf('one'), proof)), ['step-up-wrong']);
    assert.deepEqual(refusals(await steps.verify(SITE, who, hashOf('two'), proof)), ['step-up-wrong']);
    office.later(30);
    must(await steps.verify(SITE, who, hashOf('two'), await office.proof(who.person.id)));
  });

  test('guessing at a step-up is counted as at the door', async () => {
    const who = await approver();
    const seen: string[] = [];
    for (let n = 0; n < 8; n++) {
      const proof = { assertion: '', password: `guess ${n}`, code: '000000', address: `198.51.100.${n}` };
      seen.push(...refusals(await steps.verify(SITE, who, hashOf('x'), proof)));
    }
    assert.ok(seen.includes('too-many-attempts'));
  });

  test('a page of confirmation grants one act, to one person in one session, once and for two minutes', async () => {
    const [who, other] = [await approver(), await approver()];
    const action = { hash: hashOf('unseal'), sentence: 'Unseal case 7', back: '/requests/7' };
    const token = (await steps.begin(who, action)).replace('/step-up/', '');
    const elsewhere = await office.session(who.person.id);
    assert.deepEqual(await steps.shown(who, token), action);
    assert.equal(await steps.shown(other, token), undefined);
    assert.equal(await steps.shown(elsewhere, token), undefined);
    assert.equal(await steps.spend(who, action.hash), false);
    const proof = await office.proof(other.person.id);
    assert.deepEqual(refusals(await steps.confirm(SITE, other, token, proof)), ['step-up-late']);
    must(await steps.confirm(SITE, who, token, await office.proof(who.person.id)));
    assert.equal(await steps.spend(who, hashOf('seal')), false);
    assert.equal(await steps.spend(other, action.hash), false);
    assert.equal(await steps.spend(elsewhere, action.hash), false);
    const both = await Promise.all([steps.spend(who, action.hash), steps.spend(who, action.hash)]);
    assert.deepEqual(both.sort(), [false, true]);
    assert.equal(await steps.shown(who, token), undefined);

    office.later(60);
    const late = (await steps.begin(who, action)).replace('/step-up/', '');
    must(await steps.confirm(SITE, who, late, await office.proof(who.person.id)));
    office.later(120);
    assert.equal(await steps.spend(who, action.hash), false);
  });

  test('a passkey signs the hash of the act itself, and its answer counts for nothing else', async () => {
    const who = await approver();
    const device = authenticator(SITE);
    await withKey(who, device);
    const [hash, other] = [hashOf('disclose 1'), hashOf('disclose 2')];
    const options = must(await steps.challenge(SITE, who, hash));
    assert.equal(challengeOf(options), base64url(hash));
    must(await steps.challenge(SITE, who, other));
    const answer = device.get(challengeOf(options));
    assert.deepEqual(refusals(await steps.verify(SITE, who, other, passkeyProof(answer))), ['step-up-passkey']);
    const elsewhere = await office.session(who.person.id);
    assert.deepEqual(refusals(await steps.verify(SITE, elsewhere, hash, passkeyProof(answer))), ['step-up-late']);
    must(await steps.verify(SITE, who, hash, passkeyProof(answer)));
    assert.deepEqual(refusals(await steps.verify(SITE, who, hash, passkeyProof(answer))), ['step-up-late']);
  });

  test('an old answer is worth nothing for the same act begun anew, even from a key that does not count', async () => {
    const who = await approver();
    const synced = authenticator(SITE, { synced: true });
    await withKey(who, synced);
    const hash = hashOf('again');
    const answer = synced.get(challengeOf(must(await steps.challenge(SITE, who, hash))));
    must(await steps.verify(SITE, who, hash, passkeyProof(answer)));
    must(await steps.challenge(SITE, who, hash));
    assert.deepEqual(refusals(await steps.verify(SITE, who, hash, passkeyProof(answer))), ['step-up-passkey']);
  });

  test('a key of somebody else, another site, no user verification, two minutes too late, or no key: refused', async () => {
    const [who, other] = [await approver(), await approver()];
    const [mine, theirs] = [authenticator(SITE), authenticator(SITE)];
    await withKey(who, mine);
    await withKey(other, theirs);
    const attempt = async (what: string, sign: (challenge: string) => string, wait = 0) => {
      const hash = hashOf(what);
      const challenge = challengeOf(must(await steps.challenge(SITE, who, hash)));
      office.later(wait);
      return refusals(await steps.verify(SITE, who, hash, passkeyProof(sign(challenge))));
    };
    assert.deepEqual(await attempt('a', (c) => theirs.get(c)), ['step-up-passkey']);
    assert.deepEqual(await attempt('b', (c) => mine.get(c, { origin: 'https://evil.example' })), ['step-up-passkey']);
    assert.deepEqual(await attempt('c', (c) => mine.get(c, { verified: false })), ['step-up-passkey']);
    assert.deepEqual(await attempt('d', (c) => mine.get(c), 120), ['step-up-late']);
    assert.deepEqual(await attempt('e', () => '{"id":1}'), ['step-up-passkey']);
    assert.deepEqual(await attempt('f', () => 'not JSON'), ['step-up-passkey']);
    assert.deepEqual(await attempt('g', (c) => mine.get(c)), []);
    assert.deepEqual(refusals(await steps.challenge(SITE, registrar, hashOf('h'))), ['step-up-none']);
    assert.deepEqual(refusals(await steps.challenge(SITE, who, 'not a hash')), ['step-up-none']);
  });

  test('a passkey signs in without a name; a copied device that counts backwards, and an answer sent twice, do not', async () => {
    const who = await approver();
    const device = authenticator(SITE);
    await withKey(who, device);
    const begin = () => beginPasskey(office.ports, SITE);
    const finish = (token: string, answer: string) =>
      checkPasskey(office.ports, SITE, { token, answer, address: ADDRESS });
    const first = await begin();
    const answer = device.get(challengeOf(first.options));
    const opened = must(await finish(first.token, answer));
    assert.equal((await readSession(office.ports, opened.cookie))?.person.id, who.person.id);
    assert.deepEqual(refusals(await finish(first.token, answer)), ['passkey-wrong']);
    const second = await begin();
    assert.deepEqual(refusals(await finish(second.token, answer)), ['passkey-wrong']);
    await office.ports.store.usePasskey(device.id, 1000, office.ports.now());
    const third = await begin();
    const copied = device.get(challengeOf(third.options));
    assert.deepEqual(refusals(await finish(third.token, copied)), ['passkey-wrong']);
    const stranger = authenticator(SITE);
    const fourth = await begin();
    const unknown = stranger.get(challengeOf(fourth.options));
    assert.deepEqual(refusals(await finish(fourth.token, unknown)), ['passkey-wrong']);
  });

  test('a passkey that is taken away ends the sessions it opened', async () => {
    const who = await approver();
    const device = authenticator(SITE);
    await withKey(who, device);
    const { token, options } = await beginPasskey(office.ports, SITE);
    const answer = device.get(challengeOf(options));
    const opened = must(await checkPasskey(office.ports, SITE, { token, answer, address: ADDRESS }));
    assert.ok(await readSession(office.ports, opened.cookie));
    const hash = guardedHash(office.ports, who, 'passkey-remove', device.id);
    const assertion = device.get(challengeOf(must(await steps.challenge(SITE, who, hash))));
    must(await removePasskey(office.ports, SITE, who, { id: device.id, proof: passkeyProof(assertion) }));
    assert.equal(await readSession(office.ports, opened.cookie), undefined);
    assert.ok(await readSession(office.ports, (await office.session(who.person.id)).cookie));
  });

  test('where policy asks for hardware, an approver is one only with a key that cannot leave its device', async () => {
    const ports = { ...office.ports, settings: { ...office.ports.settings, approversNeedHardware: true } };
    const who = await approver();
    const [device, synced] = [authenticator(SITE), authenticator(SITE, { synced: true })];
    await withKey(who, device);
    await withKey(who, synced);
    const sessionBy = async (credential: Parameters<typeof enter>[2]) => {
      const { cookie } = must(await enter(ports, who.person.id, credential, ADDRESS, {}));
      const session = await readSession(ports, cookie);
      assert.ok(session);
      return session;
    };
    const byPassword = await sessionBy('password');
    assert.deepEqual([byPassword.person.roles, byPassword.withheld], [[], ['approver']]);
    assert.deepEqual((await sessionBy(`passkey:${synced.id}`)).person.roles, []);
    const strong = await sessionBy(`passkey:${device.id}`);
    assert.deepEqual([strong.person.roles, strong.withheld], [['approver'], []]);
    const strict = stepUps(ports);
    const verify = async (with_: Authenticator, what: string) => {
      const options = must(await strict.challenge(SITE, strong, hashOf(what)));
      return refusals(await strict.verify(SITE, strong, hashOf(what), passkeyProof(with_.get(challengeOf(options)))));
    };
    assert.deepEqual(await verify(synced, 'weak'), ['step-up-hardware']);
    assert.deepEqual(await verify(device, 'strong'), []);
    const proof = await office.proof(who.person.id);
    assert.deepEqual(refusals(await strict.verify(SITE, strong, hashOf('typed'), proof)), ['step-up-hardware']);
  });

  // Attacker: writes rows as the application's role or as the owner, and has not the secret of the node.
  test('a session, an invitation or a confirmation that was written or changed past the node is not there', async () => {
    const { db, ports } = office;
    const [own, other] = [await approver(), await approver()];
    const hash = hashOf('forged');
    const begun = must(await inviteAnother());
    assert.ok(await readSession(ports, own.cookie));
    assert.ok(await openInvitation(ports, begun.token));
    const granted = async () => {
      const path = await steps.begin(own, { hash, sentence: 'Forged', back: '/' });
      must(await steps.confirm(SITE, own, path.split('/').at(-1) ?? '', await office.proof(own.person.id)));
    };
    office.later(60);
    await granted();
    const person = other.person.id;
    await db.updateTable('session').set({ person }).where('id', '=', own.sessionId).execute();
    await db.updateTable('one_time').set({ person }).where('kind', 'in', ['invitation', 'step-up-granted']).execute();
    assert.equal(await readSession(ports, own.cookie), undefined);
    assert.equal(await openInvitation(ports, begun.token), undefined);
    assert.equal(await steps.spend(own, hash), false);
    await db
      .insertInto('session')
      .values({ ...(await rowOf(other.sessionId)), id: ports.secrets.hash('mine') })
      .execute();
    assert.equal(await readSession(ports, 'mine'), undefined);
    assert.ok(await readSession(ports, other.cookie));
    // A password that is known, in the place of somebody else's.
    const { password } = await db
      .selectFrom('login')
      .select('password')
      .where('person', '=', own.person.id)
      .executeTakeFirstOrThrow();
    const proof = await office.proof(person);
    await db
      .updateTable('login')
      .set({ password: `${password}` })
      .where('person', '=', person)
      .execute();
    assert.deepEqual(refusals(await enter(ports, person, 'password', ADDRESS, {})), ['account-changed']);
    assert.deepEqual(refusals(await steps.verify(SITE, other, hash, proof)), ['account-changed']);
    const second = await office.session((await office.add(registrar, 'second', ['registrar'])).person);
    must(await openRecovery(ports, registrar, person));
    assert.equal(await ports.store.isAsLeft(person), false);
    must(await agreeToRecovery(ports, second, person));
    assert.equal(await ports.store.isAsLeft(person), true);
  });
  const inviteAnother = () =>
    invite(office.ports, registrar, { name: 'Nil', loginName: `nil${++people}`, language: 'en', roles: ['approver'] });
  const rowOf = (id: string) =>
    office.db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
});

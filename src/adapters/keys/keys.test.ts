// Secrets as they are made and kept: the vectors of the RFCs, and what must not open.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { instantAt } from '../../kernel/instant.ts';
import { argon2Passwords, SERVICE_COST } from './passwords.ts';
import { secrets } from './secrets.ts';
import { stepAt, totpCode, totpStep } from './totp.ts';
import { openVault, vaultOf } from './vault.ts';

const QUICK = { memory: 64, passes: 1, parallelism: 1 };

/** RFC 6238, appendix B: time in seconds, and the code under SHA-1, SHA-256 and SHA-512. */
const VECTORS = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
] as const;
const SEED = '12345678901234567890';

test('codes are those of RFC 6238, appendix B', () => {
  for (const [seconds, sha1, sha256, sha512] of VECTORS) {
    const step = stepAt(instantAt(seconds * 1000));
    const seed = (length: number) => Buffer.from(SEED.repeat(4).slice(0, length));
    assert.equal(totpCode(seed(20), step, 8), sha1);
    assert.equal(totpCode(seed(32), step, 8, 'sha256'), sha256);
    assert.equal(totpCode(seed(64), step, 8, 'sha512'), sha512);
  }
});

test('a code counts one step early and one step late, and no more; each tells its own step', () => {
  const secret = Buffer.from(SEED);
  const at = instantAt(1_234_567_890_000);
  const now = stepAt(at);
  for (const [step, counts] of [
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ] as const)
    assert.equal(totpStep(secret, totpCode(secret, now + step), at), counts ? now + step : undefined);
  for (const code of ['', '12345', '1234567', 'abcdef']) assert.equal(totpStep(secret, code, at), undefined);
});

test('a password is kept as argon2id with its parameters and a salt of its own', async () => {
  const passwords = argon2Passwords(QUICK);
  const [one, two] = await Promise.all([passwords.hash('a long sentence'), passwords.hash('a long sentence')]);
  assert.match(one, /^\$argon2id\$v=19\$m=64,t=1,p=1\$[^$]{22}\$[^$]{43}$/);
  assert.notEqual(one, two);
  assert.equal(await passwords.verify('a long sentence', one), true);
  assert.equal(await passwords.verify('a long sentencf', one), false);
  assert.equal(await passwords.verify('a long sentence', null), false);
});

test('a hash made under other parameters is still verified under its own', async () => {
  const hash = await argon2Passwords({ ...QUICK, passes: 3 }).hash('from long ago');
  assert.equal(await argon2Passwords(QUICK).verify('from long ago', hash), true);
});

test('in service a password costs what OWASP asks for', () => {
  assert.deepEqual(SERVICE_COST, { memory: 19_456, passes: 2, parallelism: 1 });
});

test('what the vault sealed opens under the same name and secret, and nowhere else', () => {
  const vault = vaultOf(new Uint8Array(32).fill(7));
  const bytes = new TextEncoder().encode('AGE-SECRET-KEY');
  const sealed = vault.seal('key:a', bytes);
  assert.deepEqual(new Uint8Array(vault.open('key:a', sealed)), bytes);
  assert.notDeepEqual(vault.seal('key:a', bytes), sealed);
  assert.throws(() => vault.open('key:b', sealed), /does not open/);
  assert.throws(() => vaultOf(new Uint8Array(32).fill(8)).open('key:a', sealed), /does not open/);
  for (let at = 0; at < sealed.length; at++) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.throws(() => vault.open('key:a', changed), /does not open/, `byte ${at}`);
  }
  assert.throws(() => vault.open('key:a', sealed.subarray(0, 20)), /does not open/);
});

test('the secret of a node is made once, and its owner alone may read it', (t) => {
  const data = mkdtempSync(join(tmpdir(), 'vault-'));
  t.after(() => rmSync(data, { recursive: true }));
  const sealed = openVault(data).seal('x', Buffer.of(1, 2, 3));
  assert.equal(statSync(join(data, 'keys/vault')).mode & 0o777, 0o600);
  assert.equal(statSync(join(data, 'keys')).mode & 0o777, 0o700);
  const secret = readFileSync(join(data, 'keys/vault'));
  assert.deepEqual([...openVault(data).open('x', sealed)], [1, 2, 3]);
  assert.deepEqual(readFileSync(join(data, 'keys/vault')), secret);
});

test('the key pair of a person is an age identity and its recipient', async () => {
  const { recipient, identity } = await secrets.personKey();
  assert.match(recipient, /^age1[a-z0-9]{58}$/);
  assert.match(new TextDecoder().decode(identity), /^AGE-SECRET-KEY-1[A-Z0-9]{58}$/);
  assert.match(secrets.token(), /^[\w-]{43}$/);
  assert.equal(secrets.random(10).length, 10);
});

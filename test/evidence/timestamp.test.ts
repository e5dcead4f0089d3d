// Time stamps: what the test authority gives is read here and by openssl, and what openssl's own authority gives is read here.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  TEST_AUTHORITY,
  TEST_POLICY,
  type TestAuthority,
  testAuthority,
} from '../../src/adapters/evidence/test-authority.ts';
import { authorityAt, newNonce, readTimeStamp, timeStampRequest } from '../../src/adapters/evidence/timestamp.ts';
import type { Instant } from '../../src/kernel/instant.ts';

const AT = '2028-03-02T09:00:00.000Z' as Instant;
const BYTES = Buffer.from('the tag manifest of a bag\n');
const skip = process.env['ROGATORY_SKIP_EVIDENCE_TOOLS'] === '1' ? 'openssl is not installed' : false;

let authority: TestAuthority;
let folder: string;
const openssl = (...args: string[]) => {
  const run = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  return { status: run.status, said: `${run.stdout}${run.stderr}` };
};
const pem = (der: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
const der = (text: string): Buffer => Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rogatory-tsa-'));
  authority = await testAuthority(() => AT);
  writeFileSync(join(folder, 'root.pem'), pem(authority.root));
  writeFileSync(join(folder, 'data'), BYTES);
});
after(() => rmSync(folder, { recursive: true }));

test('a stamp says when, under which policy, and by whom, and the test authority says in its name that it proves nothing', async () => {
  const made = await authority.stamp(BYTES);
  assert.ok(made.ok, JSON.stringify(made));
  assert.deepEqual(made.value.says, { authority: TEST_AUTHORITY, at: AT });
  assert.match(TEST_AUTHORITY, /TEST/);
});

test('openssl verifies a stamp of the test authority, and none of other bytes', { skip }, async () => {
  const made = await authority.stamp(BYTES);
  assert.ok(made.ok);
  writeFileSync(join(folder, 'ours.tsr'), made.value.token);
  // In 2028, as the authority's clock has it.
  const when = ['-attime', String(Date.parse(AT) / 1000)];
  const good = openssl('ts', '-verify', '-in', 'ours.tsr', '-data', 'data', '-CAfile', 'root.pem', ...when);
  assert.match(good.said, /Verification: OK/);
  const shown = openssl('ts', '-reply', '-in', 'ours.tsr', '-text').said;
  assert.match(shown, new RegExp(`Policy OID: ${TEST_POLICY}`));
  writeFileSync(join(folder, 'other'), 'other bytes');
  const bad = openssl('ts', '-verify', '-in', 'ours.tsr', '-data', 'other', '-CAfile', 'root.pem', ...when);
  assert.notEqual(bad.status, 0);
});

test('each thing that must hold of a stamp is looked at', async () => {
  const nonce = newNonce();
  const token = await authority.answer(timeStampRequest(BYTES, nonce));
  const expected = { bytes: BYTES, nonce, roots: [authority.root], policy: TEST_POLICY };
  const says = async (change: object, bytes: Uint8Array = token): Promise<string> => {
    const read = await readTimeStamp(bytes, { ...expected, ...change });
    return read.ok ? 'good' : (read.faults[0]?.detail ?? '');
  };
  assert.equal(await says({}), 'good');
  assert.match(await says({ bytes: Buffer.from('other') }), /other bytes/);
  assert.match(await says({ nonce: newNonce() }), /another request/);
  assert.match(await says({ policy: '1.2.3' }), /policy/);
  assert.match(await says({ roots: [] }), /no certificate/);
  const stranger = await testAuthority(() => AT);
  assert.match(await says({ roots: [stranger.root] }), /does not verify/);
  assert.notEqual(await says({}, Buffer.alloc(0)), 'good');
  assert.notEqual(await says({}, Buffer.from('hello, I am a time stamp')), 'good');
});

test('a stamp with any bit changed is refused, or says just what it said: nothing that is not signed is believed', async () => {
  const token = await authority.answer(timeStampRequest(BYTES, newNonce()));
  const expected = { bytes: BYTES, roots: [authority.root], policy: TEST_POLICY };
  let refused = 0;
  for (let at = 0; at < token.length; at += 5) {
    const changed = Uint8Array.from(token);
    changed[at] = (changed[at] ?? 0) ^ 0x10;
    const read = await readTimeStamp(changed, expected);
    if (read.ok) assert.deepEqual(read.value, { authority: TEST_AUTHORITY, at: AT }, `byte ${at}`);
    else refused++;
  }
  // What is left over frames the signed parts, and repeats our own root certificate.
  assert.ok(refused > (token.length / 5) * 0.6, `${refused} of ${token.length / 5}`);
});

test('an authority over HTTP is asked as the standard says, and one that fails, sends us on or never stops gives no stamp', async () => {
  const answers: Record<string, (body: Buffer) => Promise<[number, object, Uint8Array]>> = {
    '/good': async (body) => [200, { 'content-type': 'application/timestamp-reply' }, await authority.answer(body)],
    '/down': async () => [503, {}, Buffer.from('down')],
    '/elsewhere': async () => [302, { location: '/good' }, Buffer.alloc(0)],
    '/endless': async () => [200, {}, Buffer.alloc(1_000_000)],
    '/nonsense': async () => [200, {}, Buffer.from('<html>')],
  };
  const seen: unknown[] = [];
  const server = createServer(async (request, response) => {
    seen.push([request.method, request.headers['content-type']]);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const [status, headers, body] = (await answers[request.url ?? '']?.(Buffer.concat(parts))) ?? [
      404,
      {},
      Buffer.alloc(0),
    ];
    response.writeHead(status, headers as never).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const ask = (path: string) => authorityAt({ url: `${base}${path}`, roots: [authority.root] }).stamp(BYTES);
    assert.ok((await ask('/good')).ok);
    assert.deepEqual(seen, [['POST', 'application/timestamp-query']]);
    for (const path of ['/down', '/elsewhere', '/endless', '/nonsense', '/nowhere'])
      assert.equal((await ask(path)).ok, false, path);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  assert.equal((await authorityAt({ url: base, roots: [authority.root] }).stamp(BYTES)).ok, false);
});

test("a stamp of openssl's own authority is read here, and one whose certificate is for other uses too is not", {
  skip,
}, async () => {
  writeFileSync(
    join(folder, 'tsa.cnf'),
    `[tsa]\ndefault_tsa=one\n[one]\nserial=serial\ncrypto_device=builtin\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n`,
  );
  writeFileSync(join(folder, 'serial'), '01\n');
  const made = (name: string, usage: string) => {
    writeFileSync(join(folder, `${name}.ext`), `extendedKeyUsage=${usage}\nbasicConstraints=CA:FALSE\n`);
    for (const args of [
      ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`],
      [
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '9000',
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      ],
    ]) {
      const run = openssl(...args);
      assert.equal(run.status, 0, run.said);
    }
  };
  const ca = openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '9000',
    '-subj',
    '/CN=CA',
    '-addext',
    'basicConstraints=critical,CA:TRUE',
    '-addext',
    'keyUsage=critical,keyCertSign',
  );
  assert.equal(ca.status, 0, ca.said);
  made('Stamps', 'critical,timeStamping');
  const nonce = newNonce();
  writeFileSync(join(folder, 'query.tsq'), timeStampRequest(BYTES, nonce));
  const reply = openssl(
    'ts',
    '-reply',
    '-config',
    'tsa.cnf',
    '-queryfile',
    'query.tsq',
    '-signer',
    'Stamps.pem',
    '-inkey',
    'Stamps.key',
    '-out',
    'theirs.tsr',
  );
  assert.equal(reply.status, 0, reply.said);
  const roots = [der(readFileSync(join(folder, 'ca.pem'), 'utf8'))];
  const read = await readTimeStamp(readFileSync(join(folder, 'theirs.tsr')), { bytes: BYTES, nonce, roots });
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(read.value.authority, 'Stamps');

  // openssl itself refuses to stamp with such a certificate; a version that does not is refused here.
  made('Everything', 'critical,timeStamping,clientAuth');
  const asked = openssl(
    'ts',
    '-reply',
    '-config',
    'tsa.cnf',
    '-queryfile',
    'query.tsq',
    '-signer',
    'Everything.pem',
    '-inkey',
    'Everything.key',
    '-out',
    'any.tsr',
  );
  assert.equal(
    asked.status !== 0 ||
      !(await readTimeStamp(readFileSync(join(folder, 'any.tsr')), { bytes: BYTES, nonce, roots })).ok,
    true,
  );
});

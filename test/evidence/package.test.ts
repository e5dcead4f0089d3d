// Packages: made from a case, opened by stock tools, read back strictly, and refused when anybody has been at them.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { openerFor, openAge, sealAge } from '../../src/adapters/evidence/age.ts';
import { packagesIn } from '../../src/adapters/evidence/packages.ts';
import { openPackage, readArchive } from '../../src/adapters/evidence/read-package.ts';
import { readTimeStamp } from '../../src/adapters/evidence/timestamp.ts';
import { tarHeader, tarPadding, TAR_END } from '../../src/adapters/postgres/backup/tar.ts';
import * as custody from '../../src/app/evidence/custody.ts';
import { makePackage } from '../../src/app/evidence/packing.ts';
import type { CaseFile } from '../../src/domain/docket/case-file.ts';
import type { Coverage } from '../../src/domain/evidence/evidence.ts';
import { commit } from '../../src/transparency/opening.ts';
import { done, refusals } from '../support/casework.ts';
import { type Bench, evidenceBench } from './bench.ts';
import { problemsIn } from './uco.ts';

let bench: Bench;
let file: CaseFile;
let identity: string;
let recipient: string;
let fingerprint: string;
const folder = mkdtempSync(join(tmpdir(), 'rogatory-package-'));
const MAIL = Buffer.concat([Buffer.from('From a@mail.example\n'), randomBytes(300_000)]);

before(async () => {
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  bench = await evidenceBench();
  file = await bench.take(MAIL, { name: 'Почта 2028/../evil.mbox' });
  fingerprint = await bench.confirmed(recipient);
});
after(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
async function all(source: AsyncIterable<Uint8Array> | undefined): Promise<Buffer> {
  assert.ok(source);
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
async function* once(bytes: Uint8Array, length = 30_011): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
const packing = (objects = [file.evidence.objects[0]?.object], fingerprints = [fingerprint]) =>
  bench.signed({ act: 'evidence.package', objects: objects as never, fingerprints, purpose: PURPOSE });
const PURPOSE = 'The answer to their request.';
const target = () => ({ reference: file.reference, version: null });
async function made(print = fingerprint): Promise<{ sealed: Buffer; file: CaseFile }> {
  const { work, staff } = bench.office;
  const now = done(await makePackage(work, bench.ports, staff.approver, target(), await packing(undefined, [print])));
  return { sealed: await all(await bench.ports.packages.open(now.evidence.packages.at(-1)?.package ?? '')), file: now };
}

test("Debian's age and tar open a package, sha256sum finds every file as the manifests say, and openssl finds the time stamp good", {
  skip: process.env['ROGATORY_SKIP_EVIDENCE_TOOLS'] === '1' ? 'age and openssl are not installed' : false,
}, async () => {
  const { sealed, file: now } = await made();
  const record = now.evidence.packages.at(-1);
  assert.deepEqual([record?.sha256, record?.size], [sha256(sealed), sealed.length]);
  writeFileSync(join(folder, 'key.txt'), identity);
  writeFileSync(join(folder, 'package.tar.age'), sealed);
  const shell = (line: string, cwd = folder) => spawnSync('sh', ['-c', line], { cwd, encoding: 'utf8' });
  const opened = shell('age -d -i key.txt package.tar.age | tar x');
  assert.equal(opened.status, 0, opened.stderr);
  const bag = join(folder, `${file.reference}-${record?.no}`);
  for (const manifest of ['manifest-sha256.txt', 'tagmanifest-sha256.txt']) {
    const check = shell(`sha256sum -c --strict ${manifest}`, bag);
    assert.equal(check.status, 0, check.stdout + check.stderr);
  }
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(bench.root).toString('base64')}\n-----END CERTIFICATE-----\n`;
  writeFileSync(join(folder, 'tsa.pem'), pem.replace(/([^\n]{64})/g, '$1\n'));
  const at = Date.parse(bench.office.clock.now()) / 1000;
  const stamp = shell(
    `openssl ts -verify -in timestamp.tsr -data tagmanifest-sha256.txt -CAfile ../tsa.pem -attime ${at}`,
    bag,
  );
  assert.match(stamp.stdout + stamp.stderr, /Verification: OK/);
  const object = readFileSync(join(bag, 'data/objects/0001-2028_evil.mbox'));
  assert.equal(sha256(object), sha256(MAIL));
  const text = readFileSync(join(bag, 'data/package.json'), 'utf8');
  assert.equal((JSON.parse(text) as { objects: { name: string }[] }).objects[0]?.name, 'Почта 2028/../evil.mbox');
});

test('a package is read back: its bag, what is in it, its time stamp, and each object as it comes', async () => {
  const hybrid = await generateHybridIdentity();
  const { sealed } = await made(await bench.confirmed(await identityToRecipient(hybrid)));
  const objects: Buffer[] = [];
  const read = await openPackage(once(sealed), openerFor([hybrid]), async (_, body) => {
    objects.push(await all(body));
  });
  assert.ok(read.ok, JSON.stringify(read));
  assert.equal(sha256(objects[0] ?? Buffer.alloc(0)), sha256(MAIL));
  assert.equal(read.value.package.case.reference, file.reference);
  const bytes = read.value.texts.get('tagmanifest-sha256.txt') ?? Buffer.alloc(0);
  const stamp = await readTimeStamp(read.value.texts.get('timestamp.tsr') ?? Buffer.alloc(0), {
    bytes,
    roots: [bench.root],
  });
  assert.ok(stamp.ok);
});

type Steps = {
  steps: {
    seq: number;
    at: string;
    actor: string;
    type: string;
    previous: string | null;
    body: string | null;
    bodyHash: string;
    salt: string;
    commitment: string;
  }[];
  people: Record<string, string[]>;
};

test('every step in a package opens its commitment, the decision is that of two people, and reasons meant for oversight stay here', async () => {
  const { sealed, file: now } = await made();
  const read = await openPackage(once(sealed), openerFor([identity]));
  assert.ok(read.ok);
  const json = (path: string): Steps =>
    JSON.parse(Buffer.from(read.value.texts.get(path) ?? []).toString('utf8')) as Steps;
  const files = ['data/custody.json', 'data/decision.json', 'data/conditions.json'].map(json);
  let checked = 0;
  for (const { steps } of files)
    for (const { seq, at, actor, type, previous, body, bodyHash, salt, commitment } of steps) {
      if (body !== null) assert.equal(sha256(Buffer.from(body)), bodyHash);
      const opening = {
        caseId: now.id,
        seq,
        previous: previous === null ? null : Buffer.from(previous, 'hex'),
        at: at as never,
        actor: actor as never,
        type,
        bodyHash: Buffer.from(bodyHash, 'hex'),
      };
      assert.equal(Buffer.from(commit(Buffer.from(salt, 'hex'), opening)).toString('hex'), commitment);
      checked++;
    }
  assert.ok(checked >= 3);
  const [proposed, countersigned] = files[1]?.steps ?? [];
  assert.deepEqual([proposed?.type, countersigned?.type], ['decision.proposed', 'decision.countersigned']);
  assert.notEqual(proposed?.actor, countersigned?.actor);
  assert.deepEqual(files[1]?.people[countersigned?.actor ?? ''], ['approver']);
  assert.deepEqual(files[0]?.steps[0]?.type, 'evidence.received');
});

test('the description for machines holds against the shapes of CASE and UCO', { skip: problemsIn.skip }, async () => {
  const withRedaction = await bench.redact(file, Buffer.from('Only what was asked for.'));
  const { work, staff } = bench.office;
  const ids = withRedaction.evidence.objects.map(({ object }) => object);
  const now = done(await makePackage(work, bench.ports, staff.approver, target(), await packing(ids as never)));
  const sealed = await all(await bench.ports.packages.open(now.evidence.packages.at(-1)?.package ?? ''));
  const read = await openPackage(once(sealed), openerFor([identity]));
  assert.ok(read.ok);
  const uco = Buffer.from(read.value.texts.get('data/case-uco.jsonld') ?? []).toString('utf8');
  assert.deepEqual(await problemsIn.document(uco), []);
  // The shapes bite: a hash that is none, and a hash that acts.
  for (const [from, to] of [
    ['xsd:hexBinary', 'xsd:string'],
    ['uco-identity:Person', 'uco-types:Hash'],
  ] as const)
    assert.notDeepEqual(await problemsIn.document(uco.replaceAll(from, to)), [], to);
});

test('a package is refused for what goes beyond the request, until somebody else than who hands it over has answered', async () => {
  const { work, staff } = bench.office;
  const beyond = { account: 'intruder@mail.example', category: 'content', from: '2028-01-02', to: '2028-02-20' };
  const now = await bench.take(Buffer.from('Too much.'), { covers: [beyond as Coverage] });
  const object = now.evidence.objects.at(-1)?.object as never;
  const make = async (by = staff.approver) => makePackage(work, bench.ports, by, target(), await packing([object]));
  assert.deepEqual(refusals(await make()), ['evidence.flag-open']);
  const said = { object, flag: 1, say: 'within' as const, reasons: 'The thread began within the period.' };
  done(await custody.answerFlag(work, staff.reviewer, target(), said));
  assert.deepEqual(refusals(await make(staff.reviewer)), ['evidence.own-answer']);
  const packed = done(await make());
  const { package: id } = packed.evidence.packages.at(-1) ?? { package: '' };
  const handing = { package: id, to: 'Prosecutor General of AA', how: 'By courier, receipt 7' };
  const handed = await bench.signed({ act: 'evidence.hand-over', ...handing });
  const over = done(await custody.handOverPackage(work, staff.approver, target(), handed));
  assert.equal(over.evidence.objects.at(-1)?.custody.at(-1)?.what, 'handed-over');
  assert.equal((await make(staff.oversight)).is, 'not-allowed');
});

test('when the authority gives no stamp there is no package, and without an authority a package says that it has none', async () => {
  const { work, staff } = bench.office;
  const failing = { stamp: async () => ({ ok: false, faults: [{ pointer: '', detail: 'down' }] }) as const };
  const where = join(bench.office.folder, 'other');
  const ports = (stamper?: typeof failing) => ({
    ...bench.ports,
    packages: packagesIn(where, bench.ports.objects, stamper),
  });
  const before = file.evidence.packages.length;
  const refused = await makePackage(work, ports(failing), staff.approver, target(), await packing());
  assert.deepEqual(refusals(refused), ['evidence.no-stamp']);
  const now = done(await makePackage(work, ports(), staff.approver, target(), await packing()));
  const record = now.evidence.packages.at(-1);
  assert.ok(now.evidence.packages.length > before && record?.timeStamp === null);
  const read = await openPackage(once(await all(await ports().packages.open(record.package))), openerFor([identity]));
  assert.ok(read.ok && read.value.package.timeStamp === null && !read.value.texts.has('timestamp.tsr'));
});

test('an object that was changed in the store leaves in no package', async () => {
  const now = await bench.take(randomBytes(200_000));
  const object = now.evidence.objects.at(-1)?.object ?? '';
  const kept = join(bench.office.folder, 'files', 'evidence', `${object}.age`);
  assert.ok(existsSync(kept));
  const bytes = readFileSync(kept);
  bytes[bytes.length - 5_000] = (bytes[bytes.length - 5_000] ?? 0) ^ 1;
  writeFileSync(kept, bytes);
  const { work, staff } = bench.office;
  const pack = async () => makePackage(work, bench.ports, staff.approver, target(), await packing([object as never]));
  await assert.rejects(pack(), { name: 'NotOpened' });
  // Another object in its place, as long and sealed to the same key: it opens, and is not what came in.
  const other = '00000000-0000-4000-8000-0000000000aa' as never;
  await bench.ports.objects.begin(other);
  await bench.ports.objects.append(other, 0, randomBytes(200_000), true);
  await bench.ports.objects.finish(other, 200_000);
  writeFileSync(kept, readFileSync(join(bench.office.folder, 'files', 'evidence', `${other}.age`)));
  await assert.rejects(pack(), { name: 'Defect' });
});

/** Wrong by a rule in SPARQL or OWL, and right by a derived type of number: what this validator does not know. */
const BEYOND = /has_facet_inverse_functional_XFAIL|owl_(?:axiom|properties)_XFAIL|uco_thing_XFAIL|co_PASS/;
test('the shapes are held here as their authors mean them: their right examples pass, their wrong ones do not', {
  skip: problemsIn.skip,
}, async () => {
  const wrong: string[] = [];
  const examples = problemsIn.examples().filter((path) => !BEYOND.test(path));
  assert.ok(examples.length > 25);
  for (const path of examples) {
    const problems = await problemsIn.document(readFileSync(path, 'utf8'), true);
    if (problems.length > 0 !== path.includes('XFAIL')) wrong.push(`${path}: ${problems.slice(0, 2)}`);
  }
  assert.deepEqual(wrong, []);
});

/** A file of an archive, and what is odd about its header. */
type Part = { readonly name: string; readonly bytes: Buffer; readonly type?: string; readonly size?: number };
function tarred(parts: readonly Part[], end: Buffer = TAR_END): Buffer {
  const pieces = parts.flatMap(({ name, bytes, type, size }) => {
    const header = tarHeader(name, size ?? bytes.length, 0);
    if (type !== undefined) {
      header.write(type, 156, 'latin1');
      header.fill(' ', 148, 156);
      const sum = header.reduce((total, byte) => total + byte, 0);
      header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    }
    return [header, bytes, tarPadding(bytes.length)];
  });
  return Buffer.concat([...pieces, end]);
}

/** The files of an archive, to be put together otherwise. */
function partsOf(archive: Buffer): Part[] {
  const parts: Part[] = [];
  for (let at = 0; archive[at] !== 0; ) {
    const name = archive.toString('utf8', at, archive.indexOf(0, at));
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8);
    parts.push({ name, bytes: archive.subarray(at + 512, at + 512 + size) });
    at += 512 + size + tarPadding(size).length;
  }
  return parts;
}

test('twenty and more packages of gibberish and malice are refused, each with a reason and none with a crash', async () => {
  const { sealed } = await made();
  const archive = await all(openAge(once(sealed), openerFor([identity])));
  const parts = partsOf(archive);
  const root = parts[0]?.name.split('/')[0] ?? '';
  const whole = await readArchive(once(tarred(parts)));
  assert.ok(whole.ok, JSON.stringify(whole));
  const but = (path: string, change: (part: Part) => readonly Part[]): Buffer =>
    tarred(parts.flatMap((part) => (part.name === `${root}/${path}` ? change(part) : [part])));
  const text = (path: string, from: string | RegExp, to: string): Buffer =>
    but(path, (part) => [{ ...part, bytes: Buffer.from(part.bytes.toString('utf8').replace(from, to)) }]);
  const and = (name: string, type?: string): Buffer =>
    tarred([...parts, { name, bytes: Buffer.from('x'), ...(type === undefined ? {} : { type }) }]);
  const sized = (size: string): Buffer => {
    const header = tarHeader(`${root}/bagit.txt`, 0, 0);
    header.write(size.padEnd(11, ' '), 124, 'latin1');
    header.fill(' ', 148, 156);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return Buffer.concat([header, TAR_END]);
  };
  const object = 'data/objects/0001-2028_evil.mbox';
  const hostile: Record<string, Buffer> = {
    nothing: Buffer.alloc(0),
    noise: randomBytes(100_000),
    zeros: Buffer.alloc(100_000),
    'an empty archive': TAR_END,
    'half an archive': archive.subarray(0, archive.length / 2),
    'an archive and more': Buffer.concat([archive, Buffer.from('more')]),
    'text that goes on for ever': Buffer.alloc(3_000_000, 'A'),
    'a size that is none': sized('notasize'),
    'a size below nothing': sized('-0000001'),
    'a size beyond all disks': tarred([{ name: `${root}/bagit.txt`, bytes: Buffer.alloc(0), size: 2 ** 52 }]),
    'a link': and(`${root}/data/objects/0002-x`, '2'),
    'a hard link': and(`${root}/data/objects/0002-x`, '1'),
    'a folder': and(`${root}/data/objects`, '5'),
    'a device': and(`${root}/data/objects/0002-x`, '3'),
    'a long name by extension': and(`${root}/data/objects/0002-x`, 'L'),
    'a pax header': and(`${root}/data/objects/0002-x`, 'x'),
    'a name that leads up': and(`${root}/../x`),
    'an absolute name': and('/etc/passwd'),
    'another folder': and('BB-2028-000001-2/data/x'),
    'a file that no line covers': and(`${root}/data/objects/0002-x`),
    'a file twice': tarred([...parts, ...parts.slice(-1)]),
    'names that differ by case': and(`${root}/data/PACKAGE.json`),
    'a list of what to fetch': and(`${root}/fetch.txt`),
    'an object changed': but(object, (part) => [{ ...part, bytes: Buffer.alloc(part.bytes.length, 1) }]),
    'an object missing': but(object, () => []),
    'no declaration': but('bagit.txt', () => []),
    'no manifest': but('manifest-sha256.txt', () => []),
    'no tag manifest': but('tagmanifest-sha256.txt', () => []),
    'a tag manifest that covers nothing': but('tagmanifest-sha256.txt', (part) => [
      { ...part, bytes: Buffer.alloc(0) },
    ]),
    'a manifest changed with its file': text('manifest-sha256.txt', /^[0-9a-f]/, 'f'),
    'another identifier': text('bag-info.txt', file.reference, 'BB-2028-999999'),
    'no package.json': but('data/package.json', () => []),
    'a bomb of a text': but('data/package.json', (part) => [{ ...part, bytes: Buffer.alloc(40_000_000, ' ') }]),
  };
  for (const [what, bytes] of Object.entries(hostile)) {
    const read = await readArchive(once(bytes));
    assert.ok(!read.ok, `${what} was taken`);
    assert.ok((read.faults[0]?.detail ?? '').length > 5, what);
    // In its seal as well: what is refused is refused whoever sealed it.
    const again = await openPackage(sealAge(once(bytes), [recipient]), openerFor([identity]));
    assert.ok(!again.ok, `${what} was taken from its seal`);
  }
  for (const [what, bytes] of Object.entries({
    'no seal': archive,
    'a seal for somebody else': await all(
      sealAge(once(archive), [await identityToRecipient(await generateX25519Identity())]),
    ),
    'a seal cut short': sealed.subarray(0, sealed.length - 1),
    'a seal changed': Buffer.concat([sealed.subarray(0, 5_000), Buffer.of(0), sealed.subarray(5_001)]),
    'a line of text': Buffer.from('age-encryption.org/v1\n'),
  }))
    assert.ok(!(await openPackage(once(bytes), openerFor([identity]))).ok, what);
});

test('a package whose manifests hold is refused when its words do not fit it', async () => {
  const { sealed } = await made();
  const archive = await all(openAge(once(sealed), openerFor([identity])));
  const parts = partsOf(archive);
  const root = parts[0]?.name.split('/')[0] ?? '';
  const rehashed = (path: string, change: (text: string) => string): Buffer => {
    const map = new Map(parts.map(({ name, bytes }) => [name, bytes]));
    const set = (name: string, bytes: Buffer): void => void map.set(`${root}/${name}`, bytes);
    const get = (name: string): string => (map.get(`${root}/${name}`) ?? Buffer.alloc(0)).toString('utf8');
    set(path, Buffer.from(change(get(path))));
    const fresh = (manifest: string): void =>
      set(
        manifest,
        Buffer.from(
          get(manifest).replace(/^[0-9a-f]{64} {2}(.*)$/gm, (_, one: string) => {
            return `${sha256(map.get(`${root}/${one}`) ?? Buffer.alloc(0))}  ${one}`;
          }),
        ),
      );
    const sizes = [...map].filter(([name]) => name.startsWith(`${root}/data/`)).map(([, bytes]) => bytes.length);
    const oxum = `Payload-Oxum: ${sizes.reduce((a, b) => a + b, 0)}.${sizes.length}`;
    set('bag-info.txt', Buffer.from(get('bag-info.txt').replace(/Payload-Oxum: .*/, oxum)));
    fresh('manifest-sha256.txt');
    fresh('tagmanifest-sha256.txt');
    return tarred([...map].map(([name, bytes]) => ({ name, bytes })));
  };
  assert.ok((await readArchive(once(rehashed('data/package.json', (text) => text)))).ok);
  for (const change of [
    (text: string) => `${text} `.replace('rogatory/evidence/v1', 'rogatory/evidence/v2'),
    (text: string) => text.replace('{', '{"no":7,'),
    (text: string) => text.replace(/"size":\d+/, '"size":1'),
    (text: string) => text.replace('"no":', '"No":'),
    (text: string) => text.replace('data/objects/', 'data/objects/../'),
    (text: string) => text.replace('"timestamp.tsr"', 'null'),
    () => '[]',
    () => 'null',
    () => '',
    () => '{'.repeat(200_000),
    () => '\u0000',
  ]) {
    const read = await readArchive(once(rehashed('data/package.json', change)));
    assert.ok(!read.ok, String(change));
  }
  assert.ok(!(await readArchive(once(rehashed('data/custody.json', () => '{"a":1,"a":2}')))).ok);
});

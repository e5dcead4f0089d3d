// What is put down comes back the same, or a defect says that it is not the same any more.

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Defect } from '../../kernel/outcome.ts';
import { fileStore } from './file-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'rogatory-files-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const files = fileStore(join(folder, 'files'));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const kept = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
    one.isFile() ? [join(one.parentPath, one.name)] : [],
  );

test('a file comes back by its hash, and the same file twice is kept once', async () => {
  const first = await files.put(bytes('a letter'));
  assert.deepEqual(first, { sha256: '5bb27fb86c807b2ff46917449e038a93779fe33ceae2ffc4c843c00c718e4183', size: 8 });
  assert.deepEqual(await Promise.all([files.put(bytes('a letter')), files.put(bytes('a letter'))]), [first, first]);
  assert.deepEqual(await files.get(first.sha256), bytes('a letter'));
  assert.equal(kept().length, 1);
});

test('a name that is no hash leads nowhere, not out of the folder', async () => {
  writeFileSync(join(folder, 'secret'), 'secret');
  assert.equal(await files.get('../secret'), undefined);
  assert.equal(await files.get('0'.repeat(64)), undefined);
});

test('a file that was changed on the disk is a defect and is not handed out', async () => {
  const { sha256 } = await files.put(bytes('what was sent'));
  const path = kept().find((one) => one.endsWith(sha256)) ?? '';
  assert.equal(readFileSync(path, 'utf8'), 'what was sent');
  writeFileSync(path, 'what is said!');
  await assert.rejects(files.get(sha256), Defect);
});

test('what a power cut left half written is mended when the file comes again', async () => {
  const { sha256 } = await files.put(bytes('whole'));
  const path = kept().find((one) => one.endsWith(sha256)) ?? '';
  writeFileSync(path, 'wh');
  await files.put(bytes('whole'));
  assert.deepEqual(await files.get(sha256), bytes('whole'));
});

const OPEN = '/proc/self/fd';
test('a file that was looked for and not read after all is not left open', { skip: !existsSync(OPEN) }, async () => {
  const { sha256 } = await files.put(bytes('looked for'));
  const before = readdirSync(OPEN).length;
  for (let n = 0; n < 20; n++) assert.ok(await files.stream(sha256));
  assert.ok(await files.get(sha256));
  assert.ok(readdirSync(OPEN).length < before + 20);
});

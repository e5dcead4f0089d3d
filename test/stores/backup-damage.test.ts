// A backup that is damaged, foreign, or made to harm: refused whole, and nothing is left behind.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { restoreBackup } from '../../src/adapters/postgres/backup/restore-backup.ts';
import { TAR_END, tarHeader, tarPadding } from '../../src/adapters/postgres/backup/tar.ts';
import { writeBackup } from '../../src/adapters/postgres/backup/write-backup.ts';
import { must, quiet } from '../support/database.ts';
import { AS_OF, onlyFault, place, sealed, sha256, source, unsealed } from './backup-support.ts';

test('a changed or missing byte anywhere is refused, and nothing is left behind', async (t) => {
  const { owner } = await source(t);
  const { order, file, key, target, root } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const whole = readFileSync(file);
  const torn = join(root, 'torn.backup');
  const attempts: [string, Buffer][] = [];
  for (const at of [0, 120, 250, 5_000, whole.length >> 1, whole.length - 1]) {
    const changed = Buffer.from(whole);
    changed[at] = (changed[at] ?? 0) ^ 1;
    attempts.push([`byte ${at} changed`, changed], [`cut at ${at}`, whole.subarray(0, at)]);
  }
  attempts.push(['a byte too many', Buffer.concat([whole, Buffer.from('x')])]);
  for (const [what, bytes] of attempts) {
    writeFileSync(torn, bytes);
    const fault = onlyFault(await restoreBackup({ from: torn, identity: key, to: target }, undefined, quiet));
    assert.match(fault.detail, /damaged|is no backup|sealed to somebody else/, what);
    assert.equal(existsSync(target), false, what);
  }
});

/** A backup by somebody who knows the form and means harm, or has another version. */
async function forged(entries: readonly [string, string][], hashed?: string): Promise<Uint8Array> {
  const parts = entries.flatMap(([name, text]) => {
    const body = Buffer.from(text);
    return [tarHeader(name, body.length, 0), body, tarPadding(body.length)];
  });
  const manifest = { sha256: hashed ?? sha256(Buffer.concat(parts)), tables: [], sequences: [], files: 0, keys: 0 };
  const body = Buffer.from(JSON.stringify({ ...manifest, files: entries.length - 1 }));
  parts.push(tarHeader('manifest.json', body.length, 0), body, tarPadding(body.length), TAR_END);
  return sealed(Buffer.concat(parts));
}

test('a backup of a version to come, or with a file that would lie elsewhere, is refused', async (t) => {
  const { file, key, target, root } = place(t);
  const tables = [{ schema: 'public', name: 'person', columns: ['id'] }];
  const header = (migrations: string[], rogatory = 'backup/1') =>
    JSON.stringify({ rogatory, asOf: AS_OF, postgres: 15, migrations, tables });
  const attempts: [RegExp, [string, string][]][] = [
    [
      /made by a Rogatory that this one does not know \(999-later\)/,
      [['backup.json', header(['001-base', '999-later'])]],
    ],
    [/rogatory/, [['backup.json', header(['001-base'], 'backup/2')]]],
    [
      /which no backup does/,
      [
        ['backup.json', header(['001-base'])],
        ['files/../../elsewhere', 'x'],
      ],
    ],
    [
      /which no backup does/,
      [
        ['backup.json', header(['001-base'])],
        ['/elsewhere', 'x'],
      ],
    ],
    [
      /of which its header does not know/,
      [
        ['backup.json', header(['001-base'])],
        ['database/pg_catalog.pg_authid/000001.copy', 'x'],
      ],
    ],
    [/does not begin as a backup does/, [['files/aa', 'x']]],
  ];
  for (const [expected, entries] of attempts) {
    writeFileSync(file, await forged(entries));
    const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
    assert.match(fault.detail, expected);
    assert.equal(existsSync(target), false);
    assert.equal(existsSync(join(root, 'elsewhere')), false);
  }
  writeFileSync(file, await forged([['backup.json', header(['001-base'])]], sha256(Buffer.from('other bytes'))));
  const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
  assert.match(fault.detail, /its bytes are not those that its manifest names/);
});

/** The same archive with some of its bytes changed and its own sum made to fit. */
function retouched(archive: Buffer, before: string, after: string): Buffer {
  assert.equal(before.length, after.length);
  const at = archive.indexOf(before);
  assert.ok(at > 0);
  const changed = Buffer.from(archive);
  changed.write(after, at);
  const manifest = archive.lastIndexOf('manifest.json\0');
  const sum = (bytes: Buffer) => sha256(bytes.subarray(0, manifest));
  const place = archive.indexOf(sum(archive), manifest);
  assert.ok(place > manifest);
  changed.write(sum(changed), place);
  return changed;
}

test('rows that PostgreSQL does not take, or that come out as others, are refused, and nothing is left behind', async (t) => {
  const { owner } = await source(t);
  const { order, file, key, target } = place(t);
  must(await writeBackup(owner, order, AS_OF));
  const archive = await unsealed(file);
  for (const [before, after, expected] of [
    ['7 xxxxxxxxxx', '7 xxxxx\txxxx', /could not be restored: extra data after last expected column/],
    ['7 xxxxxxxxxx', '7 xxxxxyxxxx', /table public\.person did not come out as it was kept/],
  ] as const) {
    writeFileSync(file, await sealed(retouched(archive, before, after)));
    const fault = onlyFault(await restoreBackup({ from: file, identity: key, to: target }, undefined, quiet));
    assert.match(fault.detail, expected);
    assert.equal(existsSync(target), false);
  }
});

// Bags: the conformance suite of the Library of Congress, and bags that somebody packed to do harm.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  BAG_DECLARATION,
  type BagRules,
  type BagSource,
  manifestText,
  OUR_RULES,
  readBag,
} from '../../src/adapters/evidence/bag.ts';
import { bagInFolder } from '../../src/adapters/evidence/bag-folder.ts';
import { VECTORS } from './vectors.ts';

const SUITE = `${VECTORS}/bagit-conformance`;
/** Old versions and weak hashes, so that each bag of the suite is judged for what it is in the suite for. */
const ANY: BagRules = {
  versions: ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'],
  algorithms: ['md5', 'sha1', 'sha224', 'sha256', 'sha512'],
  lenient: true,
};
/** Valid to others; here a bag is whole or refused. */
const HOLEY = /holey-bag$/;
/** Warnings to a system that takes two names for one file, or adds files of its own; on this one a file is missing. */
const MISSING = /duplicate-file-with-different-case$|different-normalization$|special-system-files$/;

test('the conformance suite: valid bags are read, invalid and hostile ones refused, and odd ones read with a warning or, strictly, refused', {
  skip: existsSync(SUITE) ? false : 'the suite is not here',
}, async () => {
  const wrong: string[] = [];
  let count = 0;
  for (const version of readdirSync(SUITE).filter((name) => name.startsWith('v')))
    for (const kind of readdirSync(`${SUITE}/${version}`))
      for (const name of readdirSync(`${SUITE}/${version}/${kind}`)) {
        const folder = `${SUITE}/${version}/${kind}/${name}`;
        const source = await bagInFolder(folder);
        const read = await readBag(source, ANY);
        const strict = await readBag(source, { ...ANY, lenient: false });
        const says = JSON.stringify(read);
        count++;
        if (HOLEY.test(name) || MISSING.test(name) ? read.ok : read.ok !== ['valid', 'warning'].includes(kind))
          wrong.push(`${version}/${kind}/${name}: ${says}`);
        if (kind === 'warning' && !MISSING.test(name) && (strict.ok || (read.ok && read.value.warnings.length === 0)))
          wrong.push(`${version}/${kind}/${name}: no warning, ${says}`);
        if (!read.ok && read.faults.some(({ detail }) => detail === ''))
          wrong.push(`${name}: refused without a reason`);
      }
  assert.ok(count >= 50, String(count));
  assert.deepEqual(wrong, []);
});

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
/** A bag of texts in memory; what is not said otherwise is as it should be. */
function bag(files: { readonly [path: string]: string }, more: Partial<BagSource> = {}): BagSource {
  const payload = Object.entries(files).filter(([path]) => path.startsWith('data/'));
  const all: Record<string, string> = {
    'bagit.txt': BAG_DECLARATION,
    'manifest-sha256.txt': manifestText(payload.map(([path, text]) => ({ path, sha256: sha256(text) }))),
    ...files,
  };
  return {
    entries: Object.entries(all).map(([path, text]) => ({ path, kind: 'file', size: Buffer.byteLength(text) })),
    read: async (path, limit) => {
      const bytes = Buffer.from(all[path] ?? '');
      return bytes.length > limit ? undefined : bytes;
    },
    hash: async (path, algorithm) =>
      createHash(algorithm)
        .update(all[path] ?? '')
        .digest('hex'),
    ...more,
  };
}
const line = (path: string, text = 'x'): string => `${sha256(text)}  ${path}\n`;
const refused = async (source: BagSource): Promise<string> => {
  const read = await readBag(source, OUR_RULES);
  assert.ok(!read.ok, 'it was taken');
  return read.faults.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ');
};

test('a bag as offices send it is read with its fields', async () => {
  const read = await readBag(
    bag({
      'data/a.txt': 'x',
      'bag-info.txt': 'External-Identifier: BB-2028-000117\nPayload-Oxum: 1.1\nNote: one\n  two\n',
    }),
  );
  assert.ok(read.ok, JSON.stringify(read));
  assert.deepEqual(read.value.info, [
    ['External-Identifier', 'BB-2028-000117'],
    ['Payload-Oxum', '1.1'],
    ['Note', 'one two'],
  ]);
});

const HOSTILE: readonly (readonly [string, BagSource, RegExp])[] = [
  ['a name that leads up', bag({ 'data/../../etc/passwd': 'x' }), /leads out/],
  ['an absolute name', bag({ '/etc/passwd': 'x' }), /leads out/],
  ['a home folder', bag({ '~root/x': 'x' }), /leads out/],
  ['a drive', bag({ 'C:/x': 'x' }), /leads out/],
  ['a backslash', bag({ 'data\\x': 'x' }), /backslash/],
  ['an empty part', bag({ 'data//x': 'x' }), /leads out/],
  ['a control character', bag({ 'data/a\u0007': 'x' }), /printed/],
  ['half a letter', bag({ 'data/\ud800': 'x' }), /printed/],
  ['a name that is too long', bag({ [`data/${'a'.repeat(2_000)}`]: 'x' }), /length/],
  ['two names that differ by case', bag({ 'data/A': 'x', 'data/a': 'x' }), /same name/],
  ['two names that differ by composition', bag({ 'data/\u00e9': 'x', 'data/e\u0301': 'x' }), /same name/],
  [
    'a manifest that leads up',
    bag({ 'data/a': 'x', 'manifest-sha256.txt': line('data/a') + line('../a') }),
    /leads out/,
  ],
  [
    'a manifest that lists a tag file',
    bag({ 'data/a': 'x', 'manifest-sha256.txt': line('data/a') + line('bagit.txt') }),
    /no payload/,
  ],
  ['a path twice', bag({ 'data/a': 'x', 'manifest-sha256.txt': line('data/a') + line('data/a') }), /twice/],
  [
    'a path twice with two hashes',
    bag({ 'data/a': 'x', 'manifest-sha256.txt': line('data/a') + line('data/a', 'y') }),
    /another hash/,
  ],
  ['a line too few', bag({ 'data/a': 'x', 'data/b': 'x', 'manifest-sha256.txt': line('data/a') }), /no line/],
  ['a line too many', bag({ 'data/a': 'x', 'manifest-sha256.txt': line('data/a') + line('data/b') }), /not there/],
  ['a file that was changed', bag({ 'data/a': 'y', 'manifest-sha256.txt': line('data/a') }), /is not what/],
  ['a line of nonsense', bag({ 'data/a': 'x', 'manifest-sha256.txt': 'what is this\n' }), /must be a hash/],
  [
    'a manifest that is no text',
    bag(
      { 'data/a': 'x' },
      { read: async (path) => (path === 'bagit.txt' ? Buffer.from(BAG_DECLARATION) : Buffer.of(0xff, 0xfe, 0x41)) },
    ),
    /not text/,
  ],
  [
    'a manifest without end',
    bag({ 'data/a': 'x' }, { read: async (path) => (path === 'bagit.txt' ? Buffer.from(BAG_DECLARATION) : undefined) }),
    /too long/,
  ],
  [
    'no manifest',
    bag({ 'data/a': 'x', 'manifest-sha256.txt': '' }, { entries: [{ path: 'bagit.txt', kind: 'file', size: 55 }] }),
    /no manifest/,
  ],
  [
    'only a weak hash',
    {
      ...bag({ 'data/a': 'x' }),
      entries: ['bagit.txt', 'data/a', 'manifest-md5.txt'].map((path) => ({ path, kind: 'file' as const, size: 1 })),
    },
    /md5/,
  ],
  ['a list of what to fetch', bag({ 'data/a': 'x', 'fetch.txt': 'http://localhost/ - data/b' }), /never followed/],
  ['an older version', bag({ 'data/a': 'x', 'bagit.txt': BAG_DECLARATION.replace('1.0', '0.97') }), /version/],
  [
    'a declaration with more in it',
    bag({ 'data/a': 'x', 'bagit.txt': `${BAG_DECLARATION}Extra: x\n` }),
    /nothing else/,
  ],
  ['a size that does not hold', bag({ 'data/a': 'x', 'bag-info.txt': 'Payload-Oxum: 9.1\n' }), /Oxum/],
  ['fields of nonsense', bag({ 'data/a': 'x', 'bag-info.txt': 'nothing\n' }), /colon/],
  ['a link', { ...bag({ 'data/a': 'x' }), entries: [{ path: 'data/l', kind: 'link', size: 0 }] }, /is a link/],
  ['a device', { ...bag({ 'data/a': 'x' }), entries: [{ path: 'data/l', kind: 'other', size: 0 }] }, /no plain file/],
];
for (const [what, source, why] of HOSTILE)
  test(`a bag with ${what} is refused, and it is said why`, async () => {
    assert.match(await refused(source), why);
  });

test('a link in a folder is seen and not followed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-bag-'));
  try {
    mkdirSync(join(folder, 'data'));
    for (const [path, text] of [
      ['bagit.txt', BAG_DECLARATION],
      ['manifest-sha256.txt', ''],
    ] as const)
      writeFileSync(join(folder, path), text);
    symlinkSync('/etc/hostname', join(folder, 'data/l'));
    symlinkSync(folder, join(folder, 'data/up'));
    assert.match(await refused(await bagInFolder(folder)), /data\/l is a link; data\/up is a link/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

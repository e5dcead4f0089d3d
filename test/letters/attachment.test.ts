// What travels inside a letter comes out again; a file that is broken or meant to harm gives a fault, whatever it holds.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { embeddedJson, type Found, MOST_JSON_BYTES } from '../../src/adapters/letters/embedded-json.ts';
import { attachmentReader } from '../../src/adapters/letters/read-attachment.ts';
import { typstPress } from '../../src/adapters/letters/typst-press.ts';
import { accept } from '../../src/kernel/outcome.ts';
import { attachmentOf, documentOf, example } from './support.ts';

const press = typstPress();
const letter = example('outgoing-request', 'ar');
let printed: Uint8Array;
before(async () => {
  printed = await press.print(documentOf(letter), attachmentOf(letter));
});
after(() => press.close());

type Parts = {
  readonly catalogue?: string;
  readonly dict?: string;
  readonly bytes?: Uint8Array;
  readonly trailer?: string;
};

/** A small PDF with one attachment, in the form in which our press writes them. */
function pdf({ catalogue, dict = '', bytes = Buffer.from('{}'), trailer = '' }: Parts = {}): Buffer {
  const names = '<< /Names << /EmbeddedFiles << /Names [(request.json) 2 0 R] >> >> >>';
  const objects = [
    Buffer.from(`1 0 obj\n${catalogue ?? names}\nendobj\n`),
    Buffer.from('2 0 obj\n<< /Type /Filespec /F (request.json) /EF << /F 3 0 R >> >>\nendobj\n'),
    Buffer.concat([
      Buffer.from(`3 0 obj\n<< /Length ${bytes.length} ${dict}>>\nstream\n`),
      bytes,
      Buffer.from('\nendstream\nendobj\n'),
    ]),
  ];
  let body = Buffer.from('%PDF-1.7\n');
  const rows = ['0000000000 65535 f \n'];
  for (const object of objects) {
    rows.push(`${String(body.length).padStart(10, '0')} 00000 n \n`);
    body = Buffer.concat([body, object]);
  }
  const end = `xref\n0 4\n${rows.join('')}trailer\n<< /Size 4 /Root 1 0 R ${trailer}>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.concat([body, Buffer.from(end)]);
}
const flate = { dict: '/Filter /FlateDecode ' };
const fault = (found: Found): string => {
  assert.ok('fault' in found, JSON.stringify(found).slice(0, 200));
  return found.fault;
};

test('the request that was put into a letter comes out as it went in, through the process without rights', async () => {
  assert.deepEqual(await attachmentReader()(printed), accept(JSON.stringify(letter)));
});

test('the small form of these tests is read, plain and packed', () => {
  assert.deepEqual(embeddedJson(pdf()), { json: '{}' });
  assert.deepEqual(embeddedJson(pdf({ ...flate, bytes: deflateSync('{"a":1}') })), { json: '{"a":1}' });
});

test('a PDF that is not ours has nothing for us', () => {
  for (const catalogue of [
    '<< /Type /Catalog >>',
    '<< /Names << /EmbeddedFiles << /Kids [2 0 R] >> >> >>',
    '<< /Names << /EmbeddedFiles << /Names [(invoice.xml) 2 0 R] >> >> >>',
  ])
    assert.deepEqual(embeddedJson(pdf({ catalogue })), { none: true }, catalogue);
  // Tables of objects packed into a stream, as other programs write them.
  assert.deepEqual(embeddedJson(Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /XRef >>\nstartxref\n9\n%%EOF\n')), {
    none: true,
  });
});

test('what cannot be read is a fault that says why', () => {
  const deep = `<< /Names ${'['.repeat(100_000)}${']'.repeat(100_000)} >>`;
  const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', Buffer.alloc(0), /not a PDF/],
    ['10 MB of zeros', Buffer.alloc(10_485_760), /not a PDF/],
    [
      '10 MB of anything behind a header',
      Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(10_485_760, '<<[(')]),
      /cut off/,
    ],
    ['encrypted', pdf({ trailer: '/Encrypt 3 0 R ' }), /encrypted/],
    ['a bomb', pdf({ ...flate, bytes: deflateSync(Buffer.alloc(20 * MOST_JSON_BYTES)) }), /broken or larger than 1 MB/],
    ['too large', pdf({ bytes: Buffer.alloc(MOST_JSON_BYTES + 1, ' ') }), /larger than 1 MB/],
    ['a broken stream', pdf({ ...flate, bytes: Buffer.from('not packed') }), /broken/],
    ['another packing', pdf({ dict: '/Filter /JBIG2Decode ' }), /unknown way/],
    ['packed twice', pdf({ dict: '/Filter [/FlateDecode /FlateDecode] ' }), /unknown way/],
    ['no UTF-8', pdf({ bytes: Buffer.from([0xff, 0xfe, 0x00]) }), /UTF-8/],
    ['nested', pdf({ catalogue: deep }), /nested too deep/],
    ['tables in a circle', withPrev(), /circle/],
    ['a part that is not there', pdf({ catalogue: '<< /Names 99 0 R >>' }), /not in it/],
    ['a table without an end', Buffer.from('%PDF-1.7\nxref\n0 999999999\nstartxref\n9\n%%EOF\n'), /broken|sense/],
  ];
  for (const [what, bytes, says] of cases) assert.match(fault(embeddedJson(bytes)), says, what);
});

/** Its table says that the one before it is itself. */
function withPrev(): Buffer {
  const place = pdf().toString('latin1').lastIndexOf('xref\n0 4');
  return pdf({ trailer: `/Prev ${place} ` });
}

test('parts that name themselves are not ours, and end', () => {
  assert.deepEqual(embeddedJson(pdf({ catalogue: '1 0 R' })), { none: true });
  assert.deepEqual(embeddedJson(pdf({ catalogue: '<< /Names 1 0 R >>' })), { none: true });
});

test('a letter cut off anywhere is never read as something else', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (part) => {
      const found = embeddedJson(printed.subarray(0, Math.floor(part * (printed.length - 1))));
      // Cut right behind the first table, it is the letter as Typst wrote it: whole.
      assert.ok('fault' in found || ('json' in found && found.json === JSON.stringify(letter)));
    }),
    { numRuns: 300 },
  );
});

test('a letter with bytes changed anywhere is read, not ours or a fault, and nothing is thrown', () => {
  const change = fc.tuple(fc.nat(), fc.nat(255));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), (changes) => {
      const bytes = Buffer.from(pdf({ ...flate, bytes: deflateSync('{"a":1}') }));
      for (const [place, byte] of changes) bytes[place % bytes.length] = byte;
      const found = embeddedJson(bytes);
      assert.ok('json' in found || 'none' in found || 'fault' in found);
    }),
    { numRuns: 2000 },
  );
});

/** A program that the reader starts in place of its own. */
function childOf(code: string): { path: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-child-'));
  const path = join(folder, 'child.mjs');
  writeFileSync(path, code);
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}

test('the process that opens files may read, write, call and start nothing', async (t) => {
  const child = childOf(`
    const tries = {
      read: async () => (await import('node:fs')).readFileSync('/etc/passwd'),
      list: async () => (await import('node:fs')).readdirSync('/'),
      write: async () => (await import('node:fs')).writeFileSync('/tmp/rogatory-child-was-here', ''),
      start: async () => (await import('node:child_process')).execFileSync('/bin/true'),
      thread: async () => new (await import('node:worker_threads')).Worker('0', { eval: true }),
      call: () => fetch('http://127.0.0.1:8099/').catch((error) => { throw error.cause ?? error; }),
      secrets: async () => { if (!process.env.PATH && !process.env.DATABASE_URL) throw { code: 'none' }; },
    };
    const out = {};
    for (const [name, attempt] of Object.entries(tries)) {
      try { await attempt(); out[name] = 'done'; } catch (error) { out[name] = error.code ?? String(error); }
    }
    process.stdout.write('J' + JSON.stringify(out));
  `);
  t.after(child.remove);
  const answer = await attachmentReader(child.path)(printed);
  const denied = 'ERR_ACCESS_DENIED';
  assert.ok(answer.ok && answer.value !== null);
  assert.deepEqual(JSON.parse(answer.value), {
    read: denied,
    list: denied,
    write: denied,
    start: denied,
    thread: denied,
    call: denied,
    secrets: 'none',
  });
});

for (const [what, code] of [
  ['never ends', 'for (;;);'],
  ['eats memory', 'const all = []; for (;;) all.push(new Array(1e6).fill(all.length));'],
  [
    'never stops talking',
    "process.stdout.write('J'); for (;;) await new Promise((go) => process.stdout.write('x'.repeat(65536), go));",
  ],
  ['dies', 'process.abort();'],
  ['says nothing', ''],
] as const) {
  test(`a process that ${what} gives a fault, and the next file is read`, async (t) => {
    const child = childOf(code);
    t.after(child.remove);
    // Time only for the one that never ends; the others stop by themselves or at a bound.
    const reader = attachmentReader(child.path, what === 'never ends' ? 300 : 30_000);
    for (const answer of await Promise.all([reader(printed), reader(printed), reader(printed)]))
      assert.equal(answer.ok, false);
  });
}

test('a file larger than any letter is not opened at all', async () => {
  const answer = await attachmentReader('/no/such/program')(new Uint8Array(26_214_401));
  assert.ok(!answer.ok);
  assert.match(answer.faults[0]?.detail ?? '', /larger than 25 MB/);
});

// Previews: text and pictures come out of the sandbox, harm does not, and without a sandbox nothing is opened at all.

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { writeFileSync, rmSync, mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import { previewer } from '../../src/adapters/evidence/preview.ts';
import type { Preview } from '../../src/app/evidence/ports.ts';

const skip = process.env['ROGATORY_SKIP_SANDBOX'] === '1' ? 'bubblewrap, poppler or netpbm are not installed' : false;
const preview = previewer();
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_000) yield bytes.subarray(at, at + 65_000);
}
const of = (bytes: Buffer | string, mediaType: string, by = preview): Promise<Preview> =>
  by(once(Buffer.from(bytes)), mediaType, Buffer.byteLength(bytes));

/** A PNG of one colour; `rows` may say more than there is. */
function png(width: number, height: number, rows = height): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(8 + body.length);
    out.writeUInt32BE(data.length);
    body.copy(out, 4);
    out.writeUInt32BE(crc32(body), 4 + body.length);
    return out;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const data = deflateSync(Buffer.alloc(rows * (1 + width * 3)));
  const start = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([start, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
const pdf = (content: string): string =>
  `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R>>endobj\n4 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n`;

test('text comes out as text: no marks that turn lines around, and no more than the beginning', { skip }, async () => {
  const said = await of('From: a\u202e@mail.example\u0007\n<script>alert(1)</script>\n', 'message/rfc822');
  assert.deepEqual(said, {
    is: 'text',
    text: 'From: a\ufffd@mail.example\ufffd\n<script>alert(1)</script>\n',
    cut: false,
  });
  const long = await of('x'.repeat(200_000), 'text/csv');
  assert.ok(long.is === 'text' && long.cut && long.text.length === 65_536);
  const noise = await of(Buffer.from([0xff, 0xfe, 0x41, 0xc3, 0x28]), 'text/plain');
  assert.ok(noise.is === 'text', JSON.stringify(noise));
});

test('a picture and the first page of a PDF come out as PNG', { skip }, async () => {
  for (const [bytes, type] of [
    [png(300, 200), 'image/png'],
    [pdf('0 0 1 rg 50 50 100 100 re f'), 'application/pdf'],
  ] as const) {
    const made = await of(bytes, type);
    assert.ok(made.is === 'pictures', `${type}: ${JSON.stringify(made)}`);
    assert.equal(Buffer.from(made.pages[0] ?? []).toString('latin1', 1, 4), 'PNG');
  }
});

test('gibberish, bombs and files of other kinds give no preview, and nothing worse', { skip }, async () => {
  const hostile: readonly (readonly [string, Buffer | string, string])[] = [
    ['noise as a picture', 'not a picture', 'image/png'],
    ['noise as a PDF', 'not a PDF', 'application/pdf'],
    ['a picture of 40,000 by 40,000 pixels in a few kilobytes', png(40_000, 40_000, 1_000), 'image/png'],
    ['a PDF that names itself as its page', pdf('').replace('/Kids[3 0 R]', '/Kids[2 0 R]'), 'application/pdf'],
    ['a picture cut short', png(300, 200).subarray(0, 60), 'image/png'],
    ['a JPEG of nothing', Buffer.from('ffd8ffe0', 'hex'), 'image/jpeg'],
    ['a GIF of nothing', 'GIF89a', 'image/gif'],
  ];
  for (const [what, bytes, type] of hostile)
    assert.deepEqual(await of(bytes, type), { is: 'none', why: 'failed' }, what);
  for (const type of ['text', 'application/zip', 'application/x-msdownload', 'image/svg+xml', 'constructor', ''])
    assert.deepEqual(await of('x', type), { is: 'none', why: 'kind' }, type);
});

test('what takes too long is ended, and what is too large is not begun', { skip }, async () => {
  const hasty = previewer({ milliseconds: 300, inputBytes: 1_000 });
  assert.deepEqual(await of('x'.repeat(2_000), 'application/pdf', hasty), { is: 'none', why: 'too-large' });
  // A loop of a million rectangles.
  const slow = previewer({ milliseconds: 500 });
  const heavy = pdf('0 0 300 200 re f '.repeat(1_500_000));
  assert.deepEqual(await of(heavy, 'application/pdf', slow), { is: 'none', why: 'failed' });
});

test('a child in the sandbox reaches no network, sees no file of this machine, and leaves none', { skip }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rogatory-sandbox-'));
  const asked: unknown[] = [];
  const server = createServer((socket) => {
    asked.push(socket.remotePort);
    socket.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  try {
    // A bwrap that runs our line in the sandbox that the previewer asks for, in the place of the reader.
    const trial = join(folder, 'bwrap');
    const line = `echo here; (exec 3<>/dev/tcp/127.0.0.1/${port}) 2>/dev/null; cat /etc/passwd ${folder}/secret 2>/dev/null; ls /home /work /root 2>/dev/null; echo x > /usr/left; echo x > ${folder}/left; true`;
    writeFileSync(join(folder, 'secret'), 'a secret');
    writeFileSync(
      trial,
      `#!/bin/bash\nargs=(); for a in "$@"; do [ "$a" = /bin/sh ] && break; args+=("$a"); done\nexec /usr/bin/bwrap "\${args[@]}" /bin/bash -c '${line}' 2>/dev/null\n`,
      { mode: 0o755 },
    );
    const said = await of('anything', 'text/plain', previewer({ bwrap: trial }));
    assert.deepEqual(said, { is: 'text', text: 'here\n', cut: false });
    assert.deepEqual(asked, []);
    assert.ok(!existsSync('/usr/left') && !existsSync(join(folder, 'left')));
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test('where there is no sandbox nothing is opened, and it is said', async () => {
  for (const bwrap of ['/usr/bin/there-is-no-such-program', '/usr/bin/false'])
    assert.deepEqual(await of('x', 'text/plain', previewer({ bwrap })), { is: 'none', why: 'no-sandbox' });
});

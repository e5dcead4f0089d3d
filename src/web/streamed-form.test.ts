// Forms read as they come: whole fields and files wherever the pieces are cut, and an end to whatever has none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { streamedForm, TooMuch, Unreadable } from './streamed-form.ts';

async function* cut(bytes: Buffer, lengths: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const length = lengths[n % lengths.length] ?? 1;
    yield bytes.subarray(at, at + length);
    at += length;
  }
}
async function read(bytes: Buffer, lengths = [7], most = 1e9) {
  const files: { name: string; type: string; bytes: Buffer }[] = [];
  const form = streamedForm(cut(bytes, lengths), 'bound', most);
  const first = await form.first('csrf');
  const fields = await form.read(async ({ name, type, bytes: source }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of source) pieces.push(Uint8Array.from(piece));
    files.push({ name, type, bytes: Buffer.concat(pieces) });
  });
  return { first, fields: { ...fields }, files };
}
const part = (head: string, body: Buffer | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--bound\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
    Buffer.from(body),
    Buffer.from('\r\n'),
  ]);
const END = Buffer.from('--bound--\r\n');

test('a form that a browser wrote is read as it was filled in', async () => {
  const form = new FormData();
  form.append('csrf', 'token');
  form.append('covers', 'a');
  form.append('covers', 'ب\r\n--bound');
  form.append('file', new Blob(['\r\n--boun', 'd\r\n'], { type: 'text/plain' }), 'Почта "1".txt');
  form.append('to', '');
  const response = new Response(form);
  const boundary = /boundary=(.*)$/.exec(response.headers.get('content-type') ?? '')?.[1] ?? '';
  const body = Buffer.from(await response.arrayBuffer());
  const files: unknown[] = [];
  const streamed = streamedForm(cut(body, [3]), boundary, 1e6);
  assert.equal(await streamed.first('csrf'), 'token');
  const fields = await streamed.read(async ({ name, bytes }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of bytes) pieces.push(Uint8Array.from(piece));
    files.push([name, Buffer.concat(pieces).toString()]);
  });
  assert.deepEqual({ ...fields }, { csrf: ['token'], covers: ['a', 'ب\r\n--bound'], to: [''] });
  assert.deepEqual(files, [['Почта "1".txt', '\r\n--bound\r\n']]);
});

test('wherever the pieces are cut, a file comes out as it went in', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom('\r\n', '\r\n--', '\r\n--boun', '--bound').map(Buffer.from),
  );
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 6 }),
      async (file, lengths) => {
        const form = Buffer.concat([
          part('name="csrf"', 't'),
          part('name="file"; filename="f"', Buffer.from(file)),
          part('name="no"', '1'),
          END,
        ]);
        const { first, fields, files } = await read(form, lengths);
        assert.deepEqual([first, fields], ['t', { csrf: ['t'], no: ['1'] }]);
        assert.deepEqual(
          files.map((one) => one.bytes.toString('hex')),
          file.length === 0 ? [] : [Buffer.from(file).toString('hex')],
        );
      },
    ),
    { seed: 7, numRuns: 150 },
  );
});

test('a token that does not come first counts as none, and what a form says twice or oddly harms nothing', async () => {
  assert.equal((await read(Buffer.concat([part('name="a"', '1'), part('name="csrf"', 't'), END]))).first, '');
  const proto = await read(Buffer.concat([part('name="csrf"', 't'), part('name="__proto__"', 'x'), END]));
  assert.equal(({} as { x?: string }).x, undefined);
  assert.equal(proto.first, 't');
});

test('a form without end, of too many bytes, or of none that can be read ends in an error, whatever it holds', async () => {
  const whole = Buffer.concat([part('name="csrf"', 't'), part('name="file"; filename="f"', 'x'.repeat(5_000)), END]);
  await assert.rejects(read(whole, [100], 4_000), TooMuch);
  await assert.rejects(read(Buffer.concat([part('name="csrf"', 'x'.repeat(1_100_000)), END]), [65_536]), TooMuch);
  for (const [what, bytes] of Object.entries({
    nothing: Buffer.alloc(0),
    'no boundary': Buffer.alloc(100_000, 'a'),
    'cut short': whole.subarray(0, whole.length - 6),
    'a head without end': Buffer.concat([Buffer.from('--bound\r\n'), Buffer.alloc(20_000, 'h')]),
    'no name': Buffer.concat([part('filename="f"', 'x'), END]),
  }))
    await assert.rejects(read(bytes, [1_000]), Unreadable, what);
});

// `rogatory verify` and `node verify/command.ts`: the same answer, the same status, in words and as JSON.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkpointOf, entries, filesOf, POLICY, receiptOf } from '../verify/a-log.ts';

const ROOT = new URL('../../', import.meta.url).pathname;
const all = entries(300);
let folder: string;
const at = (name: string) => join(folder, name);
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  const put = (name: string, content: string | Uint8Array) => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
  };
  for (const [path, bytes] of filesOf(all)) put(`log/${path}`, bytes);
  put('policy', POLICY);
  put('before', checkpointOf(all.slice(0, 100)));
  put('other', checkpointOf(entries(100, () => 'another')));
  put('receipt', receiptOf(all, 7));
  put('forged', receiptOf(all, 7).replace('index 7', 'index 8'));
  put(
    'gibberish',
    new Uint8Array(2000).map((_, n) => (n * 37) % 251),
  );
});
after(() => rmSync(folder, { recursive: true }));

const run = (script: readonly string[], ...words: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, ['--no-warnings', ...script, ...words], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return { status, line: stdout.split('\n')[0] ?? '', stdout };
};
const [OURS, ALONE] = [['src/cli/main.ts', 'verify'], ['verify/command.ts']];

test('what is claimed was proven: 0, and the first line says so', () => {
  const asked = ['log', at('log'), '--policy', at('policy'), '--since', at('before')];
  const [ours, alone] = [run(OURS, ...asked), run(ALONE, ...asked)];
  assert.deepEqual(ours, alone);
  assert.equal(ours.status, 0);
  assert.equal(ours.line, 'PROVEN');
  assert.match(ours.stdout, /continues the earlier checkpoint of 100 entries/);
  assert.equal(run(ALONE, 'receipt', at('receipt'), '--policy', at('policy')).status, 0);
});

test('it was not: 1, and the first line says what and where', () => {
  const { status, line } = run(ALONE, 'log', at('log'), '--policy', at('policy'), '--since', at('other'));
  assert.equal(status, 1);
  assert.match(line, /^NOT PROVEN: The first 100 entries no longer give the root/);
  const forged = run(ALONE, 'receipt', at('forged'), '--policy', at('policy'), '--json');
  assert.equal(forged.status, 1);
  const { proven, wrong } = JSON.parse(forged.stdout) as { proven: boolean; wrong: { key: string; text: string }[] };
  assert.equal(proven, false);
  assert.equal(wrong[0]?.key, 'receipt.notIncluded');
});

test('unusable input: 2, and why', () => {
  for (const what of ['log', 'receipt', 'case', 'evidence']) {
    const { status, line } = run(ALONE, what, at('gibberish'));
    assert.equal(status, 2, what);
    assert.match(line, /^Unusable: /);
  }
  assert.match(run(ALONE, 'receipt', at('nothing')).line, /ENOENT/);
  assert.equal(run(ALONE, 'receipt', at('receipt'), '--policy', at('gibberish')).status, 2);
  assert.equal(run(ALONE, 'nonsense', at('receipt')).status, 2);
});

test('an address is read as a folder is', async (t) => {
  const { createServer } = await import('node:http');
  const files = filesOf(all);
  const server = createServer((request, response) => {
    const bytes = files.get((request.url ?? '').replace('/log/', ''));
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  }).listen(0);
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const { answer } = await import('../../verify/command.ts');
  const { status, text } = await answer(
    { what: 'log', of: `http://127.0.0.1:${port}/log/`, policy: at('policy') },
    false,
  );
  assert.equal(status, 0, text);
});

test('the verifier imports nothing', async () => {
  const { readFileSync } = await import('node:fs');
  assert.doesNotMatch(readFileSync(join(ROOT, 'verify/verify.ts'), 'utf8'), /^import|\bimport\(|\brequire\(/m);
});

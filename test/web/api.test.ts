// The API of a started server: the commands that the reference page shows work as they stand, and the command line says the same to the byte.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { rogatory } from '../support/cli.ts';
import { type Server, sharedServer } from '../support/server.ts';

const run = promisify(execFile);
const EXAMPLES = new URL('../../examples/', import.meta.url).pathname;
const LARGEST = 64 * 1_048_576;
/** Commands that need an office and a key of it are run in test/casework/api-intake.test.ts. */
const NEEDS_KEY = /ROGATORY_KEY/;

let server: Server;
before(async () => {
  server = await sharedServer();
});

/** What a reader copies from the page. */
async function commands(language: string): Promise<string[]> {
  const page = await (await fetch(`${server.address}/api`, { headers: { 'accept-language': language } })).text();
  const blocks = [...page.matchAll(/<pre class="api-block"[^>]*><code>(.*?)<\/code>/gs)].map(([, text = '']) =>
    text
      .replaceAll('&#39;', "'")
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&'),
  );
  return blocks.filter((block) => block.startsWith('curl '));
}

test('every command on the reference page gives JSON, in both languages the same', async () => {
  const shown = await commands('en');
  assert.deepEqual(await commands('ar'), shown);
  const { paths } = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as { paths: object };
  assert.equal(shown.length, Object.values(paths).flatMap((item) => Object.keys(item)).length);
  for (const command of shown) {
    if (NEEDS_KEY.test(command)) continue;
    const { stdout } = await run('sh', ['-c', command.replace('curl ', 'curl --silent --show-error --fail ')], {
      maxBuffer: LARGEST,
    });
    assert.equal(typeof JSON.parse(stdout), 'object', command);
  }
});

test('the command line and the API say the same of many requests at once, unusable lines among them', async () => {
  const lines = `${readFileSync(`${EXAMPLES}docket.ndjson`, 'utf8')}{"measure": 1}\nno JSON\n\n{"a":1,"a":2}\n`;
  const cli = await rogatory(['assess', '-', '--ndjson'], { stdin: lines });
  assert.equal(cli.status, 2);
  assert.equal(await (await post(lines, 'application/x-ndjson')).text(), cli.out);
});

test('as-of and the language reach the engine in the same way', async () => {
  const file = `${EXAMPLES}01-lese-majeste.json`;
  const cli = await rogatory(['assess', file, '--json', '--as-of', '2027-01-01', '--language', 'ar']);
  const api = await post(readFileSync(file, 'utf8'), 'application/json', '?as-of=2027-01-01&lang=ar');
  assert.equal(await api.text(), cli.out);
});

test('the archive and the differences are those of the command line', async () => {
  const archive = await fetch(`${server.address}/api/law/rule-set`);
  assert.equal(await archive.text(), (await rogatory(['law', 'archive'])).out);
  const changes = await fetch(`${server.address}/api/law/diff?from=2024-01-01&to=2028-01-01`);
  assert.equal(await changes.text(), (await rogatory(['law', 'diff', '2024-01-01', '2028-01-01', '--json'])).out);
});

test('answers to programs carry the security headers, and no cookie whatever is asked', async () => {
  for (const path of [
    '/api/law?as-of=2028-01-01',
    '/api/nowhere',
    '/api/assessments?lang=ar',
    '/api/law/provisions/%2e%2e%2f',
  ]) {
    const response = await fetch(`${server.address}${path}`);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
    assert.equal(response.headers.get('set-cookie'), null, path);
  }
});

test('an answer that has not changed is not sent twice', async () => {
  for (const path of ['/api/law/rule-set', '/api/law/facts', '/api/openapi.json']) {
    const first = await fetch(`${server.address}${path}`);
    const tag = first.headers.get('etag') ?? '';
    assert.ok(tag.length > 4);
    const again = await fetch(`${server.address}${path}`, { headers: { 'if-none-match': tag } });
    assert.equal(again.status, 304, path);
  }
});

const post = (body: string, type: string, query = ''): Promise<Response> =>
  fetch(`${server.address}/api/assessments${query}`, { method: 'POST', headers: { 'content-type': type }, body });

test('every command in docs/API.md does what the page says', async () => {
  const root = new URL('../../', import.meta.url).pathname;
  const doc = readFileSync(`${root}docs/API.md`, 'utf8');
  const commands = [...doc.matchAll(/```sh\n(.*?)```/gs)]
    .map(([, block = '']) => block)
    .filter((block) => !NEEDS_KEY.test(block));
  assert.ok(commands.length >= 4);
  const folder = mkdtempSync(`${tmpdir()}/rogatory-api-`);
  try {
    for (const block of commands) {
      const here = block
        .replaceAll('http://localhost:8787', server.address)
        .replaceAll('/tmp/', `${folder}/`)
        .replaceAll('curl ', 'curl --silent --show-error --fail ');
      const { stdout } = await run('sh', ['-ec', here], { maxBuffer: LARGEST, cwd: root });
      assert.ok(stdout.length > 100, block);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('docs/API.md names every address and every kind of problem', async () => {
  const doc = readFileSync(new URL('../../docs/API.md', import.meta.url), 'utf8');
  const { paths } = (await (await fetch(`${server.address}/api/openapi.json`)).json()) as { paths: object };
  for (const path of Object.keys(paths)) assert.ok(doc.includes(path.replace('{name}', '')), path);
  const { PROBLEMS } = await import('../../src/api/problem.ts');
  for (const [kind, { status }] of Object.entries(PROBLEMS))
    assert.match(doc, new RegExp(`\\| ${status} \\|.*\`${kind}\``), kind);
});

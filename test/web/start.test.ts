// The server as a process: it says where it is, is well, refuses what it cannot serve, and ends when told to.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { AVAILABLE, emptyDirectory, usedDirectory } from '../crash/support.ts';

const ROOT = new URL('../../', import.meta.url).pathname;

/** A node on a data directory: an empty one, unless a used one is named, which is ready seconds sooner. */
const start = (t: TestContext, env: Record<string, string>, ...words: readonly string[]) =>
  spawn(process.execPath, [join(ROOT, 'src/main.ts'), ...words], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', ROGATORY_DATA: emptyDirectory(t), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const used = async (t: TestContext): Promise<string> => usedDirectory(t, AVAILABLE[0] ?? 'machine');

const addressOf = async (server: ReturnType<typeof start>): Promise<string> => {
  for await (const line of createInterface(server.stdout)) {
    const address = /http:\/\/\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  return assert.fail('the server ended without saying where it is');
};

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`it says where it is, answers, and ends with 0 at ${signal}, though a browser still holds a connection`, async (t) => {
    // The one begins with nothing, the other finds a database.
    const server = start(t, signal === 'SIGTERM' ? {} : { ROGATORY_DATA: await used(t) });
    let [said, complained] = ['', ''];
    server.stdout.on('data', (part: Buffer) => {
      said += part.toString();
    });
    server.stderr.on('data', (part: Buffer) => {
      complained += part.toString();
    });
    const address = await addressOf(server);
    for (const path of ['/healthz', '/', '/check']) assert.equal((await fetch(`${address}${path}`)).status, 200);
    server.kill(signal);
    const [code] = (await once(server, 'exit')) as [number | null];
    assert.equal(code, 0);
    // A log that was named by chance says so while that can be undone; an empty node also shows its set-up link, once.
    assert.match(
      said.trim(),
      /^Rogatory: \S+\nROGATORY_ORIGIN is not set, .* called [0-9a-f]{16}\.node\.invalid\/log, for ever\..*(\nSet up this office, once, at: \S+)?$/,
    );
    // The log tells of the database; nothing in it is a warning or worse.
    for (const line of complained.trim().split('\n').filter(Boolean)) assert.equal(JSON.parse(line).level, 30, line);
  });
}

test('a word that it does not know stops the start with 2 and says where settings are, before anything is made', async (t) => {
  const directory = emptyDirectory(t);
  const server = start(t, { ROGATORY_DATA: directory }, '--demo', '--port', '4801');
  let complained = '';
  server.stderr.on('data', (part: Buffer) => {
    complained += part.toString();
  });
  const [code] = (await once(server, 'exit')) as [number | null];
  assert.equal(code, 2);
  assert.match(complained, /^--port: not known\. .*environment: PORT.*\n$/);
  assert.deepEqual(readdirSync(directory), []);
});

test('a State profile that cannot be read stops the start with 2 and one line for each fault', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const profile = join(folder, 'profile.yaml');
  writeFileSync(profile, 'state: BB\nnonsense: true\n');
  const server = start(t, { ROGATORY_DATA: await used(t), ROGATORY_PROFILE: profile });
  let complained = '';
  server.stderr.on('data', (part: Buffer) => {
    complained += part.toString();
  });
  const [code] = (await once(server, 'exit')) as [number | null];
  assert.equal(code, 2);
  assert.match(complained, /profile\.yaml/);
  assert.doesNotMatch(complained, /\n\s+at /);
});

test('a shipped State profile is named on every page', async (t) => {
  const server = start(t, { ROGATORY_DATA: await used(t), ROGATORY_PROFILE: join(ROOT, 'law/states/BB.yaml') });
  const address = await addressOf(server);
  assert.match(await (await fetch(`${address}/`)).text(), /BB \(invented State\)/);
  server.kill('SIGTERM');
  await once(server, 'exit');
});

test('a port that is taken, or none at all, is said in a sentence', async (t) => {
  const taken = createServer().listen(0);
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  for (const [wrong, expected] of [
    [String(port), /is in use/],
    ['many', /PORT/],
  ] as const) {
    const server = start(t, { ROGATORY_DATA: await used(t), PORT: wrong });
    let complained = '';
    server.stderr.on('data', (part: Buffer) => {
      complained += part.toString();
    });
    const [code] = (await once(server, 'exit')) as [number | null];
    assert.equal(code, 2);
    assert.match(complained, expected);
  }
});

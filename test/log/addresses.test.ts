// The addresses of the log over HTTP, and two nodes that witness each other.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { askWitness } from '../../src/adapters/log/witness-client.ts';
import { openLog } from '../../src/adapters/log/open-log.ts';
import { logSettings } from '../../src/adapters/log/settings.ts';
import { formatNote, formatKey, parseKey, standingOf } from '../../src/transparency/note.ts';
import { parseCheckpoint } from '../../src/transparency/checkpoint.ts';
import { NO_WITNESSES, parsePolicy } from '../../src/transparency/policy.ts';
import { formatAddCheckpoint } from '../../src/transparency/witness.ts';
import { verifySignature } from '../../src/adapters/log/signatures.ts';
import type { WebEnv } from '../../src/web/context.ts';
import { logRoutes } from '../../src/web/log/routes.ts';
import { rateLimit } from '../../src/web/log/rate-limit.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { must } from '../support/database.ts';
import { openOffice, type TestOffice } from '../support/casework.ts';
import { auditAlone, CADENCE, dataDirectory, openTestLog, START, type TestLog, unseen, unwatched } from './support.ts';

let offices: readonly [TestOffice, TestOffice];
before(async () => {
  offices = await Promise.all([openOffice(), openOffice()]);
});
after(async () => {
  for (const one of offices) await one.close();
});

const listen = async (app: Hono<WebEnv>, stop: (run: () => void) => void): Promise<string> => {
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  stop(() => void server.close());
  await new Promise((ready) => server.once('listening', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

test('two nodes witness each other over HTTP, and what is served is what stands in the files', async (t) => {
  const [ours, theirs] = offices;
  const stop = (run: () => void): void => void t.after(run);
  // The other one first: it witnesses a log whose key it has from a list.
  let log: TestLog | undefined;
  const witnessed = { cadence: CADENCE, policy: NO_WITNESSES, witnessed: [] as ReturnType<typeof must<never>>[] };
  const now = () => START;
  const beside = dataDirectory(t);
  const other = await openLog({
    dataDirectory: beside,
    db: theirs.app.db,
    origin: 'https://other.example:8443',
    settings: witnessed,
    now,
  });
  const routes = (opened: typeof other, keys = opened.ports.keys.log) =>
    logRoutes({
      files: opened.ports.files,
      keys,
      policy: opened.ports.policy,
      cadence: CADENCE,
      url: 'https://node.example/log',
      witness: { ...opened.witness, logs: log ? [log.ports.keys.log[0]] : [] },
      addressOf: () => 'somebody',
    });
  const data = dataDirectory(t);
  const beforehand = await openTestLog(ours.app.db, data);
  log = beforehand;
  const address = await listen(routes(other), stop);
  const vkeys = (await (await fetch(`${address}/witness/vkeys`)).text()).trim().split('\n');
  assert.deepEqual(
    vkeys.map((one) => must(parseKey(one)).name),
    ['other.example:8443/witness', 'other.example:8443/witness'],
  );
  const policy = must(
    parsePolicy(
      `${vkeys.map((one, n) => `witness W${n} ${one} ${address}/witness/`).join('\n')}\ngroup both all W0 W1\nquorum both\n`,
    ),
  );
  log = await openTestLog(ours.app.db, data, { policy, askWitness });
  for (let n = 0; n < 3; n++) {
    assert.deepEqual(await log.publish(), { is: 'published', size: 8 * (n + 1) });
    log.pass();
    if (n === 1) await unwatched(theirs.owner, 'create table an_older as table witnessed_log');
  }

  // Monitors get from the witness what it cosigned.
  const hash = createHash('sha256').update('node.example/log').digest('hex');
  const seen = must(parseCheckpoint(await (await fetch(`${address}/witness/${hash}/checkpoint`)).text()));
  assert.equal(seen.size, 24);
  for (const key of [log.ports.keys.log[0], ...vkeys.map((one) => must(parseKey(one)))])
    assert.equal((await standingOf(key, seen.note, seen, verifySignature)).is, 'signed');
  assert.equal((await fetch(`${address}/witness/${hash.replace(/^./, 'f')}/checkpoint`)).status, 404);

  // The self-audit of the witness knows what it cosigned, and what was put in its place.
  const remembered = async () => (await auditAlone({ ports: other.ports, data: beside }, theirs.app.db)).found;
  assert.deepEqual(await remembered(), []);
  const gone = () => unseen(theirs.owner, 'witnessed_log', 'delete from witnessed_log', remembered);
  assert.deepEqual(await gone(), [
    'what this node cosigned of node.example/log, 24 entries, is gone from the database',
  ]);
  // Put back to what this node did cosign once, it is named, and cosigns nothing that continues that and not what came after.
  const older = 'update witnessed_log w set size = o.size, root = o.root, checkpoint = o.checkpoint from an_older o';
  await unseen(theirs.owner, 'witnessed_log', older, async () => {
    const says = 'of node.example/log this node cosigned 24 entries, and the database was put back to 16';
    assert.deepEqual(await remembered(), [says]);
    const checkpoint = (await log?.ports.files.published()) ?? '';
    const asked = { method: 'POST', body: formatAddCheckpoint(16, [], checkpoint) };
    const answer = await fetch(`${address}/witness/add-checkpoint`, asked);
    assert.deepEqual([answer.status, await answer.text()], [409, '24\n']);
  });
  for (const deed of [
    'set size = size + 8',
    'set root = sha256(root)',
    `set origin = 'another.example/log'`,
    `set checkpoint = replace(checkpoint, E'\n24\n', E'\n32\n'), size = 32`,
    `set checkpoint = regexp_replace(checkpoint, '[^\n]*other.example[^\n]*\n', '')`,
    `set checkpoint = 'nothing'`,
  ]) {
    const off = () => unseen(theirs.owner, 'witnessed_log', `update witnessed_log ${deed}`, remembered);
    assert.match(
      (await off()).join('\n'),
      /^what this node remembers as a witness of \S+, \d+ entries, is not what it cosigned$/m,
    );
  }
  assert.deepEqual(await remembered(), []);

  // The log itself, as anybody reads it.
  const own = await listen(
    logRoutes({
      files: log.ports.files,
      keys: log.ports.keys.log,
      policy,
      cadence: CADENCE,
      url: 'https://node.example/log',
      witness: other.witness,
      addressOf: () => 'somebody',
    }),
    stop,
  );
  const get = (path: string) => fetch(`${own}${path}`);
  const checkpoint = await get('/log/checkpoint');
  assert.equal(await checkpoint.text(), await log.ports.files.published());
  assert.equal(checkpoint.headers.get('content-type'), 'text/plain; charset=utf-8');
  assert.equal(checkpoint.headers.get('access-control-allow-origin'), '*');
  assert.match(checkpoint.headers.get('cache-control') ?? '', /max-age=2$/);
  const tile = await get('/log/tile/0/000.p/24');
  assert.deepEqual(
    new Uint8Array(await tile.arrayBuffer()),
    new Uint8Array((await log.ports.files.read('tile/0/000.p/24')) ?? []),
  );
  assert.equal(tile.headers.get('content-type'), 'application/octet-stream');
  assert.match(tile.headers.get('cache-control') ?? '', /immutable/);
  assert.equal((await get('/log/tile/entries/000.p/24')).status, 200);
  for (const path of [
    '/log/tile/0/000',
    '/log/tile/0/000.p/25',
    '/log/tile/0/../../keys/log/ed25519',
    '/log/tile/0/%2e%2e',
    '/log/x',
  ])
    assert.equal((await get(path)).status, 404, path);
  assert.equal(await (await get('/log/vkey')).text(), `${formatKey(log.ports.keys.log[0])}\n`);
  assert.equal(await (await get('/log/witnesses')).text(), `${vkeys.join('\n')}\n`);
  const offered = must(parsePolicy(await (await get('/log/policy')).text()));
  assert.deepEqual([offered.logs[0]?.key.name, offered.quorum], ['node.example/log', 'both']);
  assert.equal(await (await get('/log/cadence')).text(), 'every 300\nplaces 8\n');

  // A witness answers what the specification says, each with its status.
  const ask = (body: string) => fetch(`${address}/witness/add-checkpoint`, { method: 'POST', body });
  const text = (await log.ports.files.published()) ?? '';
  const behind = await ask(formatAddCheckpoint(8, [], text));
  assert.deepEqual(
    [behind.status, behind.headers.get('content-type'), await behind.text()],
    [409, 'text/x.tlog.size', '24\n'],
  );
  assert.equal((await ask(formatAddCheckpoint(24, [], text))).status, 200);
  assert.equal((await ask(formatAddCheckpoint(25, [], text))).status, 400);
  assert.equal((await ask(formatAddCheckpoint(24, [new Uint8Array(32)], text))).status, 422);
  assert.equal(
    (await ask(formatAddCheckpoint(24, [], text.replace('node.example/log\n', 'none.example/log\n')))).status,
    404,
  );
  assert.equal((await ask(formatAddCheckpoint(24, [], text.replace('\n24\n', '\n25\n')))).status, 403);
  const unsigned = { ...seen.note, signatures: seen.note.signatures.slice(1) };
  assert.equal((await ask(formatAddCheckpoint(24, [], formatNote(unsigned)))).status, 403);
  assert.equal((await ask('old x')).status, 400);
  assert.equal((await ask('x'.repeat(200_000))).status, 413);
});

test('one address is heard so often a minute and no more; others are heard', () => {
  let now = 0;
  const tooMany = rateLimit(3, () => now);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => tooMany('a')),
    [false, false, false, true],
  );
  assert.equal(tooMany('b'), false);
  now = 60_000;
  assert.equal(tooMany('a'), false);
});

test('settings are read from the environment, and what cannot be used stops the start', (t) => {
  assert.deepEqual(must(logSettings({}, false)).cadence, { every: 300, places: 64, reserved: 8 });
  assert.equal(must(logSettings({ ROGATORY_LOG_EVERY: '600', ROGATORY_LOG_PLACES: '4' }, false)).cadence.reserved, 4);
  const folder = dataDirectory(t);
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const key = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const logs = file('logs', `# one\nlog ${key}\n`);
  assert.equal(must(logSettings({ ROGATORY_WITNESSED_LOGS: logs }, false)).witnessed[0]?.name, 'example.com/foo');
  for (const env of [
    { ROGATORY_LOG_EVERY: '5' },
    { ROGATORY_LOG_PLACES: 'many' },
    { ROGATORY_LOG_POLICY: '/nowhere' },
    { ROGATORY_LOG_POLICY: file('policy', 'quorum W\n') },
  ])
    assert.equal(logSettings(env, false).ok, false, JSON.stringify(env));
});

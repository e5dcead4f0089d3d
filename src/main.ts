// `npm start`: finds or starts the database, puts the node together and serves its pages until it is told to stop.

import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import pino from 'pino';
import { authorityFrom } from './adapters/evidence/open-evidence.ts';
import { identityProvider, providerSettings } from './adapters/keys/identity-provider.ts';
import { openDatabase } from './adapters/postgres/server/open-database.ts';
import { hasLogKeys, isNameless } from './adapters/log/log-keys.ts';
import { logSettings } from './adapters/log/settings.ts';
import { databaseSettings } from './adapters/postgres/server/settings.ts';
import { prepareSetUp } from './app/people/set-up.ts';
import { composeNode, type Node } from './compose.ts';
import type { Fault, Outcome } from './kernel/outcome.ts';

const {
  PORT = '8787',
  HOST = '127.0.0.1',
  ROGATORY_DATA = './data',
  ROGATORY_PROFILE,
  ROGATORY_ORIGIN,
  ROGATORY_BEHIND_PROXY,
  ROGATORY_SMTP_URL,
  ROGATORY_MAIL_FROM = 'rogatory@localhost',
  ROGATORY_UPLOAD_GB = '16',
} = process.env;

/** Says on standard error what is wrong, a line each, and ends: a node that is not whole does not serve. */
function stop(...lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`${line}\n`);
  process.exit(2);
}
const orStop = <T>(outcome: Outcome<T>): T => (outcome.ok ? outcome.value : stop(...outcome.faults.map(lineFor)));
const lineFor = ({ pointer, line, detail }: Fault): string =>
  `${pointer}${line === undefined ? '' : `:${line}`}: ${detail}`;

// A port that was said in the wrong place would else be another one, and a data directory the wrong one.
const strange = process.argv.slice(2).find((word) => word !== '--demo');
if (strange !== undefined)
  stop(
    `${strange}: not known. The one word is --demo; all else is said in the environment: PORT, HOST, ROGATORY_DATA and more (docs/OPERATIONS.md)`,
  );
if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535) stop('PORT: must be a number from 0 to 65535 (0: any free port)');
if (!/^[1-9]\d{0,3}$/.test(ROGATORY_UPLOAD_GB))
  stop('ROGATORY_UPLOAD_GB: must be a whole number of gigabytes from 1 to 9999');
/** A file of many gigabytes over a slow line is still a request; the heads of requests are waited for as ever. */
const LONGEST_REQUEST = 12 * 3_600_000;
// Stripping types for browsers is stable enough for us to rely on; Node's note about it is no news to an operator.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.stack ?? warning.message}\n`);
});

const log = pino({ level: 'info' }, pino.destination(2));
const dataDirectory = resolve(ROGATORY_DATA);
const database = orStop(await openDatabase({ dataDirectory, ...databaseSettings(process.env), log }));
const provider = providerSettings(process.env);
const open = async (): Promise<Node> =>
  orStop(
    await composeNode({
      dataDirectory,
      owner: database.owner,
      app: database.app,
      profile: ROGATORY_PROFILE,
      origin: ROGATORY_ORIGIN,
      behindProxy: ROGATORY_BEHIND_PROXY === '1',
      provider: provider && identityProvider(provider),
      timeStamps: orStop(authorityFrom(process.env)),
      mail: ROGATORY_SMTP_URL ? { server: ROGATORY_SMTP_URL, from: ROGATORY_MAIL_FROM } : undefined,
      mostUpload: Number(ROGATORY_UPLOAD_GB) * 1_000_000_000,
      publicLog: (demonstration) => logSettings(process.env, demonstration),
      demonstration: process.argv.includes('--demo'),
      onDemonstration: async () => {
        const before = node;
        node = await open();
        // The request that opened the demonstration is still being answered by the old one.
        setTimeout(() => void before.close(), 5_000).unref();
      },
      log,
    }),
  );
const isNew = !hasLogKeys(dataDirectory);
let node = await open();

const fetch = (request: Request, env: unknown): Response | Promise<Response> => node.app.fetch(request, env as object);
const serverOptions = { requestTimeout: LONGEST_REQUEST };
const server = serve({ fetch, port: Number(PORT), hostname: HOST, serverOptions }, async ({ port }) => {
  // A passkey belongs to a name, and an address made of numbers has none.
  const host = HOST === '127.0.0.1' ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST;
  const address = ROGATORY_ORIGIN ?? `http://${host}:${port}`;
  process.stdout.write(`Rogatory: ${address}\n`);
  if (node.isDemonstration) {
    process.stdout.write(`A demonstration office; walk in at: ${address}/demo\n`);
    return;
  }
  const { name } = node.publicLog.keys.log[0];
  // Said once, while it can still be undone: nothing is on this node yet.
  if (isNew && isNameless(name))
    process.stdout.write(
      `ROGATORY_ORIGIN is not set, so the public log of this node is called ${name}, for ever. If the node is to have an address, stop it now, remove ${dataDirectory}, set ROGATORY_ORIGIN and start again.\n`,
    );
  const token = await prepareSetUp(node.people);
  if (token) process.stdout.write(`Set up this office, once, at: ${address}/setup/${token}\n`);
});
server.on('error', (error: NodeJS.ErrnoException) => {
  process.stderr.write(
    error.code === 'EADDRINUSE' ? `port ${PORT} is in use; set PORT to another one\n` : `${error.message}\n`,
  );
  void end(2);
});

let ending = false;
/** Answers under way are finished, idle connections are not waited for, then the database is put to rest. */
async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  // Whatever hangs, the process is gone within ten seconds; PostgreSQL recovers by itself from being left.
  setTimeout(() => process.exit(code), 9_500).unref();
  const closed = new Promise<void>((done) => void server.close(() => done()));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  await Promise.race([closed, new Promise((done) => void setTimeout(done, 3_000).unref())]);
  await node.close();
  await database.stop();
  process.exit(code);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(0));

// The public log as addresses: the files below `<data>/log` as they are, keys and policy, and this node as a witness of others.
// No session, no language, no cookie: whoever reads here is nobody in particular. Attacker: floods the witness, or asks for other files.

import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { LogFiles, WitnessPorts } from '../../app/log/ports.ts';
import { addCheckpoint } from '../../app/log/witness.ts';
import type { Cadence } from '../../transparency/cadence.ts';
import { formatKey, type Signer } from '../../transparency/note.ts';
import { formatPolicy, type LogPolicy } from '../../transparency/policy.ts';
import { parseTilePath } from '../../transparency/tiles.ts';
import type { WebEnv } from '../context.ts';
import { rateLimit } from './rate-limit.ts';

export type LogRoutes = {
  readonly files: Pick<LogFiles, 'read' | 'published'>;
  readonly keys: readonly [Signer, Signer];
  readonly policy: LogPolicy;
  readonly cadence: Cadence;
  /** The address of the log, where it has one. */
  readonly url: string | undefined;
  readonly witness: WitnessPorts;
  readonly addressOf: (c: Context) => string;
};

const KEPT_FOR_EVER = 'public, max-age=31536000, immutable';
const KEPT_A_MOMENT = 'public, max-age=2';
const TEXT = 'text/plain; charset=utf-8';
const BYTES = 'application/octet-stream';
/** A checkpoint with sixteen signatures of each kind and a long proof. */
const MOST_BYTES = 131_072;
const REQUESTS_A_MINUTE = 60;

/** /log/ and /witness/ as docs/spec/log.md lists them. */
export function logRoutes(ports: LogRoutes): Hono<WebEnv> {
  const { files, keys, policy, cadence, witness } = ports;
  const [log, postQuantum] = keys;
  const text = (body: string, status: 200 | 400 | 403 | 404 | 413 | 422 = 200, kept = KEPT_A_MOMENT): Response =>
    new Response(body, {
      status,
      headers: { 'content-type': TEXT, 'cache-control': status === 200 ? kept : 'no-store' },
    });
  const missing = (): Response => text('there is nothing here\n', 404);
  const fixed: { readonly [path: string]: string } = {
    '/log/vkey': `${formatKey(log)}\n`,
    '/log/vkey-ml-dsa-44': `${formatKey(postQuantum)}\n`,
    '/log/witnesses': policy.witnesses.map(({ key }) => `${formatKey(key)}\n`).join(''),
    '/log/policy': formatPolicy({ ...policy, logs: [{ key: log, url: ports.url ?? null }] }),
    '/log/cadence': `every ${cadence.every}\nplaces ${cadence.places}\n`,
    '/witness/vkeys': witness.keys.map((key) => `${formatKey(key)}\n`).join(''),
  };
  const app = new Hono<WebEnv>();
  app.use('/log/*', async (c, next) => {
    await next();
    // Anybody's page may check this log; it is public, and the same for everybody.
    c.res.headers.set('access-control-allow-origin', '*');
  });
  for (const [path, body] of Object.entries(fixed)) app.get(path, () => text(body));
  app.get('/log/checkpoint', async () => {
    const checkpoint = await files.published();
    return checkpoint === undefined ? missing() : text(checkpoint);
  });
  app.get('/log/tile/*', async (c) => {
    const tile = parseTilePath(c.req.path.slice('/log/'.length));
    const bytes = tile && (await files.read(c.req.path.slice('/log/'.length)));
    if (bytes === undefined) return missing();
    return new Response(new Uint8Array(bytes), { headers: { 'content-type': BYTES, 'cache-control': KEPT_FOR_EVER } });
  });
  // The page for people at /log is somebody else's.
  app.get('/log/:path{.+}', missing);

  const tooMany = rateLimit(REQUESTS_A_MINUTE);
  app.post(
    '/witness/add-checkpoint',
    async (c, next) => {
      if (!tooMany(ports.addressOf(c))) return next();
      return new Response('too many requests from this address; wait a minute\n', {
        status: 429,
        headers: { 'content-type': TEXT, 'retry-after': '60' },
      });
    },
    bodyLimit({ maxSize: MOST_BYTES, onError: () => text(`at most ${MOST_BYTES} bytes are read\n`, 413) }),
    async (c) => {
      const answered = await addCheckpoint(witness, await c.req.text());
      if (!answered.ok) return text(`the request ${answered.faults.map(({ detail }) => detail).join('; ')}\n`, 400);
      const answer = answered.value;
      if (answer.is === 'cosigned') return text(answer.lines, 200, 'no-store');
      if (answer.is === 'refused') return text(`${answer.why}\n`, answer.status);
      return new Response(`${answer.size}\n`, {
        status: 409,
        headers: { 'content-type': 'text/x.tlog.size', 'cache-control': 'no-store' },
      });
    },
  );
  app.get('/witness/:origin{[0-9a-f]{64}}/checkpoint', async (c) => {
    const checkpoint = await witness.memory.latest(c.req.param('origin'));
    return checkpoint === undefined ? missing() : text(checkpoint);
  });
  app.all('/witness/*', missing);
  return app;
}

// How a page leaves the node: whole, in one piece, compressed for whoever takes that, with a tag where it may be kept.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

const squeeze = promisify(gzip);
/** Three quarters of the work of the usual level go into the last tenth of what it saves. */
const LEVEL = 3;
/** Less than this is one packet anyway. */
const WORTH_IT = 1024;
/** Text that a handler made and that is there at once; files and streams of events go their own ways. */
const MADE_HERE = /^(?:text\/(?!event-stream)|application\/(?:[\w.-]+\+)?json)/;
/** What an answer without a body still says (RFC 9110, section 15.4.5). */
const KEPT = ['cache-control', 'content-location', 'date', 'expires', 'vary'];

/**
 * Takes text apart from streams, tags it (RFC 9110, section 8.8.3) unless it must not be kept, answers 304 to whoever has it,
 * and compresses it. A handler that set a tag or an encoding has done that work already.
 */
export const sendWhole: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers, status, body } = c.res;
  if (body === null || headers.has('content-encoding') || !MADE_HERE.test(headers.get('content-type') ?? '')) return;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  const said = new Headers(headers);
  if (
    c.res.ok &&
    (c.req.method === 'GET' || c.req.method === 'HEAD') &&
    !said.get('cache-control')?.includes('no-store')
  ) {
    const tag = said.get('etag') ?? `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
    said.set('etag', tag);
    if (has(c.req.header('if-none-match'), tag)) {
      c.res = undefined;
      c.res = new Response(null, {
        status: 304,
        headers: [['etag', tag], ...[...said].filter(([name]) => KEPT.includes(name))],
      });
      return;
    }
  }
  said.append('vary', 'accept-encoding');
  const small =
    bytes.length > WORTH_IT && takesGzip(c.req.header('accept-encoding'))
      ? await squeeze(bytes, { level: LEVEL })
      : undefined;
  if (small) said.set('content-encoding', 'gzip');
  said.delete('content-length');
  // Hono would else put the headers of the answer before over those of this one.
  c.res = undefined;
  c.res = new Response(small ?? bytes, { status, headers: said });
};

/** Whether the browser has it: weak comparison, as conditions of this kind ask for (RFC 9110, section 13.1.2). */
const has = (known: string | undefined, tag: string): boolean =>
  known?.trim() === '*' ||
  (known?.split(',').some((one) => one.trim().replace(/^W\//, '') === tag.replace(/^W\//, '')) ?? false);

/** RFC 9110, section 12.5.3: named or meant by `*`, and not with weight 0. */
function takesGzip(accepted = ''): boolean {
  const weights = new Map(
    accepted.split(',').map((one): [string, number] => {
      const [name = '', ...rest] = one.trim().toLowerCase().split(';');
      return [name.trim(), Number(rest.join(';').trim().replace(/^q=/, '') || 1)];
    }),
  );
  return (weights.get('gzip') ?? weights.get('*') ?? 0) > 0;
}

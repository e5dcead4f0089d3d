// How a page leaves the node: whole, in one piece, compressed for whoever takes that, with a tag where it may be kept.

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip, gzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';

const squeezeAside = promisify(gzip);
/** Up to so many bytes it takes longer to hand them to another thread than to compress them here. */
const AT_ONCE = 200_000;
const squeeze = (bytes: Uint8Array): Uint8Array | Promise<Uint8Array> =>
  bytes.length > AT_ONCE ? squeezeAside(bytes, { level: LEVEL }) : gzipSync(bytes, { level: LEVEL });
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
  remember(c);
  await next();
  const { headers, status } = c.res;
  if (headers.has('content-encoding') || !MADE_HERE.test(headers.get('content-type') ?? '')) return;
  // What is too large to be put together goes as it comes (RFC 9111, section 5.2.2.6).
  if (headers.get('cache-control')?.includes('no-transform')) return;
  const text = TEXTS.get(c.res);
  if (text === undefined && c.res.body === null) return;
  const bytes = text === undefined ? new Uint8Array(await c.res.arrayBuffer()) : Buffer.from(text, 'utf8');
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
    bytes.length > WORTH_IT && takesGzip(c.req.header('accept-encoding')) ? await squeeze(bytes) : undefined;
  if (small) said.set('content-encoding', 'gzip');
  said.delete('content-length');
  // Hono would else put the headers of the answer before over those of this one.
  c.res = undefined;
  c.res = new Response(small ?? bytes, { status, headers: said });
};

/** The texts of pages by their answers: to read one out of its answer again takes longer than to compress it. */
const TEXTS = new WeakMap<Response, string>();

function remember(c: Context): void {
  const answer = c.html;
  c.html = ((page: string, ...how: never[]) => {
    const text = String(page);
    const made = answer(text, ...how) as Response;
    TEXTS.set(made, text);
    return made;
  }) as typeof c.html;
}

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

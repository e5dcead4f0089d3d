// The bytes of a body to text, strictly: a content type we read, no compression, UTF-8 that is valid.
// Attacker: anyone. Nothing here depends on what the text says; its size is bounded before it arrives (app.ts).

import type { Context } from 'hono';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { clip, problem } from './problem.ts';

export const JSON_TYPE = 'application/json';
export const LINES_TYPE = 'application/x-ndjson';
const READ = [JSON_TYPE, LINES_TYPE];

export type BodyText = { readonly type: typeof JSON_TYPE | typeof LINES_TYPE; readonly text: string };

/** The text of the body, or the problem to answer with. */
export async function readBody(c: Context): Promise<Outcome<BodyText, Response>> {
  const header = c.req.header('content-type') ?? '';
  const type = mediaType(header);
  if (type === undefined) {
    const said = header === '' ? 'no content type was given' : `${clip(header)} is not read`;
    return refuse(
      problem('unsupported-media-type', `${said}; send ${READ.join(' or ')} in UTF-8`, {
        headers: { 'accept-post': READ.join(', ') },
      }),
    );
  }
  const encoding = (c.req.header('content-encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity') {
    return refuse(
      problem('unsupported-media-type', 'compressed bodies are not read', {
        headers: { 'accept-encoding': 'identity' },
      }),
    );
  }
  try {
    return accept({ type, text: new TextDecoder('utf-8', { fatal: true }).decode(await c.req.arrayBuffer()) });
  } catch {
    return refuse(problem('malformed-body', 'the body is not valid UTF-8 text'));
  }
}

/** The media type when it is one we read; a charset other than UTF-8 is none of them (RFC 8259, section 8.1). */
function mediaType(header: string): BodyText['type'] | undefined {
  const [name = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const isUtf8 = parameters.every((one) => !one.startsWith('charset=') || /^charset="?utf-?8"?$/.test(one));
  return isUtf8 ? READ.find((type): type is BodyText['type'] => type === name) : undefined;
}

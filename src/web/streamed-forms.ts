// Which forms of the pages are read as they come, so that a file of any size may be in them.

import type { MiddlewareHandler } from 'hono';
import type { WebEnv } from './context.ts';
import { streamedForm, TooMuch } from './streamed-form.ts';

/** Sets `c.var.streamed` for forms at these addresses. One of more than `most` bytes throws `TooMuch`, at once or when that many were read. */
export const streamedForms =
  (paths: RegExp, most: number): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const type = c.req.header('content-type') ?? '';
    const [, quoted, plain] =
      /^multipart\/form-data\b.*;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
    const boundary = quoted ?? plain;
    const { body } = c.req.raw;
    if (c.req.method !== 'POST' || !paths.test(c.req.path) || boundary === undefined || body === null) return next();
    if (Number(c.req.header('content-length') ?? 0) > most) throw new TooMuch();
    c.set('streamed', streamedForm(body as AsyncIterable<Uint8Array>, boundary, most));
    return next();
  };

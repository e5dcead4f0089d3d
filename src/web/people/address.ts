// The address of whoever asks: the connection's own, or what a proxy in front of us says when we are told to believe it.

import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/** `proxied`: the last hop that X-Forwarded-For names was written by our own proxy; what stands before it anybody can write. */
export const addressOf =
  (proxied: boolean) =>
  (c: Context): string => {
    const forwarded = c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
    if (proxied && forwarded) return forwarded.slice(0, 64);
    try {
      return getConnInfo(c).remote.address ?? 'unknown';
    } catch {
      // Called without a connection, as tests do.
      return 'unknown';
    }
  };

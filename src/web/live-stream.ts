// One stream to an open page, which says one thing at its end or nothing, and on the way how far something is.

import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { WebEnv } from './context.ts';

/** A stream ends by itself after ten minutes: shorter than a session may idle, which a stream must not keep awake. */
const LONGEST = 10 * 60_000;
/** Proxies close what is silent; a comment now and then is not. */
const SIGN_OF_LIFE = 25_000;

export type Told = {
  /** How far it is, for the script to show. */
  readonly progress: (data: string) => void;
  /** What the page shows has changed: said once, and then the stream ends. */
  readonly changed: () => void;
  /** Ends without a word. */
  readonly end: () => void;
};

/** `begin` starts to listen, and gives the way to stop. */
export function liveStream<Env extends WebEnv>(c: Context<Env>, begin: (told: Told) => () => void): Response {
  // The frame makes a tag of every answer by reading it to its end; one that has a tag is left alone.
  c.header('etag', 'W/"live"');
  return streamSSE(c, async (stream) => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const stop = begin({
      progress: (data) => void stream.writeSSE({ event: 'progress', data }),
      changed: () => resolve(true),
      end: () => resolve(false),
    });
    const alive = setInterval(() => void stream.write(':\n\n'), SIGN_OF_LIFE);
    const end = setTimeout(() => resolve(false), LONGEST);
    stream.onAbort(() => resolve(false));
    const news = await promise;
    clearInterval(alive);
    clearTimeout(end);
    stop();
    if (news) await stream.writeSSE({ event: 'changed', data: '' });
  });
}

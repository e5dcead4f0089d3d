// Routes of the verifier: its page, and the files it consists of, to be read before they are believed.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Hono } from 'hono';
import type { WebEnv } from '../context.ts';
import { verifyPage } from './page.ts';

const FILES = ['verify.ts', 'command.ts', 'sample.ts'] as const;

export function verifyRoutes(): Hono<WebEnv> {
  const app = new Hono<WebEnv>().get('/verify', (c) => c.html(verifyPage(c.var.page, new URL(c.req.url).origin)));
  for (const name of FILES) {
    const text = readFileSync(fileURLToPath(new URL(`../../../verify/${name}`, import.meta.url)), 'utf8');
    app.get(
      `/verify/${name}`,
      () =>
        new Response(text, {
          headers: {
            'content-type': 'text/plain; charset=utf-8',
            'content-disposition': `attachment; filename="${name}"`,
          },
        }),
    );
  }
  return app;
}

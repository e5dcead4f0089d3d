// The HTTP API: what other programs may ask of this node. What is not described here is not there.

import { OpenAPIHono, z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { etag } from 'hono/etag';
import { assessmentRoutes } from './assessments.ts';
import { type Api, type ApiPorts, json, operation } from './context.ts';
import { type ApiDocument, describeApi } from './document.ts';
import { lawRoutes } from './law.ts';
import { clip, problem } from './problem.ts';
import { requestRoutes, unnamed } from './requests.ts';
import { schemaRoutes, schemasOf } from './schemas.ts';

export type { ApiPorts } from './context.ts';

/** The largest body that is read. */
export const MAX_BODY = 1_048_576;

/** The routes, and the document that describes them; `/api` itself is a page for people (src/web/reference). */
export function apiApp(ports: ApiPorts): { readonly routes: Api; readonly document: ApiDocument } {
  const app: Api = new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return undefined;
      if (result.target === 'header') return unnamed();
      const errors = result.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ parameter: clip(key), detail: 'is not known here' }))
          : [{ parameter: issue.path.map(String).join('.'), detail: issue.message }],
      );
      return problem('bad-parameter', 'nothing was done, so that no answer is to another question than was asked', {
        errors,
      });
    },
  });
  app.use(
    '/api/*',
    bodyLimit({ maxSize: MAX_BODY, onError: () => problem('too-large', `at most ${MAX_BODY} bytes are read`) }),
  );
  app.use('/api/*', etag());
  const schemas = schemasOf(ports.book.rules);
  assessmentRoutes(app, ports);
  lawRoutes(app, ports);
  if (ports.intake) requestRoutes(app, ports, ports.intake);
  schemaRoutes(app, ports, schemas);
  let document: ApiDocument | undefined;
  operation(app, ports, {
    method: 'get',
    path: '/api/openapi.json',
    id: 'document',
    answers: z.looseObject({}),
    answer: () => json(document),
  });
  document = describeApi(app, ports, schemas);
  denyTheRest(app, document);
  return { routes: app, document };
}

/** Known addresses say which methods they have; every other address under /api/ is not there. */
function denyTheRest(app: Api, document: ApiDocument): void {
  for (const [path, item] of Object.entries(document.paths)) {
    const methods = Object.keys(item).map((method) => method.toUpperCase());
    const allow = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
    app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), (c) =>
      problem('method-not-allowed', `${clip(c.req.method)} is not for this address; ${allow} is`, {
        headers: { allow },
      }),
    );
  }
  app.all('/api/*', (c, next) =>
    c.req.path === '/api'
      ? next()
      : problem(
          'not-found',
          `no resource has the address ${clip(c.req.path)}; /api/openapi.json describes what there is`,
        ),
  );
}

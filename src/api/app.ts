// The HTTP API: every operation routed from its own description; what is not described here does not exist.

import { Hono } from 'hono';
import type { LawBook } from '../app/law-book.ts';
import type { Language } from '../kernel/language.ts';
import type { Policy } from '../law/profile.ts';
import { assessments } from './assessments.ts';
import { openApiDocument } from './document.ts';
import { lawOperations } from './law.ts';
import { json, type Operation } from './operation.ts';
import { problem } from './problem.ts';

export type ApiPorts = {
  readonly book: LawBook;
  readonly policy: Policy;
  /** The best of the languages we speak, from the reader's Accept-Language. */
  readonly preferred: (acceptLanguage: string) => Language;
};

const described: readonly Operation[] = [assessments, ...lawOperations];

/** The document, for the API itself and for whoever renders it. */
export const apiDocument = (book: LawBook) => openApiDocument(book, described);

export function apiApp(ports: ApiPorts): Hono {
  const app = new Hono();
  const document = apiDocument(ports.book);
  for (const operation of described) {
    const path = operation.path.replace(/\{(\w+)\}/g, ':$1');
    app.on(operation.method, path, (c) => {
      const asked = c.req.query('lang');
      if (asked !== undefined && asked !== 'en' && asked !== 'ar')
        return problem('bad-parameter', 'lang must be en or ar', [{ pointer: 'lang', detail: 'must be en or ar' }]);
      return operation.handle({
        book: ports.book,
        policy: ports.policy,
        request: c.req.raw,
        language: asked ?? ports.preferred(c.req.header('accept-language') ?? ''),
        path: (name) => c.req.param(name) ?? '',
        query: (name) => c.req.query(name),
      });
    });
  }
  app.get('/api/openapi.json', () => json(document));
  // A known address with another method is not "nothing here" (RFC 9110, section 15.5.6).
  const allowed = new Map<string, string>([['/api/openapi.json', 'GET, HEAD']]);
  for (const { path, method } of described)
    allowed.set(path.replace(/\{(\w+)\}/g, ':$1'), method === 'get' ? 'GET, HEAD' : 'POST');
  for (const [path, allow] of allowed)
    app.all(path, () => problem('method-not-allowed', `use ${allow}`, [], { allow }));
  app.all('/api/*', (c) =>
    problem('not-found', `no resource has the address ${c.req.path}; /api/openapi.json describes what there is`),
  );
  return app;
}

// The API as tests see it: the shipped law, a fixed day, and a reader that holds every answer to the document.

import assert from 'node:assert/strict';
import { z } from 'zod';
import { loadExamples } from '../../adapters/files/example-store.ts';
import { loadLaw } from '../../adapters/files/law-store.ts';
import { loadCatalogues } from '../../adapters/files/message-store.ts';
import { openLawBook } from '../../app/law-book.ts';
import type { Day } from '../../kernel/calendar.ts';
import { DEFAULT_POLICY } from '../../law/profile.ts';
import { apiApp } from '../app.ts';

const loaded = await loadLaw();
if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));

export const TODAY = '2028-03-02' as Day;
export const book = openLawBook(loaded.value.rules, loaded.value.hash, loaded.value.register);
export const examples = loadExamples();
export const api = apiApp({
  book,
  policy: DEFAULT_POLICY,
  today: () => TODAY,
  examples,
  words: loadCatalogues(['en']).en,
});

export type Described = {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example?: string }[];
  readonly responses: {
    readonly [status: string]: { readonly content: { readonly [media: string]: { schema: object } } };
  };
};

/** Every operation of the document. */
export const operations = Object.entries(api.document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, described]) => ({
    method: method.toUpperCase(),
    path,
    described: described as Described,
    form: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  })),
);

const shapes = new Map<object, z.ZodType>();

/** A schema of the document as something that checks. */
export function shapeOf(schema: object): z.ZodType {
  let shape = shapes.get(schema);
  if (!shape) {
    const within = JSON.stringify({ ...schema, $defs: api.document.components.schemas });
    shape = z.fromJSONSchema(JSON.parse(within.replaceAll('#/components/schemas/', '#/$defs/')));
    shapes.set(schema, shape);
  }
  return shape;
}

/** Asks, and holds the answer to what the document says of this address, status and media type. */
export async function ask(path: string, init: RequestInit = {}): Promise<{ response: Response; text: string }> {
  const response = await api.routes.request(path, init);
  const text = await response.text();
  const { pathname } = new URL(path, 'http://localhost');
  const method = init.method ?? 'GET';
  // The first that fits, as in routing: an address of its own goes before one with a part left open.
  const operation = operations.find((one) => one.method === method && one.form.test(pathname));
  if (!operation || response.status === 304) return { response, text };
  const described = operation.described.responses[String(response.status)];
  assert.ok(described, `${method} ${pathname} answers ${response.status}, which the document does not say`);
  const media = (response.headers.get('content-type') ?? '').split(';')[0] as string;
  assert.ok(described.content[media], `${method} ${pathname} answers ${media}, which the document does not say`);
  if (/[/+]json$/.test(media)) {
    const checked = shapeOf(described.content[media].schema).safeParse(JSON.parse(text));
    assert.ok(checked.success, `${method} ${pathname}: ${checked.error && z.prettifyError(checked.error)}`);
  }
  return { response, text };
}

/** A request of one example, as a client sends it. */
export const send = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body,
});

export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { pointer?: string; parameter?: string; detail: string; line?: number }[];
};

/** The problem that an address answers with; it has the status, and says it again. */
export async function problemOf(status: number, path: string, init: RequestInit = {}): Promise<Problem> {
  const { response, text } = await ask(path, init);
  assert.equal(response.status, status, text.slice(0, 300));
  assert.equal(response.headers.get('content-type'), 'application/problem+json');
  const problem = JSON.parse(text) as Problem;
  assert.equal(problem.status, status);
  assert.match(problem.type, /^urn:rogatory:problem:[a-z-]+$/);
  return problem;
}

// The OpenAPI document is whole: every reference leads somewhere, every operation that is served is described, and the other way round.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { api, ask, operations, shapeOf } from './testing/api.ts';

const media = z.record(
  z.string().regex(/^[a-z]+\/[a-z+.-]+$/),
  z.object({ schema: z.looseObject({}), example: z.unknown().optional() }),
);
const described = z.strictObject({
  operationId: z.string().regex(/^[a-z][A-Za-z]+$/),
  summary: z.string().min(5),
  description: z.string().min(10),
  parameters: z.array(
    z.strictObject({
      name: z.string(),
      in: z.enum(['path', 'query']),
      required: z.boolean(),
      schema: z.looseObject({ type: z.string() }),
      example: z.string().min(1),
    }),
  ),
  requestBody: z.strictObject({ required: z.literal(true), content: media }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({ description: z.string().min(5), headers: z.looseObject({}).optional(), content: media }),
  ),
});
const document = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.strictObject({ name: z.string() }),
  }),
  servers: z.array(z.strictObject({ url: z.string() })),
  components: z.strictObject({ schemas: z.record(z.string(), z.looseObject({})), parameters: z.strictObject({}) }),
  paths: z.record(z.string().startsWith('/api/'), z.partialRecord(z.enum(['get', 'post']), described)),
  webhooks: z.strictObject({}).optional(),
});

test('the document has the structure of OpenAPI 3.1', async () => {
  const { text } = await ask('/api/openapi.json');
  const checked = document.safeParse(JSON.parse(text));
  assert.ok(checked.success, checked.success ? '' : z.prettifyError(checked.error));
});

test('every reference leads to a schema, and every schema is referred to', () => {
  const text = JSON.stringify(api.document);
  const named = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
  assert.deepEqual([...named].sort(), Object.keys(api.document.components.schemas).sort());
});

test('every schema can be checked with', () => {
  for (const name of Object.keys(api.document.components.schemas)) shapeOf({ $ref: `#/components/schemas/${name}` });
});

test('names of operations are their own', () => {
  const names = operations.map((one) => one.described.operationId);
  assert.equal(new Set(names).size, names.length);
});

test('what is served is what is described', () => {
  const served = api.routes.routes
    .filter((route) => route.method === 'GET' || route.method === 'POST')
    .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
  const inDocument = operations.map((one) => `${one.method} ${one.path}`);
  assert.deepEqual([...new Set(served)].sort(), inDocument.sort());
});

test('parameters in an address are described', () => {
  for (const { path, described: one } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    assert.deepEqual(
      one.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name),
      inPath,
    );
  }
});

test('each operation answers under its own examples, with every parameter given', async () => {
  for (const { method, path, described: one } of operations) {
    if (method !== 'GET') continue;
    const filled = one.parameters
      .filter((parameter) => parameter.in === 'path')
      .reduce((address, { name, example }) => address.replace(`{${name}}`, example ?? ''), path);
    const query = one.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, example }) => `${name}=${example}`);
    const { response } = await ask(`${filled}?${query.join('&')}`);
    assert.equal(response.status, 200, filled);
  }
});

test('the example of a request is a request, and its answer an assessment', async () => {
  const assess = api.document.paths['/api/assessments']?.['post'] as {
    requestBody: { content: { [media: string]: { schema: object; example: unknown } } };
  };
  const { schema, example } = assess.requestBody.content['application/json'] as { schema: object; example: unknown };
  assert.ok(shapeOf(schema).safeParse(example).success);
  const answer = await ask('/api/assessments', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(example),
  });
  assert.equal(answer.response.status, 200);
});

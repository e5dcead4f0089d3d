// GET /api/schemas/...: the JSON Schemas of what is read and written here, made from the law this node holds.

import { createRoute, z } from '@hono/zod-openapi';
import { jsonSchemas } from '../app/law-schemas.ts';
import type { RuleSet } from '../law/rule-set.ts';
import { about, answer, type Api, type ApiPorts, json, problems } from './context.ts';
import { clip, problem } from './problem.ts';
import { schemaListShape } from './shapes.ts';

/** Schemas by short name: `request`, `assessment`, and those of the files of a law pack. */
export const schemasOf = (rules: RuleSet): Map<string, Record<string, unknown>> =>
  new Map(Object.entries(jsonSchemas(rules)).map(([file, schema]) => [file.replace('.schema.json', ''), schema]));

export function schemaRoutes(app: Api, ports: ApiPorts, schemas: ReturnType<typeof schemasOf>): void {
  const query = z.strictObject({});
  const ok = ports.words['api.status.200'] as string;
  const list = createRoute({
    method: 'get',
    path: '/api/schemas',
    ...about(ports, 'schemas'),
    request: { query },
    responses: { 200: answer(schemaListShape, ok), ...problems(ports, 400, 500) },
  });
  app.openapi(list, () => json({ schemas: [...schemas.keys()].map((name) => `/api/schemas/${name}.json`) }));

  const one = createRoute({
    method: 'get',
    path: '/api/schemas/{file}',
    ...about(ports, 'schema'),
    request: { params: z.object({ file: z.string().openapi({ example: 'request.json' }) }), query },
    responses: {
      200: { description: ok, content: { 'application/schema+json': { schema: { type: 'object' } } } },
      ...problems(ports, 400, 404, 500),
    },
  });
  app.openapi(one, (c) => {
    const { file } = c.req.valid('param');
    const schema = file.endsWith('.json') ? schemas.get(file.slice(0, -'.json'.length)) : undefined;
    if (!schema) return problem('not-found', `there is no schema "${clip(file)}"`);
    return json(schema, { 'content-type': 'application/schema+json' });
  });
}

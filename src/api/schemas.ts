// GET /api/schemas/...: the JSON Schemas of what is read and written here, made from the law this node holds.

import { z } from '@hono/zod-openapi';
import { jsonSchemas } from '../app/law-schemas.ts';
import type { RuleSet } from '../law/rule-set.ts';
import { type Api, type ApiPorts, json, operation } from './context.ts';
import { clip, problem } from './problem.ts';
import { schemaListShape } from './shapes.ts';

/** Schemas by short name: `request`, `assessment`, and those of the files of a law pack. */
export const schemasOf = (rules: RuleSet): Map<string, Record<string, unknown>> =>
  new Map(Object.entries(jsonSchemas(rules)).map(([file, schema]) => [file.replace('.schema.json', ''), schema]));

export function schemaRoutes(app: Api, ports: ApiPorts, schemas: ReturnType<typeof schemasOf>): void {
  operation(app, ports, {
    method: 'get',
    path: '/api/schemas',
    id: 'schemas',
    answers: schemaListShape,
    answer: () => json({ schemas: [...schemas.keys()].map((name) => `/api/schemas/${name}.json`) }),
  });
  operation(app, ports, {
    method: 'get',
    path: '/api/schemas/{name}',
    id: 'schema',
    params: z.object({ name: z.string() }),
    answers: {
      description: ports.words['api.status.200'] as string,
      content: { 'application/schema+json': { schema: { type: 'object' } } },
    },
    failures: [404],
    answer: ({ params: { name } }) => {
      const schema = name.endsWith('.json') ? schemas.get(name.slice(0, -'.json'.length)) : undefined;
      if (!schema) return problem('not-found', `there is no schema "${clip(name)}"`);
      return json(schema, { 'content-type': 'application/schema+json' });
    },
  });
}

// The OpenAPI 3.1 document: made from the routes as they are registered, with the schemas of the law.

import type { LawBook } from '../app/law-book.ts';
import { requestFileSchema } from '../domain/requests/file-schema.ts';
import { type Api, type ApiPorts, KEY_SCHEME } from './context.ts';

/** The document, as far as anyone here reads it. */
export type ApiDocument = {
  readonly openapi: string;
  readonly paths: { readonly [path: string]: { readonly [method: string]: unknown } };
  readonly components: { readonly schemas: { readonly [name: string]: unknown } };
};

type JsonObject = { readonly [key: string]: unknown };
type Examples = { readonly [parameter: string]: string };
type Described = { parameters?: { name: string; example?: string }[] };

export function describeApi(app: Api, ports: ApiPorts, schemas: ReadonlyMap<string, JsonObject>): ApiDocument {
  const { words } = ports;
  const registry = app.openAPIRegistry;
  registry.registerComponent('schemas', 'Request', schemas.get('request') as object);
  registry.registerComponent('schemas', 'Assessment', schemas.get('assessment') as object);
  if (ports.intake) {
    const { file, state } = requestFileSchemas();
    registry.registerComponent('schemas', 'RequestFile', file as object);
    registry.registerComponent('schemas', 'State', state as object);
    registry.registerComponent('securitySchemes', KEY_SCHEME, { type: 'http', scheme: 'bearer' });
  }
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: words['api.title'] as string,
      version: '1',
      description: words['api.lead'] as string,
      license: { name: 'EUPL-1.2' },
    },
    servers: [{ url: '/' }],
  });
  const components = document.components?.schemas as Record<string, JsonObject>;
  components['Condition'] = CONDITION;
  const examples = examplesFor(ports.book);
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item as { [method: string]: Described })) {
      operation.parameters = (operation.parameters ?? []).map((one) => ({ ...one, ...exampleOf(examples, one.name) }));
    }
  }
  return document as unknown as ApiDocument;
}

/** The schema of a request file, its parts among those of the document. */
function requestFileSchemas(): { readonly file: JsonObject; readonly state: JsonObject } {
  const {
    $schema: _,
    $defs,
    ...file
  } = JSON.parse(JSON.stringify(requestFileSchema()).replaceAll('#/$defs/state', '#/components/schemas/State'));
  return { file, state: $defs.state };
}

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const closed = (properties: JsonObject): JsonObject => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const names: JsonObject = { type: 'array', items: { type: 'string' } };
const parts: JsonObject = { type: 'array', items: ref('Condition') };

/** A condition over facts, which may hold conditions in turn (src/law/provision.ts). */
const CONDITION: JsonObject = {
  anyOf: [
    closed({ op: { const: 'always' } }),
    closed({
      op: { const: 'fact' },
      fact: { type: 'string' },
      test: {
        anyOf: [
          closed({ is: { const: true } }),
          closed({ in: names }),
          closed({ atLeast: { type: 'string' } }),
          closed({ below: { type: 'string' } }),
        ],
      },
    }),
    closed({ op: { enum: ['all', 'any'] }, of: parts }),
    closed({ op: { const: 'not' }, of: ref('Condition') }),
    closed({ op: { const: 'met' }, provision: { type: 'string' } }),
    closed({ op: { const: 'measure' }, in: names }),
  ],
};

const exampleOf = (examples: Examples, parameter: string) =>
  examples[parameter] === undefined ? {} : { example: examples[parameter] };

/** A value for each parameter under which its address answers; taken from the law that is loaded. */
function examplesFor({ rules }: LawBook): Examples {
  const days = rules.provisions.flatMap((one) => (one.inForce === 'always' ? [] : [one.inForce.from])).sort();
  const [first] = rules.provisions;
  return {
    'as-of': days.at(-1) ?? '',
    from: days[0] ?? '',
    to: days.at(-1) ?? '',
    id: first?.id ?? '',
    pack: first?.pack ?? '',
    effect: first?.effect ?? '',
    measure: Object.keys(first?.concerns ?? {})[0] ?? '',
    lang: 'ar',
    name: 'request.json',
    reference: 'BB-2028-000117',
    'idempotency-key': '3f0c5a52-8d0e-4c1b-9f5e-1d2a7b6c4e90',
  };
}

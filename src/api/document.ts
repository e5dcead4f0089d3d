// The OpenAPI 3.1 document, made from the operations themselves and from the parser's own schemas.

import { jsonSchemas } from '../app/law-schemas.ts';
import type { LawBook } from '../app/law-book.ts';
import { EFFECTS, VERDICTS } from '../law/provision.ts';
import { listOf, object, type Operation, ref, type Schema, text } from './operation.ts';

const PROBLEM_WORDS: { readonly [status: number]: string } = {
  400: 'The body or a parameter cannot be read',
  404: 'There is nothing of that name',
  413: 'The body is larger than one mebibyte',
  415: 'The body is of a kind that is not read here',
  422: 'The request is unusable: errors says where and what is expected',
};

export type OpenApi = {
  readonly openapi: string;
  readonly paths: { readonly [path: string]: Schema };
  readonly components: { readonly schemas: { readonly [name: string]: Schema } };
  readonly [key: string]: unknown;
};

export function openApiDocument(book: LawBook, operations: readonly Operation[]): OpenApi {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const content = Object.fromEntries([
      [operation.answer.media, { schema: operation.answer.schema }],
      ...Object.entries(operation.answer.more ?? {}).map(([media, schema]) => [media, { schema }]),
    ]);
    const problems = [...operation.problems, 500].map((status) => [
      String(status),
      {
        description: PROBLEM_WORDS[status] ?? 'A defect; its id is in detail',
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    ]);
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: {
        operationId: operation.id,
        summary: operation.summary,
        description: operation.description,
        parameters: operation.parameters.map((one) => ({
          ...one,
          required: one.in === 'path' || ['from', 'to'].includes(one.name),
        })),
        ...(operation.body ? { requestBody: { required: true, content: operation.body } } : {}),
        responses: { '200': { description: operation.answer.description, content }, ...Object.fromEntries(problems) },
      },
    };
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Rogatory',
      version: '1',
      description:
        'Assesses requests for electronic evidence against the law, and shows that law. Advice with reasons: people decide. Not legal advice; the rules have not been reviewed by a jurist.',
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    paths,
    components: { schemas: components(book) },
  };
}

function components(book: LawBook): Record<string, Schema> {
  const schemas = jsonSchemas(book.rules);
  const localised: Schema = {
    type: 'object',
    properties: { en: text, ar: text },
    required: ['en', 'ar'],
    additionalProperties: text,
  };
  const provision = {
    id: text,
    pack: text,
    article: text,
    title: localised,
    effect: { enum: EFFECTS },
    concerns: {
      description: 'Each measure concerned; the strength, for a safeguard',
      type: 'object',
      additionalProperties: { enum: ['required', 'recommended', null] },
    },
    gate: { description: 'Whether it applies at all; null: always' },
    when: { description: 'When it is met' },
    source: { type: 'object' },
    gap: { anyOf: [localised, { type: 'null' }] },
    beside: listOf(text),
    inForce: { anyOf: [{ const: 'always' }, { type: 'object' }] },
    explain: { type: 'object', additionalProperties: localised },
    what: { anyOf: [localised, { type: 'null' }] },
    clock: { anyOf: [{ type: 'object' }, { type: 'null' }] },
    ground: { anyOf: [text, { type: 'null' }] },
    reviewed: listOf({ type: 'object' }),
  } satisfies Record<string, Schema>;
  const worked = { measure: text, given: { type: 'object' }, expect: { enum: VERDICTS } };
  return {
    Request: without$schema(schemas['request.schema.json']),
    Assessment: without$schema(schemas['assessment.schema.json']),
    Problem: {
      type: 'object',
      properties: {
        type: text,
        title: text,
        status: { type: 'integer' },
        detail: text,
        errors: listOf({
          type: 'object',
          properties: {
            pointer: { description: 'JSON Pointer into the body, or the name of a parameter', type: 'string' },
            detail: text,
            line: { type: 'integer' },
          },
          required: ['pointer', 'detail'],
        }),
      },
      required: ['type', 'title', 'status', 'detail'],
    },
    Named: object({ id: text, title: localised }),
    Measure: object({ id: text, tier: text, title: localised }),
    Fact: object({
      id: text,
      type: { enum: ['boolean', 'years', 'choice', 'date'] },
      judgement: { type: 'boolean' },
      concerns: listOf(text),
      group: text,
      label: localised,
      question: localised,
      help: localised,
      choices: listOf(object({ value: text, label: localised })),
    }),
    PackSummary: object({
      id: text,
      prefix: text,
      kind: { enum: ['instrument', 'rights', 'policy'] },
      version: text,
      title: localised,
      address: text,
      provisions: { type: 'integer' },
      reviewed: { description: 'How many of them a named jurist has reviewed', type: 'integer' },
    }),
    Provision: object({ ...provision, cases: listOf(object(worked)) }),
    ProvisionWithCases: object({ ...provision, cases: listOf(object({ ...worked, found: { enum: VERDICTS } })) }),
  };
}

/** A component has its dialect from the document. */
function without$schema(schema: Schema | undefined): Schema {
  const { $schema: _dialect, ...rest } = schema ?? {};
  return rest;
}

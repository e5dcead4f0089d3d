// JSON Schemas of everything people and programs write for us or read from us, made from the parser's own shapes.

import { z } from 'zod';
import { FREE_CODES, STATE_CODES } from '../../kernel/state-code.ts';
import type { RuleSet } from '../rule-set.ts';
import { assessmentShape } from './assessment-shape.ts';
import * as schemas from './schemas.ts';

type JsonSchema = Record<string, unknown>;

/** File name to schema (JSON Schema draft 2020-12). Those of requests depend on the facts and measures of the law. */
export function jsonSchemas(rules: RuleSet): Record<string, JsonSchema> {
  const of = (title: string, shape: z.ZodType): JsonSchema => ({
    title,
    ...(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as JsonSchema),
  });
  return {
    'article.schema.json': of('An article of a law pack', schemas.article),
    'pack.schema.json': of('A law pack', schemas.pack),
    'parameters.schema.json': of('The numbers of a law pack, with dates', schemas.parameters),
    'facts.schema.json': of('The catalogue of facts', schemas.facts),
    'measures.schema.json': of('Measures, tiers and groups', schemas.measures),
    'profile.schema.json': of('A State profile', schemas.profile),
    'register.schema.json': of('The treaty-status register', schemas.register),
    'translation.schema.json': of('Texts of the law in a further language', schemas.translation),
    'request.schema.json': requestSchema(rules),
    'assessment.schema.json': of('An assessment', assessmentShape),
  };
}

function requestSchema(rules: RuleSet): JsonSchema {
  const facts = Object.fromEntries(
    rules.facts.map((fact) => {
      const kind: JsonSchema[] = {
        boolean: [{ type: 'boolean' }],
        years: [{ type: 'number', minimum: 0 }, { const: 'life' }],
        choice: [{ enum: fact.choices.map((choice) => choice.value) }],
        date: [{ type: 'string', format: 'date' }],
      }[fact.type];
      return [fact.id, { description: fact.label.en, anyOf: [...kind, { type: 'null' }] }];
    }),
  );
  const state = {
    description: 'ISO 3166-1 alpha-2; or AA, QM to QZ, XA to XZ, ZZ (invented States) and EU',
    anyOf: [{ enum: STATE_CODES }, { type: 'string', pattern: FREE_CODES.source }],
  };
  return {
    title: 'A request to be assessed',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      instrument: {
        description: 'Left out: every instrument that may bind the two States',
        enum: [...rules.packs.filter((pack) => pack.kind === 'instrument').map((pack) => pack.id), null],
      },
      requestingState: state,
      requestedState: state,
      receivedOn: { type: 'string', format: 'date' },
      measure: { enum: rules.measures.map((measure) => measure.id) },
      facts: {
        description: 'Known facts; a fact that is absent or null is unknown',
        type: 'object',
        properties: facts,
        additionalProperties: false,
      },
    },
    required: ['requestingState', 'requestedState', 'receivedOn', 'measure'],
    additionalProperties: false,
  };
}

// The JSON Schema of a request file, made from the form itself, so that the two cannot part.

import { FREE_CODES, STATE_CODES } from '../../kernel/state-code.ts';
import { MOST_YEARS } from './content.ts';
import { FIELDS } from './fields.ts';
import type { Field } from './fields-kinds.ts';
import { MEASURES } from './fields-measures.ts';
import { FORMAT, INSTRUMENT } from './file.ts';

type JsonSchema = { readonly [key: string]: unknown };

const STATE: JsonSchema = { $ref: '#/$defs/state' };
const MOMENT = String.raw`^\d{4}-\d{2}-\d{2}(?:T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$`;

/** JSON Schema draft 2020-12. Everything in the content may be missing: completeness is another question than form. */
export function requestFileSchema(): JsonSchema {
  return {
    title: 'A request file',
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...object({
      $schema: { type: 'string' },
      rogatory: { const: FORMAT },
      measure: { enum: MEASURES },
      requestingState: STATE,
      requestedState: STATE,
      instrument: { type: 'string', pattern: INSTRUMENT.source },
      content: objectOf(FIELDS),
    }),
    required: ['rogatory', 'measure', 'requestingState', 'requestedState', 'content'],
    $defs: {
      state: {
        description: 'ISO 3166-1 alpha-2; or AA, QM to QZ, XA to XZ, ZZ (invented States) and EU',
        anyOf: [{ enum: STATE_CODES }, { type: 'string', pattern: FREE_CODES.source }],
      },
    },
  };
}

const object = (properties: JsonSchema): JsonSchema => ({ type: 'object', properties, additionalProperties: false });
const objectOf = (fields: readonly Field[]): JsonSchema =>
  object(Object.fromEntries(fields.map((field) => [field.id, schemaOf(field)])));

function schemaOf(field: Field): JsonSchema {
  switch (field.kind) {
    case 'text':
    case 'long-text':
    case 'fact-choice':
      return { type: 'string', minLength: 1, maxLength: field.maxLength };
    case 'choice':
      return { enum: field.options };
    case 'choices':
      return { type: 'array', items: { enum: field.options }, minItems: 1, uniqueItems: true };
    case 'yes-no':
      return { type: 'boolean' };
    case 'number':
      return { type: 'integer', minimum: field.min, maximum: field.max };
    case 'years':
      return { anyOf: [{ type: 'number', minimum: 0, maximum: MOST_YEARS }, { const: 'life' }] };
    case 'day':
      return { type: 'string', format: 'date' };
    case 'moment':
      return { type: 'string', pattern: MOMENT };
    case 'state':
      return STATE;
    case 'language':
      return { type: 'string', pattern: '^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}$' };
    case 'group':
      return objectOf(field.fields);
    case 'list':
      return { type: 'array', items: objectOf(field.fields), maxItems: field.maxItems };
  }
}

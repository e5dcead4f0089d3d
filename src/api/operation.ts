// One operation of the API: what it does, what it takes and gives, and the code that does it, in one place, so that documents cannot drift.

import type { LawBook } from '../app/law-book.ts';
import type { Language } from '../kernel/language.ts';
import type { Policy } from '../law/profile.ts';

/** A JSON Schema, or a reference to one of the document's components. */
export type Schema = { readonly [key: string]: unknown };

export type Parameter = {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly description: string;
  readonly schema: Schema;
  readonly example?: string;
};

/** What an operation is given: the node's law and policy, and the call. */
export type Call = {
  readonly book: LawBook;
  readonly policy: Policy;
  readonly request: Request;
  readonly language: Language;
  readonly path: (name: string) => string;
  readonly query: (name: string) => string | undefined;
};

export type Operation = {
  readonly method: 'get' | 'post';
  /** As OpenAPI writes it: `/api/law/provisions/{id}`. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  /** Media type to schema, and a body that works, for readers and for the test that sends it. */
  readonly body?: { readonly [media: string]: { readonly schema: Schema; readonly example: unknown } };
  readonly answer: {
    readonly media: string;
    readonly description: string;
    readonly schema: Schema;
    readonly more?: { readonly [media: string]: Schema };
  };
  /** The statuses of problems it may answer with. */
  readonly problems: readonly number[];
  readonly handle: (call: Call) => Promise<Response> | Response;
};

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });
export const object = (properties: Record<string, Schema>): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
export const text: Schema = { type: 'string' };
export const day: Schema = { type: 'string', format: 'date' };

export const json = (value: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { headers: { ...headers, 'content-type': 'application/json' } });

/** The explanations' language is part of what is cached and of what is answered (RFC 9110, sections 8.5 and 12.5.5). */
export const spoken = (language: Language): Record<string, string> => ({
  'content-language': language,
  vary: 'accept-language',
});

export const LANGUAGE: Parameter = {
  name: 'lang',
  in: 'query',
  description: 'Language of explanations: en or ar; else the best of Accept-Language',
  schema: { enum: ['en', 'ar'] },
  example: 'ar',
};

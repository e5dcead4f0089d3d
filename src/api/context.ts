// What the API needs from the node it runs on, and how its answers are made.

import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { LawBook } from '../app/law-book.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Policy } from '../law/profile.ts';
import { day, problemShape } from './shapes.ts';

export type ApiPorts = {
  readonly book: LawBook;
  /** The policy of this office: its State profile's, or the packs' own. */
  readonly policy: Policy;
  readonly today: () => Day;
  /** Example requests, name to text: the document shows the first and the shortest. */
  readonly examples: { readonly [name: string]: string };
  /** The English messages, by `area.key`: what the document says stands in the catalogues, where the reference page reads it too. */
  readonly words: { readonly [key: string]: string };
};

export type Api = OpenAPIHono;

/** JSON as the command line prints it: two spaces, a line feed at the end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function json(value: unknown, headers: Record<string, string> = {}): Response {
  return new Response(jsonText(value), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', ...headers },
  });
}

/** The day whose law is meant; documented once, used by several addresses. */
export const asOf = day.optional().openapi({ param: { name: 'as-of', in: 'query' }, format: 'date' });

/** How an answer of JSON stands in the document. */
export const answer = (shape: z.ZodType, description: string) => ({
  description,
  content: { 'application/json': { schema: shape } },
});

/** How the problems with these statuses stand in the document. */
export const problems = ({ words }: Pick<ApiPorts, 'words'>, ...statuses: readonly number[]) =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: words[`api.status.${status}`] as string,
        content: { 'application/problem+json': { schema: problemShape } },
      },
    ]),
  );

/** What the catalogue says of an operation. */
export const about = ({ words }: Pick<ApiPorts, 'words'>, operationId: string) => ({
  operationId,
  summary: words[`api.op.${operationId}.summary`] as string,
  description: words[`api.op.${operationId}.text`] as string,
});

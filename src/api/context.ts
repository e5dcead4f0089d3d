// What the API needs from the node it runs on, and the one way an operation is put into it: described, checked, answered.

import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { HandedInEnds, Progress, Sender } from '../app/casework/api-intake.ts';
import type { LawBook } from '../app/law-book.ts';
import type { Recognised } from '../app/people/api-keys.ts';
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
  /** Requests handed in by programs; a node without an office has none. */
  readonly intake?: IntakeApi;
};

/** What the node does for programs that hold a key. */
export type IntakeApi = {
  readonly recognise: (shown: string) => Promise<Recognised>;
  readonly handIn: (sender: Sender, repetition: string, text: string) => Promise<HandedInEnds>;
  readonly progress: (sender: Sender, reference: string) => Promise<Progress | undefined>;
  /** A request file to show. */
  readonly example: string;
};

export type Api = OpenAPIHono;

type Asked<P, Q> = { readonly params: P; readonly query: Q; readonly context: Context };

/** One operation: where it is, what may be asked, what is answered, and how. */
export type Operation<P extends z.ZodObject, Q extends z.ZodObject> = {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Its name in the document; the catalogues say what it is for. */
  readonly id: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: NonNullable<RouteConfig['request']>['body'];
  /** Headers that the operation reads. */
  readonly headers?: z.ZodObject;
  /** Answered only to whoever shows a key. */
  readonly withKey?: true;
  readonly status?: 200 | 201;
  readonly answers: z.ZodType | RouteConfig['responses'][string];
  readonly failures?: readonly number[];
  readonly answer: (asked: Asked<z.infer<P>, z.infer<Q>>) => Response | Promise<Response>;
};

/** The name, in the document, of the way in which a key is shown. */
export const KEY_SCHEME = 'key';

/** Puts an operation into the API; a parameter that it does not know is a problem and is never passed over. */
export function operation<P extends z.ZodObject = z.ZodObject, Q extends z.ZodObject = z.ZodObject>(
  app: Api,
  { words }: Pick<ApiPorts, 'words'>,
  {
    method,
    path,
    id,
    params,
    query,
    body,
    headers,
    withKey,
    status = 200,
    answers,
    failures = [],
    answer,
  }: Operation<P, Q>,
): void {
  const ok = words[`api.status.${status}`] as string;
  const route = createRoute({
    method,
    path,
    operationId: id,
    summary: words[`api.${id}.summary`] as string,
    description: words[`api.${id}.text`] as string,
    request: {
      query: query ?? z.strictObject({}),
      ...(params ? { params } : {}),
      ...(headers ? { headers } : {}),
      ...(body ? { body } : {}),
    },
    ...(withKey ? { security: [{ [KEY_SCHEME]: [] }] } : {}),
    responses: {
      [status]:
        'safeParse' in answers ? { description: ok, content: { 'application/json': { schema: answers } } } : answers,
      ...Object.fromEntries(
        [400, ...failures, 500].map((failure) => [
          failure,
          {
            description: words[`api.status.${failure}`] as string,
            content: { 'application/problem+json': { schema: problemShape } },
          },
        ]),
      ),
    },
  });
  const handler = (context: Context) => {
    const checked = (part: 'query' | 'param') => context.req.valid(part as never);
    return answer({ context, params: params ? checked('param') : ({} as z.infer<P>), query: checked('query') });
  };
  // Answers are made as text, so that they are the same to the byte everywhere; tests hold them to their shapes.
  app.openapi(route, handler as never);
}

/** JSON as the command line prints it: two spaces, a line feed at the end. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function json(value: unknown, headers: Record<string, string> = {}, status: 200 | 201 = 200): Response {
  return new Response(jsonText(value), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', ...headers },
  });
}

/** The day whose law is meant, where it may be left out. */
export const asOf = day.optional();

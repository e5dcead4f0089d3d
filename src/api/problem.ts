// What goes wrong, said to a program: problem details (RFC 9457), each kind with a name of its own.

import type { Fault } from '../kernel/outcome.ts';

/** Every kind of problem, the status it has, and what it is called. */
export const PROBLEMS = {
  'idempotency-key-missing': { status: 400, title: 'A request is handed in under a name of its own' },
  'malformed-body': { status: 400, title: 'The body is not what its content type says' },
  'bad-parameter': { status: 400, title: 'The query has a parameter that cannot be used' },
  'key-needed': { status: 401, title: 'A key of this office is needed' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not for this address' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not read here' },
  'unusable-request': { status: 422, title: 'The request cannot be assessed as it stands' },
  'not-received': { status: 422, title: 'The request cannot be taken in as it stands' },
  'idempotency-key-reused': { status: 422, title: 'Something else was handed in under this name' },
  'too-often': { status: 429, title: 'The key was used too often' },
} as const;
export type ProblemKind = keyof typeof PROBLEMS;

/** One thing to mend: a place in the body (RFC 6901) and its line, or the name of a query parameter. */
export type ProblemError = {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
  readonly line?: number;
};

/** More faults than a person mends in one go. */
const ERRORS_SHOWN = 100;

export function problem(
  kind: ProblemKind,
  detail: string,
  { errors, headers }: { readonly errors?: readonly ProblemError[]; readonly headers?: Record<string, string> } = {},
): Response {
  const { status, title } = PROBLEMS[kind];
  const shown = errors && { errors: errors.slice(0, ERRORS_SHOWN) };
  const body = { type: `urn:rogatory:problem:${kind}`, title, status, detail, ...shown };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: {
      'cache-control': 'no-store',
      'content-language': 'en',
      ...headers,
      'content-type': 'application/problem+json',
    },
  });
}

/** Faults of a request as a problem: how many there are, and each with its place. */
export function unusable(
  faults: readonly Fault[],
  kind: ProblemKind = 'unusable-request',
  undone = 'nothing was assessed',
): Response {
  const stand = faults.length === 1 ? 'one fault stands' : `${faults.length} faults stand`;
  return problem(kind, `${stand} in the way; ${undone}`, {
    errors: faults.map(({ pointer, detail, line }) => ({ pointer, detail, ...(line === undefined ? {} : { line }) })),
  });
}

/** Text of others, short enough to be repeated. */
export const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

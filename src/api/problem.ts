// What goes wrong, said to a program: problem details (RFC 9457), each kind with its own address on the reference page.

import type { Fault } from '../kernel/outcome.ts';

/** Every kind of problem, the status it has, and what it is called. */
export const PROBLEMS = {
  'malformed-body': { status: 400, title: 'The body is not what its content type says' },
  'unknown-parameter': { status: 400, title: 'The query has a parameter that cannot be used' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This method is not for this address' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not read here' },
  'unusable-input': { status: 422, title: 'The input cannot be used' },
  defect: { status: 500, title: 'A defect of this node' },
} as const;
export type ProblemKind = keyof typeof PROBLEMS;

/** One thing to mend: a place in the body (RFC 6901), or the name of a query parameter. */
export type ProblemError = { readonly pointer?: string; readonly parameter?: string; readonly detail: string };

/** More faults than a person mends in one go. */
const ERRORS_SHOWN = 100;
const PROBLEM_JSON = 'application/problem+json';

export function problem(
  kind: ProblemKind,
  detail: string,
  { errors, headers }: { readonly errors?: readonly ProblemError[]; readonly headers?: Record<string, string> } = {},
): Response {
  const { status, title } = PROBLEMS[kind];
  const body = {
    type: `/api#problem-${kind}`,
    title,
    status,
    detail,
    ...(errors ? { errors: errors.slice(0, ERRORS_SHOWN) } : {}),
  };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: { 'cache-control': 'no-store', ...headers, 'content-type': PROBLEM_JSON, 'content-language': 'en' },
  });
}

/** Faults of an input as a problem: how many there are, and each with its place. */
export const unusable = (faults: readonly Fault[]): Response =>
  problem(
    'unusable-input',
    `${faults.length === 1 ? 'One thing is' : `${faults.length} things are`} to be mended; nothing was assessed.`,
    {
      errors: faults.map(({ pointer, detail }) => ({ pointer, detail })),
    },
  );

/** Text of others, short enough to be repeated. */
export const clip = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

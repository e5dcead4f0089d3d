// POST /api/assessments: one request in and its assessment out, or many, one a line. The same bytes as `rogatory assess` prints.

import { z } from '@hono/zod-openapi';
import { type AssessOptions, assessInput } from '../app/assess-request.ts';
import type { LawBook } from '../app/law-book.ts';
import type { Day } from '../kernel/calendar.ts';
import { type Language, LANGUAGES } from '../kernel/language.ts';
import type { Fault } from '../kernel/outcome.ts';
import { parseJson } from '../kernel/strict-json.ts';
import { JSON_TYPE, LINES_TYPE, readBody } from './body.ts';
import { type Api, type ApiPorts, asOf, jsonText, operation } from './context.ts';
import { problem, unusable } from './problem.ts';

/** Lines assessed in one request: a bound on what one client can ask for at once. */
export const MAX_LINES = 1_000;

export const REF = {
  request: { $ref: '#/components/schemas/Request' },
  assessment: { $ref: '#/components/schemas/Assessment' },
};

export function assessmentRoutes(app: Api, ports: ApiPorts): void {
  const { book, policy, words, examples } = ports;
  operation(app, ports, {
    method: 'post',
    path: '/api/assessments',
    id: 'assess',
    query: z.strictObject({ 'as-of': asOf, lang: z.enum(LANGUAGES).optional() }),
    body: {
      required: true,
      content: {
        [JSON_TYPE]: { schema: REF.request, example: exampleBody(examples) },
        [LINES_TYPE]: { schema: { type: 'string', description: words['api.lines.in'] as string } },
      },
    },
    answers: {
      description: words['api.status.200'] as string,
      headers: { 'Content-Language': { schema: { type: 'string', enum: [...LANGUAGES] } } },
      content: {
        [JSON_TYPE]: { schema: REF.assessment },
        [LINES_TYPE]: { schema: { type: 'string', description: words['api.lines.out'] as string } },
      },
    },
    failures: [413, 415, 422],
    answer: async ({ query, context }) => {
      const language = query.lang ?? preferredLanguage(context.req.header('accept-language') ?? '');
      const options: AssessOptions = { policy, language, ...(query['as-of'] ? { asOf: query['as-of'] as Day } : {}) };
      const body = await readBody(context);
      if (!body.ok) return body.faults[0] as Response;
      return body.value.type === JSON_TYPE
        ? assessOne(book, body.value.text, options, language)
        : assessLines(book, body.value.text, options, language);
    },
  });
}

const headersFor = (type: string, language: Language): Record<string, string> => ({
  'content-type': `${type}; charset=utf-8`,
  'content-language': language,
  'cache-control': 'no-store',
  vary: 'accept-language',
});

function assessOne(book: LawBook, text: string, options: AssessOptions, language: Language): Response {
  const parsed = parseJson(text);
  if (!parsed.ok) {
    // A key that stands twice is JSON, but not an input that means one thing.
    const [first] = parsed.faults;
    return first?.pointer === ''
      ? problem('malformed-body', `the body ${first.detail} (line ${first.line})`)
      : unusable(parsed.faults);
  }
  const assessed = assessInput(book, parsed.value.value, options);
  if (!assessed.ok)
    return unusable(assessed.faults.map((fault) => withLine(fault, parsed.value.lineOf(fault.pointer))));
  return new Response(jsonText(assessed.value.assessment), { headers: headersFor(JSON_TYPE, language) });
}

const withLine = (fault: Fault, line: number | undefined): Fault => (line === undefined ? fault : { ...fault, line });

/** Each line is assessed when the reader is ready for it, so that a slow reader costs no memory. */
function assessLines(book: LawBook, text: string, options: AssessOptions, language: Language): Response {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > MAX_LINES)
    return problem('too-large', `${lines.length} lines; at most ${MAX_LINES} are assessed at once`);
  const bytes = new TextEncoder();
  let next = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      const line = lines[next++];
      if (line === undefined) controller.close();
      else controller.enqueue(bytes.encode(`${lineFor(book, line, options)}\n`));
    },
  });
  return new Response(stream, { headers: headersFor(LINES_TYPE, language) });
}

function lineFor(book: LawBook, line: string, options: AssessOptions): string {
  const parsed = parseJson(line);
  const assessed = parsed.ok ? assessInput(book, parsed.value.value, options) : parsed;
  if (assessed.ok) return JSON.stringify(assessed.value.assessment);
  return JSON.stringify({
    error: assessed.faults.map((fault) => `${fault.pointer || '(whole line)'}: ${fault.detail}`).join('; '),
  });
}

/** The best language of an Accept-Language header that explanations are written in (RFC 9110, section 12.5.4). */
export function preferredLanguage(header: string): Language {
  let best: Language = 'en';
  let highest = 0;
  for (const part of header.split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters
      .map((one) => /^\s*q=(\d(?:\.\d{0,3})?)\s*$/.exec(one)?.[1])
      .find((one) => one !== undefined);
    const weight = quality === undefined ? 1 : Number(quality);
    const language = LANGUAGES.find((one) => one === tag.split('-')[0]);
    if (language && weight > highest) [best, highest] = [language, weight];
  }
  return best;
}

/** The shortest example: it fits on a page, and in a command to try. */
function exampleBody(examples: ApiPorts['examples']): unknown {
  const [shortest = '{}'] = Object.values(examples).sort((a, b) => a.length - b.length);
  return JSON.parse(shortest);
}

// GET /api/law and what is below it: the law this node holds, whole and in parts, with worked cases run as they are asked for.

import { createRoute, z } from '@hono/zod-openapi';
import { archiveText, inForceOn, parametersOf, workedCases } from '../app/consult-law.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Provision } from '../law/provision.ts';
import type { RuleSet } from '../law/rule-set.ts';
import { about, answer, type Api, type ApiPorts, asOf, json, problems } from './context.ts';
import { clip, problem, type ProblemError } from './problem.ts';
import * as shapes from './shapes.ts';

const nothing = z.strictObject({});

export function lawRoutes(app: Api, ports: ApiPorts): void {
  const { book, today } = ports;
  const { rules, hash: ruleSet } = book;
  const get = <Q extends z.ZodType>(path: string, id: string, query: Q, shape: z.ZodType, ...failures: number[]) =>
    createRoute({
      method: 'get',
      path,
      ...about(ports, id),
      request: { query },
      responses: {
        200: answer(shape, ports.words['api.status.200'] as string),
        ...problems(ports, 400, ...failures, 500),
      },
    });

  app.openapi(get('/api/law', 'law', z.strictObject({ 'as-of': asOf }), shapes.lawShape), (c) => {
    const on = (c.req.valid('query')['as-of'] ?? today()) as Day;
    return json(describeLaw(ports, on));
  });

  app.openapi(get('/api/law/facts', 'facts', nothing, shapes.factsShape), () =>
    json({ ruleSet, groups: rules.groups, facts: rules.facts }),
  );

  app.openapi(get('/api/law/measures', 'measures', nothing, shapes.measuresShape), () =>
    json({ ruleSet, tiers: rules.tiers, measures: rules.measures, groups: rules.measureGroups }),
  );

  const filters = z.strictObject({
    pack: z.string().optional(),
    effect: shapes.effect.optional(),
    measure: z.string().optional(),
    'as-of': asOf,
  });
  app.openapi(get('/api/law/provisions', 'provisions', filters, shapes.provisionsShape), (c) => {
    const { pack, effect, measure, 'as-of': day } = c.req.valid('query');
    const wrong = unknownNames(rules, pack, measure);
    if (wrong.length > 0) return problem('unknown-parameter', 'the law here has no such name', { errors: wrong });
    const on = (day ?? today()) as Day;
    const found = rules.provisions.filter(
      (one) =>
        inForceOn(one, on) &&
        (pack === undefined || one.pack === pack) &&
        (effect === undefined || one.effect === effect) &&
        (measure === undefined || Object.hasOwn(one.concerns, measure)),
    );
    return json({ ruleSet, asOf: on, count: found.length, provisions: found.map(summaryOf) });
  });

  const one = createRoute({
    method: 'get',
    path: '/api/law/provisions/{id}',
    ...about(ports, 'provision'),
    request: {
      params: z.object({ id: z.string().openapi({ example: rules.provisions[0]?.id ?? '' }) }),
      query: nothing,
    },
    responses: {
      200: answer(shapes.provisionShape, ports.words['api.status.200'] as string),
      ...problems(ports, 400, 404, 500),
    },
  });
  app.openapi(one, (c) => {
    const { id } = c.req.valid('param');
    const versions = rules.provisions.filter((provision) => provision.id === id);
    if (versions.length === 0) return problem('not-found', `there is no provision "${clip(id)}"`);
    return json({ ruleSet, id, versions: versions.map((version) => wholeOf(rules, version)) });
  });

  const span = z.strictObject({ from: shapes.day, to: shapes.day });
  app.openapi(get('/api/law/diff', 'diff', span, shapes.diffShape), (c) => {
    const { from, to } = c.req.valid('query');
    return json({ from, to, changes: book.changes(from as Day, to as Day) });
  });

  let archive: string | undefined;
  app.openapi(get('/api/law/rule-set', 'ruleSet', nothing, shapes.archiveShape), () => {
    archive ??= archiveText(book);
    return new Response(archive, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-cache',
        etag: `"${ruleSet.replace('sha256:', '')}"`,
      },
    });
  });
}

/** What this node's law consists of on a day; the counts of a pack are of the provisions that stand on it. */
function describeLaw({ book: { rules, hash }, policy }: ApiPorts, on: Day) {
  const standing = rules.provisions.filter((one) => inForceOn(one, on));
  return {
    ruleSet: hash,
    asOf: on,
    policy: policy.profile && policy.hash ? { state: policy.profile.state, hash: policy.hash } : null,
    counts: {
      provisions: rules.provisions.length,
      inForce: standing.length,
      facts: rules.facts.length,
      measures: rules.measures.length,
      workedCases: rules.provisions.reduce((sum, one) => sum + one.cases.length, 0),
    },
    packs: rules.packs.map(({ articles, ...pack }) => {
      const own = standing.filter((one) => one.pack === pack.id);
      const sure = (level: string) => own.filter((one) => one.source.confidence === level).length;
      return {
        ...pack,
        provisions: own.length,
        confidence: { certified: sure('certified'), secondary: sure('secondary'), unverified: sure('unverified') },
        reviewed: own.filter((one) => one.reviewed.length > 0).length,
        articles: articles.map(({ article, title }) => ({ article, title, page: articlePage(pack.prefix, article) })),
      };
    }),
    tiers: rules.tiers,
    measures: rules.measures,
    facts: rules.facts.map(({ id, type, judgement }) => ({ id, type, judgement })),
  };
}

const articlePage = (prefix: string, article: string): string => `/law/${prefix}/${encodeURIComponent(article)}`;
const pageOf = ({ id, article }: Provision): string => `${articlePage(id.slice(0, id.indexOf(':')), article)}#${id}`;

const summaryOf = (one: Provision) => ({
  id: one.id,
  pack: one.pack,
  article: one.article,
  place: one.source.place,
  title: one.title,
  effect: one.effect,
  concerns: one.concerns,
  confidence: one.source.confidence,
  inForce: one.inForce,
  reviewed: one.reviewed.length > 0,
  href: `/api/law/provisions/${one.id}`,
  page: pageOf(one),
});

/** Everything a provision says; where in which file it says so is no part of it. */
function wholeOf(rules: RuleSet, provision: Provision) {
  const { file: _file, line: _line, cases: _cases, reviewed, ...said } = provision;
  return {
    ...said,
    parameters: parametersOf(rules, provision),
    cases: workedCases(rules, provision).map(({ measure, given, expect, found }) => ({
      measure,
      given,
      expect,
      found,
    })),
    reviewed,
    page: pageOf(provision),
  };
}

function unknownNames(rules: RuleSet, pack: string | undefined, measure: string | undefined): ProblemError[] {
  const errors: ProblemError[] = [];
  const check = (parameter: string, name: string | undefined, known: readonly string[]): void => {
    if (name !== undefined && !known.includes(name))
      errors.push({ parameter, detail: `must be one of ${known.join(', ')}` });
  };
  check(
    'pack',
    pack,
    rules.packs.map((one) => one.id),
  );
  check(
    'measure',
    measure,
    rules.measures.map((one) => one.id),
  );
  return errors;
}

// GET /api/law and what is below it: the law this node holds, whole and in parts, with worked cases run as they are asked for.

import { z } from '@hono/zod-openapi';
import { archiveText, parametersOf } from '../app/consult-law.ts';
import { type CaseResult, workedCases } from '../app/law-cases.ts';
import { lawOnDay } from '../app/law-on-day.ts';
import type { Day } from '../kernel/calendar.ts';
import type { Provision } from '../law/provision.ts';
import type { RuleSet } from '../law/rule-set.ts';
import { type Api, type ApiPorts, asOf, json, operation } from './context.ts';
import { clip, problem, type ProblemError } from './problem.ts';
import * as shapes from './shapes.ts';

export function lawRoutes(app: Api, ports: ApiPorts): void {
  const { book, policy, today } = ports;
  const { rules, hash: ruleSet } = book;
  const casesOf = workedCases(book);
  const get = { method: 'get' } as const;

  operation(app, ports, {
    ...get,
    path: '/api/law',
    id: 'law',
    query: z.strictObject({ 'as-of': asOf }),
    answers: shapes.lawShape,
    answer: ({ query }) => json(describeLaw(ports, (query['as-of'] ?? today()) as Day)),
  });

  operation(app, ports, {
    ...get,
    path: '/api/law/facts',
    id: 'facts',
    answers: shapes.factsShape,
    answer: () => json({ ruleSet, groups: rules.groups, facts: rules.facts }),
  });

  operation(app, ports, {
    ...get,
    path: '/api/law/measures',
    id: 'measures',
    answers: shapes.measuresShape,
    answer: () => json({ ruleSet, tiers: rules.tiers, measures: rules.measures, groups: rules.measureGroups }),
  });

  operation(app, ports, {
    ...get,
    path: '/api/law/provisions',
    id: 'provisions',
    query: z.strictObject({
      pack: z.string().optional(),
      effect: shapes.effect.optional(),
      measure: z.string().optional(),
      'as-of': asOf,
    }),
    answers: shapes.provisionsShape,
    answer: ({ query: { pack, effect, measure, 'as-of': day } }) => {
      const wrong = unknownNames(rules, pack, measure);
      if (wrong.length > 0) return problem('bad-parameter', 'the law here has no such name', { errors: wrong });
      const law = lawOnDay(book, policy, (day ?? today()) as Day);
      const found = law.standing.filter(
        (one) =>
          (pack === undefined || one.pack === pack) &&
          (effect === undefined || one.effect === effect) &&
          (measure === undefined || Object.hasOwn(one.concerns, measure)),
      );
      return json({ ruleSet, asOf: law.day, count: found.length, provisions: found.map(summaryOf) });
    },
  });

  operation(app, ports, {
    ...get,
    path: '/api/law/provisions/{id}',
    id: 'provision',
    params: z.object({ id: z.string() }),
    answers: shapes.provisionShape,
    failures: [404],
    answer: ({ params: { id } }) => {
      const versions = rules.provisions.filter((provision) => provision.id === id).sort(byStart);
      if (versions.length === 0) return problem('not-found', `there is no provision "${clip(id)}"`);
      return json({ ruleSet, id, versions: versions.map((version) => wholeOf(rules, version, casesOf(version))) });
    },
  });

  operation(app, ports, {
    ...get,
    path: '/api/law/diff',
    id: 'diff',
    query: z.strictObject({ from: shapes.day, to: shapes.day }),
    answers: shapes.diffShape,
    answer: ({ query: { from, to } }) => json({ from, to, changes: book.changes(from as Day, to as Day) }),
  });

  let archive: string | undefined;
  operation(app, ports, {
    ...get,
    path: '/api/law/rule-set',
    id: 'ruleSet',
    answers: shapes.archiveShape,
    answer: () => {
      archive ??= archiveText(book);
      return new Response(archive, {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'cache-control': 'no-cache',
          etag: `"${ruleSet.replace('sha256:', '')}"`,
        },
      });
    },
  });
}

/** What this node's law consists of on a day; the counts of a pack are of the provisions that stand on it. */
function describeLaw({ book, policy }: ApiPorts, on: Day) {
  const { rules, hash } = book;
  const { standing } = lawOnDay(book, policy, on);
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
    packs: rules.packs.map((pack) => {
      const own = standing.filter((one) => one.pack === pack.id);
      const sure = (level: string) => own.filter((one) => one.source.confidence === level).length;
      return {
        id: pack.id,
        prefix: pack.prefix,
        kind: pack.kind,
        version: pack.version,
        title: pack.title,
        short: pack.short,
        address: pack.address,
        provisions: own.length,
        confidence: { certified: sure('certified'), secondary: sure('secondary'), unverified: sure('unverified') },
        reviewed: own.filter((one) => one.reviewed.length > 0).length,
        articles: pack.articles.map(({ article, title }) => ({
          article,
          title,
          page: articlePage(pack.prefix, article),
        })),
      };
    }),
    tiers: rules.tiers,
    measures: rules.measures,
    facts: rules.facts.map(({ id, type, judgement }) => ({ id, type, judgement })),
  };
}

const startOf = ({ inForce }: Provision): string => (inForce === 'always' ? '' : inForce.from);
const byStart = (a: Provision, b: Provision): number => (startOf(a) < startOf(b) ? -1 : 1);

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
function wholeOf(rules: RuleSet, provision: Provision, cases: readonly CaseResult[]) {
  const { file: _file, line: _line, cases: _cases, reviewed, ...said } = provision;
  return {
    ...said,
    parameters: parametersOf(rules, provision),
    cases: cases.map(({ one: { measure, given, expect }, found }) => ({ measure, given, expect, found })),
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

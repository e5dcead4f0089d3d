// Routes of oversight's space. What is read of cases is on record; nothing here writes in a case.

import { type Context, Hono } from 'hono';
import { type CaseList, isStanding, type OversightPorts, type Standing } from '../../app/oversight/book-ports.ts';
import { countingOf } from '../../app/oversight/counting.ts';
import { homeFor } from '../../app/oversight/home.ts';
import { accessActs, allCasesOn, casesOn } from '../../app/oversight/lists.ts';
import { proveCase } from '../../app/oversight/prove.ts';
import { reportFor } from '../../app/oversight/report.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { type Desk, type DeskEnv, nothingHere, signedIn, withNames } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { requireRole } from '../session.ts';
import { officeFindingRoutes, findingRoutes } from './finding-routes.ts';
import { homePage } from './home-page.ts';
import { accessFile, fileHead, fileLines } from './list-rows.ts';
import { type ListView, listPage } from './lists-page.ts';
import { OFFICE_FINDINGS, OVERSIGHT, provePath, type TypedFields } from './parts.ts';
import { provePage } from './prove-page.ts';
import { reportFile, reportPage } from './report-page.ts';
import { sampleRoutes } from './sample-routes.ts';

type C = Context<DeskEnv>;

/** /oversight and everything below it but the record of readings; and /office/findings. */
export function oversightRoutes(ports: OversightPorts): Hono<DeskEnv> {
  const { work } = ports;
  const own = requireRole('oversight.read') as never;
  const app = new Hono<DeskEnv>();
  for (const path of ['', '/cases', '/cases/*', '/lists/*', '/samples', '/samples/*', '/findings', '/findings/*'])
    app.use(`${OVERSIGHT}${path}`, own, signedIn(work));
  for (const path of ['/report', '/report.csv', '/report.json']) app.use(`${OVERSIGHT}${path}`, own, signedIn(work));
  const answers = requireRole('finding.answer') as never;
  app.use(OFFICE_FINDINGS, answers, signedIn(work)).use(`${OFFICE_FINDINGS}/*`, answers, signedIn(work));

  return app
    .get(OVERSIGHT, (c) => home(c, ports))
    .get(`${OVERSIGHT}/cases`, async (c) => {
      const reference = (c.req.query('reference') ?? '').trim().toUpperCase();
      // Whether there is such a case is said on its own page, where the reading is on record.
      if (/^[A-Z]{2}-\d{4}-\d{1,9}$/.test(reference)) return c.redirect(provePath(reference), 303);
      const { t } = c.var.desk.page;
      return home(c, ports, [{ field: 'reference', message: t('oversight.prove.reference.wrong') }], reference);
    })
    .get(`${OVERSIGHT}/cases/:reference`, async (c) => {
      const { desk } = c.var;
      const proof = await proveCase(ports, desk.actor, c.req.param('reference') as Reference);
      if (proof === undefined) return nothingHere(c);
      return c.html(provePage(await withNames(desk, proof.file, proof.steps), proof));
    })
    .get(`${OVERSIGHT}/lists/:list{[a-z-]+}`, (c) => list(c, ports))
    .get(`${OVERSIGHT}/lists/:file{[a-z-]+\\.csv}`, (c) => listFile(c, ports))
    .get(`${OVERSIGHT}/report`, async (c) => {
      const { desk } = c.var;
      const { typed, errors, from, to } = reportPeriod(c);
      const report = errors.length > 0 ? undefined : await reportFor(ports, desk.actor, { from, to });
      return c.html(reportPage(desk, { report: report ?? null, typed, errors }), errors.length > 0 ? 422 : 200);
    })
    .get(`${OVERSIGHT}/report.csv`, (c) => reportAs(c, ports, 'csv'))
    .get(`${OVERSIGHT}/report.json`, (c) => reportAs(c, ports, 'json'))
    .route('/', sampleRoutes(ports))
    .route('/', findingRoutes(ports))
    .route('/', officeFindingRoutes(ports));
}

async function home(c: C, ports: OversightPorts, errors: readonly FieldError[] = [], reference = '') {
  const { desk } = c.var;
  const found = await homeFor(ports, desk.actor);
  if (found === undefined) return nothingHere(c);
  return c.html(homePage(desk, { home: found, errors, reference }), errors.length > 0 ? 422 : 200);
}

/** A day of the address; what is none is a fault of its field. */
function dayIn(c: C, name: string, errors: FieldError[]): Day | null {
  const text = (c.req.query(name) ?? '').trim();
  if (text === '') return null;
  const day = parseDay(text);
  if (day.ok) return day.value;
  errors.push({ field: name, message: c.var.desk.page.t('oversight.day.wrong') });
  return null;
}

const CURSOR = /^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z\|[a-z0-9-]{1,40}$/;

function asked(c: C) {
  const errors: FieldError[] = [];
  const [from, to] = [dayIn(c, 'from', errors), dayIn(c, 'to', errors)];
  if (from !== null && to !== null && to < from)
    errors.push({ field: 'to', message: c.var.desk.page.t('oversight.refusal.period-backwards') });
  const after = CURSOR.exec(c.req.query('after') ?? '')?.[0] ?? null;
  const typed: TypedFields = { from: c.req.query('from') ?? '', to: c.req.query('to') ?? '' };
  return { asked: { from, to, after }, typed, errors };
}

/** The names of whoever appears on a list. */
async function namesFor(desk: Desk, people: readonly (string | null | undefined)[]) {
  const ids = [...new Set(people.filter((one) => one != null && one !== 'clock'))] as PersonId[];
  const names = await desk.work.store.names(ids);
  return (person: string | null): string =>
    person === null || person === 'clock' ? desk.page.t('casework.clock') : (names[person] ?? person);
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const peopleIn = (value: unknown): string[] => JSON.stringify(value).match(UUID) ?? [];

async function list(c: C, ports: OversightPorts): Promise<Response> {
  const { desk } = c.var;
  const name = c.req.param('list') ?? '';
  if (!isStanding(name)) return nothingHere(c);
  const { asked: what, typed, errors } = asked(c);
  const given = errors.length > 0 ? { from: null, to: null, after: null } : what;
  const cases = name === 'access' ? null : ((await casesOn(ports, desk.actor, name, given)) ?? null);
  const access = name === 'access' ? ((await accessActs(ports, desk.actor, given)) ?? null) : null;
  const whole = given.from === null && given.to === null && name !== 'access';
  const counts = whole ? await ports.lists.counts(desk.actor.id, countingOf(ports.work)) : undefined;
  const view: ListView = {
    list: name,
    asked: given,
    typed,
    errors,
    cases,
    access,
    count: counts === undefined ? null : counts[name as CaseList],
    nameOf: await namesFor(desk, peopleIn([cases?.cases.map(({ entries }) => entries), access?.acts])),
  };
  return c.html(listPage(desk, view), errors.length > 0 ? 422 : 200);
}

/** Beyond so many acts a file holds the latest. */
const MOST_ACTS = 5000;

async function listFile(c: C, ports: OversightPorts): Promise<Response> {
  const { desk } = c.var;
  const name = (c.req.param('file') ?? '').replace(/\.csv$/, '');
  const { asked: what, errors } = asked(c);
  if (!isStanding(name) || errors.length > 0) return nothingHere(c);
  const text = await textOf(desk, ports, name, what);
  return c.body(text, 200, fileHeaders('text/csv', `${name}-${desk.page.today}.csv`));
}

async function textOf(desk: Desk, ports: OversightPorts, name: Standing, what: ReturnType<typeof asked>['asked']) {
  if (name === 'access') {
    const found = await accessActs(ports, desk.actor, { ...what, after: null }, MOST_ACTS);
    const acts = found?.acts ?? [];
    return accessFile(acts, await namesFor(desk, peopleIn(acts)));
  }
  const parts = [fileHead(name)];
  for await (const one of allCasesOn(ports, desk.actor, name, what))
    parts.push(fileLines(one, await namesFor(desk, peopleIn(one.entries))));
  return parts.join('');
}

export const fileHeaders = (type: string, name: string) => ({
  'content-type': `${type}; charset=utf-8`,
  'content-disposition': `attachment; filename="${name}"`,
});

/** The period of the report; where none is given, this year up to today. */
function reportPeriod(c: C) {
  const { today } = c.var.desk.page;
  const { asked: what, typed, errors } = asked(c);
  const from = what.from ?? (`${(what.to ?? today).slice(0, 4)}-01-01` as Day);
  const to = what.to ?? ([from, today].sort()[1] as Day);
  return { from, to, errors, typed: errors.length > 0 ? typed : { from, to } };
}

async function reportAs(c: C, ports: OversightPorts, as: 'csv' | 'json'): Promise<Response> {
  const { from, to, errors } = reportPeriod(c);
  const report = errors.length > 0 ? undefined : await reportFor(ports, c.var.desk.actor, { from, to });
  if (report === undefined) return nothingHere(c);
  const text = as === 'csv' ? reportFile(report) : `${canonicalJson(report as unknown as Json)}\n`;
  const type = as === 'csv' ? 'text/csv' : 'application/json';
  return c.body(text, 200, fileHeaders(type, `oversight-${from}-${to}.${as}`));
}

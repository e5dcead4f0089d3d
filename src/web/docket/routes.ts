// The pages of lists: my work, the docket with its views and its file, and the duty desk.

import { type Context, Hono } from 'hono';
import { type Colleague, takeCase } from '../../app/casework/assign.ts';
import type { Casework } from '../../app/casework/casework.ts';
import { atTheDesk, linesOf, listCases, myWork } from '../../app/casework/docket.ts';
import type { DocketQuery } from '../../app/casework/ports.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { answered, fieldsOf, one } from '../casework/answers.ts';
import { can, type Desk, type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { Html } from '../html.ts';
import { csvHead, csvLines } from './csv.ts';
import { deskPage, SCHEMES } from './desk-page.ts';
import { listPage } from './list-page.ts';
import { addressOf, queryOf, readQuery } from './query.ts';
import { workPage } from './work-page.ts';

export type DocketPorts = { readonly work: Casework };

const REFERENCE = /^[A-Z]{2}-\d{4}-\d{6,}$/;
const MOST_VIEWS = 50;
const LONGEST_QUERY = 2_000;
/** A file holds so many lines at most; whoever needs more asks for less at a time. */
const MOST_LINES = 10_000;
const LINES_AT_ONCE = 500;

export function docketRoutes({ work }: DocketPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  for (const path of ['/work', '/work/*', '/docket', '/docket/*', '/docket.csv', '/desk'])
    app.use(path, signedIn(work));
  app.get('/work', async (c) => {
    const stepped = c.req.query('stepped') ?? '';
    const shown = await workNow(c.var.desk, [], REFERENCE.test(stepped) ? stepped : undefined);
    return shown ? c.html(shown) : nothingHere(c);
  });
  app.post('/work/take', takeOne);
  app.get('/docket', async (c) => {
    const shown = await list(c, queryOf(c));
    return shown ? c.html(shown) : nothingHere(c);
  });
  app.get('/docket.csv', csv);
  app.post('/docket/views', saveView);
  app.post('/docket/views/drop', dropView);
  app.get('/desk', async (c) => {
    const found = await atTheDesk(work, c.var.desk.actor);
    const scheme = SCHEMES.find((known) => known === c.req.query('scheme')) ?? 'auto';
    return found ? c.html(deskPage(c.var.desk, found, scheme)) : nothingHere(c);
  });
  return app;
}

async function workNow(desk: Desk, errors: readonly FieldError[], stepped?: string): Promise<Html | undefined> {
  const mine = await myWork(desk.work, desk.actor);
  if (mine === undefined) return undefined;
  const names = await desk.work.store.names(mine.away.map(({ person }) => person));
  return workPage(desk, { mine, errors, stepped, nameOf: (person) => names[person ?? ''] ?? '' });
}

async function takeOne(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const reference = one(await fieldsOf(c), 'reference') as Reference;
  const acted = await takeCase(desk.work, desk.actor, { reference, version: null });
  return answered(c, acted, `/requests/${reference}`, async (errors) => (await workNow(desk, errors)) as Html);
}

/** The docket as somebody asked for it; undefined where it is not theirs. */
async function list(
  c: Context<DeskEnv>,
  given: URLSearchParams,
  again: { readonly errors?: readonly FieldError[]; readonly viewName?: string } = {},
): Promise<Html | undefined> {
  const { desk } = c.var;
  const asked = readQuery(desk, given);
  const listed = await listCases(desk.work, desk.actor, asked.query);
  if (listed === undefined) return undefined;
  const { views, people } = listed;
  const nameOf = await namesIn(desk, listed.page.lines, people, asked.fields.assignee);
  return listPage(desk, { asked, listed, views, people, nameOf, ...again });
}

async function namesIn(
  { work }: Desk,
  lines: readonly { readonly assignee: PersonId | null }[],
  people: readonly Colleague[] = [],
  also = '',
): Promise<(id: string | null) => string> {
  const known = new Map<string, string>(people.map(({ id, name }) => [id, name]));
  const ids = new Set(lines.flatMap(({ assignee }) => (assignee === null ? [] : [assignee])));
  if (also.length > 6) ids.add(also as PersonId);
  // Whoever has left the office is no colleague any more, and still has a name.
  const names = await work.store.names([...ids].filter((id) => !known.has(id)));
  return (id) => known.get(id ?? '') ?? names[id ?? ''] ?? '';
}

async function csv(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const { query } = readQuery(desk, queryOf(c));
  const file = [csvHead()];
  let after: string | undefined = query.after;
  for (let count = 0; count < MOST_LINES; count += LINES_AT_ONCE) {
    const next: DocketQuery = { ...query, size: LINES_AT_ONCE, ...(after === undefined ? {} : { after }) };
    const page = await linesOf(desk.work, desk.actor, next);
    if (page === undefined) return nothingHere(c);
    file.push(csvLines(page.lines, await namesIn(desk, page.lines)));
    if (page.next === null) break;
    after = page.next;
  }
  return c.body(file.join(''), 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="docket-${desk.work.world.today()}.csv"`,
  });
}

async function saveView(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  if (!can(desk, 'docket.read')) return nothingHere(c);
  const { t } = desk.page;
  const fields = await fieldsOf(c);
  const given = new URLSearchParams(one(fields, 'query'));
  const name = one(fields, 'name').trim();
  const address = addressOf(readQuery(desk, given).fields);
  const query = address.split('?')[1] ?? '';
  const known = await desk.work.store.views(desk.actor.id);
  const wrong =
    name === '' || name.length > 80
      ? t('casework.views.name.missing')
      : query.length > LONGEST_QUERY
        ? t('casework.views.tooLong')
        : known.length >= MOST_VIEWS && !known.some((view) => view.name === name)
          ? t('casework.views.tooMany')
          : undefined;
  if (wrong !== undefined) {
    const errors = [{ field: 'view-name', message: wrong }];
    const shown = await list(c, given, { errors, viewName: name });
    return shown ? c.html(shown, 422) : nothingHere(c);
  }
  await desk.work.store.saveView(desk.actor.id, name, query);
  return c.redirect(address, 303);
}

async function dropView(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const fields = await fieldsOf(c);
  await desk.work.store.dropView(desk.actor.id, one(fields, 'name'));
  return c.redirect(addressOf(readQuery(desk, new URLSearchParams(one(fields, 'query'))).fields), 303);
}

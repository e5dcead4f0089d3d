// What of a case belongs to no single part of it: its timeline, its people, and its end.

import { type Context, Hono } from 'hono';
import { assignable, assignCase, declare } from '../../app/casework/assign.ts';
import { closeCase } from '../../app/casework/closing.ts';
import type { Casework } from '../../app/casework/casework.ts';
import type { ExportPorts } from '../../app/casework/export-ports.ts';
import { stepReceipt } from '../../app/casework/step-receipt.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import type { Html } from '../html.ts';
import { answered, type Fields, fieldsOf, one, targetOf } from './answers.ts';
import { casePath } from './tabs.ts';
import { closePage } from './close-page.ts';
import { can, caseDesk, type DeskEnv, nothingHere, signedIn, withNames } from './context.ts';
import { keptFrom } from './kept-back.ts';
import { type PeopleParts, peoplePage } from './people-page.ts';
import { timelinePage } from './timeline-page.ts';

/** Without a log there are no receipts. */
export type CaseworkPorts = { readonly work: Casework; readonly exporting?: Pick<ExportPorts, 'steps' | 'log'> };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function caseworkRoutes({ work, exporting }: CaseworkPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  for (const tab of ['timeline', 'receipts/*', 'people', 'people/*', 'close'])
    app.use(`/requests/:reference/${tab}`, signedIn(work));
  app.get('/requests/:reference/timeline', async (c) => {
    const desk = await caseDesk(c, 'timeline');
    if (desk === undefined) return nothingHere(c);
    const [history, published = 0] = await Promise.all([
      work.store.history(desk.actor.id, desk.file.id),
      exporting?.log?.published(desk.file.id),
    ]);
    const named = await withNames(desk, desk.file, history);
    return c.html(timelinePage(named, history, c.req.query('order') === 'oldest' ? 'oldest' : 'newest', published));
  });
  app.get('/requests/:reference/receipts/:seq{[1-9][0-9]{0,8}}', async (c) => {
    const desk = exporting && (await caseDesk(c, 'timeline'));
    if (desk === undefined || exporting === undefined) return nothingHere(c);
    const seq = Number(c.req.param('seq'));
    const history = await work.store.history(desk.actor.id, desk.file.id);
    const recorded = history.find((one) => one.seq === seq);
    const open = recorded !== undefined && !keptFrom(desk, history)(recorded);
    const given = await stepReceipt(exporting, desk.actor.id, desk.file, seq, open);
    return given ? receiptFile(`${desk.file.reference}-step-${seq}`, given.receipt) : nothingHere(c);
  });
  app.get('/requests/:reference/people', async (c) => {
    const shown = await people(c, { next: c.req.query('next') === 'work' ? 'work' : 'here' });
    return shown ? c.html(shown) : nothingHere(c);
  });
  app.post('/requests/:reference/people/hand-over', handOver);
  app.post('/requests/:reference/people/conflict', stepBack);
  app.get('/requests/:reference/close', async (c) => {
    const desk = can(c.var.desk, 'case.close') ? await caseDesk(c, 'close') : undefined;
    return desk ? c.html(closePage(desk)) : nothingHere(c);
  });
  app.post('/requests/:reference/close', closing);
  return app;
}

const receiptFile = (name: string, receipt: string): Response =>
  new Response(receipt, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.tlog-proof"`,
    },
  });

/** The tab as it is now; undefined where the case is not there for this person. */
async function people(
  c: Context<DeskEnv>,
  parts: Omit<PeopleParts, 'history' | 'colleagues'>,
): Promise<Html | undefined> {
  const desk = await caseDesk(c, 'people');
  if (desk === undefined) return undefined;
  const [history, all] = await Promise.all([
    desk.work.store.history(desk.actor.id, desk.file.id),
    can(desk, 'case.assign') ? assignable(desk.work) : [],
  ]);
  const away = new Set(desk.file.conflicts.map(({ by }) => by));
  const named = await withNames(desk, desk.file, history);
  return peoplePage(named, { ...parts, history, colleagues: all.filter(({ id }) => !away.has(id)) });
}

async function handOver(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const fields: Fields = await fieldsOf(c);
  const target = targetOf(c, fields);
  const to = one(fields, 'to');
  const next = one(fields, 'next') === 'work' ? 'work' : 'here';
  // What is no person's id can be nobody's; the decider says so.
  const person = to === '' ? null : ((UUID.test(to) ? to : 'nobody') as PersonId);
  const acted = await assignCase(desk.work, desk.actor, target, person);
  const goTo = next === 'work' ? '/work' : casePath(target.reference, 'people');
  return answered(c, acted, goTo, async (errors) => (await people(c, { next, errors, typed: { to } })) as Html, {
    'docket.cannot-take': 'to',
  });
}

async function stepBack(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const fields = await fieldsOf(c);
  const reason = one(fields, 'reason');
  // Whatever happened meanwhile, nobody is kept from stepping back.
  const target = { ...targetOf(c, fields), version: null };
  const acted = await declare(desk.work, desk.actor, target, reason);
  return answered(
    c,
    acted,
    `/work?${new URLSearchParams({ stepped: target.reference })}`,
    async (errors) => (await people(c, { next: 'here', errors, typed: { reason } })) as Html,
    { 'docket.reason-missing': 'reason' },
  );
}

async function closing(c: Context<DeskEnv>): Promise<Response> {
  const { desk } = c.var;
  const fields = await fieldsOf(c);
  const target = targetOf(c, fields);
  const result = one(fields, 'result');
  const keptBack = one(fields, 'keptBack');
  const acted = await closeCase(desk.work, desk.actor, target, result, keptBack);
  const now = acted.is === 'conflict' ? await withNames(desk, acted.file) : await caseDesk(c, 'close');
  return answered(
    c,
    acted,
    casePath(target.reference, 'timeline'),
    (errors) => (now ? closePage(now, errors, { result, keptBack }) : ('' as never)),
    { 'docket.result-missing': 'result', 'docket.kept-back-reason': 'keptBack', 'docket.not-handed-over': 'keptBack' },
  );
}

// Routes of public figures: the reports for anybody, and for approver and registrar the making of one.

import { setTimeout } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import { may } from '../../domain/registry/policy.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { periodOf } from '../../domain/reporting/period.ts';
import type { LetterPress } from '../../app/letters/ports.ts';
import type { LogPorts } from '../../app/log/ports.ts';
import type { Casework } from '../../app/casework/casework.ts';
import { reportFile } from '../../app/reporting/file.ts';
import { proofsFor } from '../../app/reporting/proofs.ts';
import type { DrawChart, Published } from '../../app/reporting/ports.ts';
import { type Making, reportMaking } from '../../app/reporting/making.ts';
import { choicesOf, preview, proposeReport, type ReportingPorts } from '../../app/reporting/publish.ts';
import {
  confirmThreshold,
  proposeThreshold,
  thresholdNow,
  type ThresholdPorts,
} from '../../app/reporting/threshold.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { fieldsOf, one, refusalErrors } from '../casework/answers.ts';
import { type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import type { WebEnv } from '../context.ts';
import { liveStream } from '../live-stream.ts';
import { requireRole } from '../session.ts';
import { reportCsv, reportDocument } from './files.ts';
import { choicesPage, makingPage, OFFICE_FIGURES, previewPage, sayShare } from './office-page.ts';
import { FIGURES, noReports, reportPage, reportPath } from './page.ts';
import { THRESHOLD } from './threshold.ts';

export type FiguresPorts = {
  readonly reporting: ReportingPorts;
  readonly threshold: ThresholdPorts;
  readonly log: LogPorts;
  readonly press: LetterPress;
  readonly draw: DrawChart;
  readonly work: Casework;
  /** The address of the node; undefined where it has none of its own. */
  readonly origin: string | undefined;
};
type C = Context<WebEnv>;

const PERIOD = '{[0-9]{4}(?:-Q[1-4])?}';

export function figuresRoutes(ports: FiguresPorts): Hono<WebEnv> {
  const { reporting, log, press, work } = ports;
  const { store } = reporting;
  const find = async (c: C): Promise<Published | undefined> => {
    const period = periodOf(c.req.param('period') ?? '');
    return period && store.find(period.name);
  };
  const zone = (): string => work.office().settings.calendar.timeZone;
  const sent = (c: C, body: string | Uint8Array, type: string, name: string): Response =>
    c.body(typeof body === 'string' ? body : new Uint8Array(body), 200, {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
    });
  const nothing = (c: C) => nothingHere(c as unknown as Context<DeskEnv>);
  const app = new Hono<WebEnv>();
  app.get(FIGURES, async (c) => {
    const latest = (await store.all()).at(-1);
    return c.html(latest === undefined ? noReports(c.var.page) : await readable(c, ports, latest));
  });
  app.get(`${FIGURES}/:period${PERIOD}`, async (c) => {
    const published = await find(c);
    return published === undefined ? nothing(c) : c.html(await readable(c, ports, published));
  });
  app.get(`${FIGURES}/:period${PERIOD}/proofs.json`, requireRole('oversight.read'), async (c) => {
    const { session } = c.var;
    const actor = session && { id: session.person.id, roles: session.person.roles };
    const proofs = actor && (await proofsFor(reporting, actor, c.req.param('period')));
    if (proofs === undefined) return nothing(c);
    return c.body(ReadableStream.from(proofs).pipeThrough(new TextEncoderStream()), 200, {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${c.req.param('period')}-proofs.json"`,
      'cache-control': 'no-store, no-transform',
    });
  });
  // A period and an ending are one part of a path; Hono tells them apart by the pattern.
  app.get(`${FIGURES}/:file{[0-9]{4}(?:-Q[1-4])?\\.(?:json|csv|pdf)}`, async (c) => {
    const [name = '', ending] = c.req.param('file').split('.');
    const period = periodOf(name);
    const published = period && (await store.find(period.name));
    if (published === undefined) return nothing(c);
    if (ending === 'csv') return sent(c, reportCsv(published.report), 'text/csv; charset=utf-8', `${name}.csv`);
    const json = await reportFile(log, published);
    if (ending === 'json') return sent(c, json, 'application/json', `${name}.json`);
    const attachment = { name: 'report.json', bytes: new TextEncoder().encode(json) } as const;
    const pdf = await press.print(reportDocument(c.var.page, published.report, zone()), attachment);
    return sent(c, pdf, 'application/pdf', `${name}.pdf`);
  });
  return app.route('/', officeRoutes(ports) as unknown as Hono<WebEnv>);
}

async function readable(c: C, { reporting, log, draw, work, origin }: FiguresPorts, { report, commitment }: Published) {
  const all = await reporting.store.all();
  const { session } = c.var;
  return reportPage(c.var.page, {
    report,
    periods: all.map((one) => one.report.period.name).reverse(),
    index: await indexOf(log, commitment),
    origin: origin === undefined ? '' : new URL(origin).origin,
    timeZone: work.office().settings.calendar.timeZone,
    draw,
    mayHaveProofs: session !== undefined && may(session.person.roles, 'oversight.read'),
  });
}

/** Where the report stands in the log that is public by now. */
async function indexOf(log: LogPorts, commitment: Uint8Array): Promise<number | null> {
  return (await log.entries.indexOf(commitment)) ?? null;
}

/** A report that is made within as many milliseconds is there at once; whoever publishes a larger one sees how far it is. */
const AT_ONCE = 500;
const soon = ({ ended }: Making) => Promise.race([ended, setTimeout(AT_ONCE, undefined, { ref: false })]);

function officeRoutes({ reporting, threshold, work }: FiguresPorts): Hono<DeskEnv> {
  const own = requireRole('figures.publish') as never;
  const reports = reportMaking(reporting);
  const nameOf = async (person: PersonId | undefined): Promise<string> =>
    person === undefined ? '' : ((await work.store.names([person]))[person] ?? person);
  const choose = async (c: Context<DeskEnv>, typed = '', refused: readonly Refusal[] = []): Promise<Response> => {
    const { desk } = c.var;
    const [choices, now] = await Promise.all([choicesOf(reporting, desk.actor), thresholdNow(threshold)]);
    if (choices === undefined) return nothingHere(c);
    const errors = refusalErrors(desk, refused, { 'reporting.threshold-number': 'threshold' });
    const isMade = (period: string): boolean => reports.of(period)?.isOver() === false;
    const view = { choices, isMade, threshold: { now, proposer: await nameOf(now.proposed?.by), typed }, errors };
    return c.html(choicesPage(desk, view), errors.length > 0 ? 422 : 200);
  };
  /** The report as it would be now, with what was refused of it. */
  const look = async (c: Context<DeskEnv>, period: string, refused: readonly Refusal[] = []): Promise<Response> => {
    const { desk } = c.var;
    const answer = await preview(reporting, desk.actor, period);
    const seen = answer.ok ? answer.value : undefined;
    const errors = refusalErrors(desk, answer.ok || refused.length > 0 ? refused : answer.faults);
    const view = { period, seen, proposer: await nameOf(seen?.proposed?.by), errors };
    return c.html(previewPage(desk, view), errors.length > 0 ? 422 : 200);
  };
  const isPublished = async (name: string): Promise<boolean> => {
    const period = periodOf(name);
    return period !== undefined && (await reporting.store.find(period.name)) !== undefined;
  };
  /** Tells whoever began it how it ended; a defect is thrown on. */
  const ended = async (c: Context<DeskEnv>, name: string, making: Making): Promise<Response> => {
    reports.told(name);
    const done = await making.ended;
    return done.ok ? c.redirect(reportPath(name), 303) : look(c, name, done.faults);
  };
  return new Hono<DeskEnv>()
    .use(OFFICE_FIGURES, own, signedIn(work))
    .use(`${OFFICE_FIGURES}/*`, own, signedIn(work))
    .get(OFFICE_FIGURES, (c) => choose(c))
    .post(THRESHOLD, async (c) => {
      const fields = await fieldsOf(c);
      const typed = one(fields, 'threshold');
      const act = one(fields, 'do') === 'confirm' ? confirmThreshold : proposeThreshold;
      const done = await act(threshold, c.var.desk.actor, typed);
      return done.ok ? c.redirect(`${OFFICE_FIGURES}#threshold-title`, 303) : choose(c, typed, done.faults);
    })
    .get(`${OFFICE_FIGURES}/:period${PERIOD}`, async (c) => {
      const { desk } = c.var;
      const name = c.req.param('period');
      const making = reports.of(name);
      if (making?.isOver() === false) return c.html(makingPage(desk, name, making.share()));
      if (making?.by === desk.actor.id) return ended(c, name, making);
      return (await isPublished(name)) ? c.redirect(reportPath(name), 303) : look(c, name);
    })
    .get(`${OFFICE_FIGURES}/:period${PERIOD}/events`, (c) => {
      const making = reports.of(c.req.param('period'));
      return liveStream(c, ({ progress, changed }) => {
        let told = '';
        const hear = (): void => {
          const going = making?.isOver() === false && JSON.stringify(sayShare(c.var.page, making.share()));
          if (going === false) changed();
          else if (going !== told) progress(going);
          told = going || told;
        };
        hear();
        return making?.listen(hear) ?? (() => undefined);
      });
    })
    .post(`${OFFICE_FIGURES}/:period${PERIOD}`, async (c) => {
      const { desk } = c.var;
      const name = c.req.param('period');
      const fields = await fieldsOf(c);
      const [act, read] = [one(fields, 'do'), one(fields, 'read')];
      if (act === 'publish') {
        const making = reports.begin(desk.actor, name, read);
        await soon(making).catch(() => undefined);
        return making.isOver() ? ended(c, name, making) : c.redirect(`${OFFICE_FIGURES}/${name}`, 303);
      }
      const done = await proposeReport(reporting, desk.actor, name, read);
      return done.ok ? c.redirect(`${OFFICE_FIGURES}/${name}`, 303) : look(c, name, done.faults);
    });
}

// Routes of what comes besides and after the decision: the hold, execution, secrecy, notice, complaint and review of a case.

import { type Context, Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import { issueNotice, type Letters } from '../../app/casework/letters.ts';
import { isLanguage } from '../../kernel/language.ts';
import type { Refusal } from '../../kernel/refusal.ts';
import { answered, type Fields, fieldsOf, one, refusalErrors, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { type CaseDesk, caseDesk, type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { Html } from '../html.ts';
import { type Area, controlId, type Typed } from './act-form.ts';
import { codePage, LETTER_ACT } from './code-page.ts';
import { EXECUTION_ACTS } from './execution-acts.ts';
import { executionPage } from './execution-page.ts';
import { FIELD_OF, type Handlers } from './handlers.ts';
import { reading } from './reading.ts';
import { SECRECY_ACTS, sendNoticeFrom } from './secrecy-acts.ts';
import { secrecyPage } from './secrecy-page.ts';

type Tab = {
  readonly area: Area;
  readonly acts: Handlers;
  readonly render: (desk: CaseDesk, typed: Typed | undefined) => Html;
};

const TABS: readonly Tab[] = [
  { area: 'execution', acts: EXECUTION_ACTS, render: executionPage },
  { area: 'secrecy', acts: SECRECY_ACTS, render: secrecyPage },
];

export type CarryingOutPorts = {
  readonly work: Casework;
  readonly letters: Letters;
  /** The address of this node as the world reaches it; without it, the one at which the form came in. */
  readonly origin?: string | undefined;
};

/** The two tabs, each with a form an act. */
export function carryingOutRoutes({ work, letters, origin }: CarryingOutPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use('/requests/*', signedIn(work));
  // Apart from the other acts: its answer shows a code that is never shown again, so it cannot be a redirect.
  app.post('/requests/:reference/secrecy/send-notice', sendNotice);
  app.post(`/requests/:reference/secrecy/${LETTER_ACT}`, (c) =>
    printNotice(c, letters, new URL('/notice', origin ?? c.req.url).href),
  );
  for (const tab of TABS) {
    app.get(`/requests/:reference/${tab.area}`, async (c) => {
      const desk = await caseDesk(c, tab.area);
      return desk ? c.html(tab.render(desk, undefined)) : nothingHere(c);
    });
    app.post(`/requests/:reference/${tab.area}/:act`, (c) => post(c, tab));
  }
  return app;
}

async function post(c: Context<DeskEnv>, tab: Tab): Promise<Response> {
  const act = c.req.param('act') ?? '';
  const handler = Object.hasOwn(tab.acts, act) ? tab.acts[act] : undefined;
  if (handler === undefined) return nothingHere(c);
  const fields = await fieldsOf(c);
  const target = targetOf(c, fields);
  const read = reading(c.var.desk, tab.area, act, fields);
  const pending = handler(c.var.desk, target, read);
  // Reading is done once the handler was called; nothing is sent to the case while something cannot be read.
  if (read.faults.length > 0)
    return (await again(c, tab, { act, no: read.no, fields, errors: read.faults })) ?? nothingHere(c);
  const acted = await pending();
  if (acted.is === 'absent' || acted.is === 'not-allowed') return nothingHere(c);
  return answered(c, acted, casePath(target.reference, tab.area), (errors, refusals) =>
    render(c, tab, act, read.no, fields, errors, refusals),
  );
}

async function render(
  c: Context<DeskEnv>,
  tab: Tab,
  act: string,
  no: number,
  fields: Fields,
  errors: readonly FieldError[],
  refusals: readonly Refusal[],
): Promise<Html> {
  const placed = refusals.length === 0 ? errors : placedErrors(c, act, no, fields, refusals);
  const desk = await caseDesk(c, tab.area);
  if (!desk) throw new Error('the case was there a moment ago');
  return tab.render(desk, { act, no, fields, errors: placed });
}

/** A refusal stands beside the field it is about, where this form has that field. */
const placedErrors = (c: Context<DeskEnv>, act: string, no: number, fields: Fields, refusals: readonly Refusal[]) =>
  refusals.flatMap((refusal) => {
    const field = FIELD_OF[refusal.code]?.find((id) => Object.hasOwn(fields, id));
    const place = field === undefined ? {} : { [refusal.code]: controlId(act, no, field) };
    return refusalErrors(c.var.desk, [refusal], place);
  });

async function again(c: Context<DeskEnv>, tab: Tab, typed: Typed): Promise<Response | undefined> {
  const desk = await caseDesk(c, tab.area);
  return desk && c.html(tab.render(desk, typed), 422);
}

async function sendNotice(c: Context<DeskEnv>): Promise<Response> {
  const fields = await fieldsOf(c);
  const target = targetOf(c, fields);
  const tab = TABS[1] as Tab;
  const act = 'send-notice';
  const read = reading(c.var.desk, tab.area, act, fields);
  const { acted, code } = await sendNoticeFrom(c.var.desk, target, read);
  if (acted.is === 'done') {
    const desk = await caseDesk(c, tab.area);
    return desk ? c.html(codePage(desk, read.no, code)) : nothingHere(c);
  }
  return answered(c, acted, casePath(target.reference, tab.area), (errors, refusals) =>
    render(c, tab, act, read.no, fields, errors, refusals),
  );
}

/** The letter of a notice with its code, as a file to print; whoever does not bring the code gets none. */
async function printNotice(c: Context<DeskEnv>, letters: Letters, lookUp: string): Promise<Response> {
  const { work, actor } = c.var.desk;
  const fields = await fieldsOf(c);
  const target = { ...targetOf(c, fields), version: null };
  const no = Number(/^\d{1,6}$/.exec(one(fields, 'no'))?.[0] ?? 0);
  const chosen = one(fields, 'language');
  const language = isLanguage(chosen) ? chosen : 'en';
  const wanted = { notice: no, language, caseCode: one(fields, 'code'), lookUp };
  const { acted, pdf, name } = await issueNotice(work, letters, actor, target, wanted);
  if (acted.is !== 'done') {
    const desk = await caseDesk(c, 'secrecy');
    return answered(c, acted, '', (errors) => (desk ? withErrors(desk, errors) : ('' as never)));
  }
  return c.body(new Uint8Array(pdf), 200, {
    'content-type': 'application/pdf',
    // The name is made of a reference, a kind and a language: letters, digits and hyphens.
    'content-disposition': `attachment; filename="${name}"`,
  });
}

/** The tab with what stands in the way, and none of what was typed: it was a code. */
const withErrors = (desk: CaseDesk, errors: readonly FieldError[]): Html =>
  secrecyPage(desk, { act: '', no: 0, fields: {}, errors });

// /requests/<ref>: the request of a case, its documents, and what is done about its form.

import { type Context, Hono } from 'hono';
import type { Acted } from '../../app/casework/act.ts';
import type { FrontDesk } from '../../app/casework/drafts.ts';
import {
  acknowledge,
  alike,
  linkTo,
  requestFileText,
  returnRequest,
  send,
  sendingHash,
  withdraw,
} from '../../app/casework/front-desk.ts';
import { stepUps } from '../../app/people/step-up.ts';
import type { Action } from '../../domain/registry/policy.ts';
import type { LinkKind } from '../../domain/requests/request.ts';
import { answered, type Fields, fieldsOf, one, targetOf } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { type CaseDesk, caseDesk, can, type DeskEnv, nothingHere } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { Html } from '../html.ts';
import { proofOf } from '../people/step-up-fields.ts';
import { errorsOf } from '../people/words.ts';
import { type AccessPorts, siteOf } from '../session.ts';
import { linkPage, returnPage, sendPage, type Typed, withdrawPage } from './act-pages.ts';
import { REFERENCE } from './form-routes.ts';
import { requestTab } from './request-tab.ts';
import { asAttachment } from './upload.ts';

type C = Context<DeskEnv>;
const AT = `/requests/:reference{${REFERENCE}}`;
const KINDS: readonly LinkKind[] = ['duplicate', 'related', 'follow-up'];

export function caseRoutes(front: FrontDesk, access: AccessPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get(AT, (c) => tab(c, front));
  app.post(`${AT}/acknowledge`, (c) =>
    step(c, front, (fields) => acknowledge(front, c.var.desk.actor, targetOf(c, fields))),
  );
  app.get(`${AT}/return`, (c) => shown(c, 'request.return', returnPage));
  app.post(`${AT}/return`, (c) =>
    step(
      c,
      front,
      (fields) =>
        returnRequest(front, c.var.desk.actor, targetOf(c, fields), fields['missing'] ?? [], one(fields, 'text')),
      (desk, fields, errors) => returnPage(desk, typedIn(fields, errors, 'missing')),
      { 'requests.nothing-missing': 'text' },
    ),
  );
  app.get(`${AT}/withdraw`, (c) => shown(c, 'request.withdraw', withdrawPage));
  app.post(`${AT}/withdraw`, (c) =>
    step(
      c,
      front,
      (fields) => withdraw(front, c.var.desk.actor, targetOf(c, fields), one(fields, 'text')),
      (desk, fields, errors) => withdrawPage(desk, typedIn(fields, errors)),
      { 'requests.reason-missing': 'text' },
    ),
  );
  app.get(`${AT}/link`, (c) => shown(c, 'request.link', linkPage));
  app.post(`${AT}/link`, (c) =>
    step(
      c,
      front,
      async (fields): Promise<Acted> => {
        const kind = KINDS.find((each) => each === one(fields, 'kind')) ?? 'related';
        const reference = one(fields, 'reference').trim().toUpperCase();
        return linkTo(front, c.var.desk.actor, targetOf(c, fields), reference, kind);
      },
      (desk, fields, errors) => linkPage(desk, { ...typedIn(fields, errors, 'kind'), text: one(fields, 'reference') }),
      { 'requests.link-unknown': 'reference', 'requests.link-itself': 'reference' },
    ),
  );
  app.get(`${AT}/send`, (c) => shown(c, 'request.send', (desk) => sendPage(desk)));
  app.post(`${AT}/send`, (c) => sending(c, front, access));
  app.get(`${AT}/request.json`, async (c) => {
    const desk = await caseDesk(c, 'request');
    if (desk === undefined) return nothingHere(c);
    const text = new TextEncoder().encode(requestFileText(desk.file));
    return asAttachment(c, `${desk.file.reference}.json`, 'application/json', text);
  });
  app.get(`${AT}/documents/:document`, async (c) => {
    const desk = await caseDesk(c, 'document');
    if (desk === undefined) return nothingHere(c);
    const documents = await front.store.documents(desk.actor.id, desk.file.id);
    const document = documents.find(({ id }) => id === c.req.param('document'));
    const bytes = document && (await front.files.get(document.sha256, { by: desk.actor.id, caseId: desk.file.id }));
    return document && bytes ? asAttachment(c, document.name, document.mediaType, bytes) : nothingHere(c);
  });
  return app;
}

async function tab(c: C, front: FrontDesk, errors: readonly FieldError[] = []): Promise<Response> {
  const desk = await caseDesk(c, 'request');
  return desk === undefined ? nothingHere(c) : c.html(await tabOf(c, front, desk, errors));
}

async function tabOf(c: C, front: FrontDesk, desk: CaseDesk, errors: readonly FieldError[] = []): Promise<Html> {
  const { id } = desk.actor;
  const { file } = desk;
  const likely = file.direction === 'incoming' && !file.closed ? alike(front, desk.actor, file) : [];
  const documents = await front.store.documents(id, file.id);
  const names = await front.store.names(documents.flatMap(({ addedBy }) => addedBy ?? []));
  const fresh = c.req.query('new') !== undefined && errors.length === 0;
  return requestTab({ desk, documents, names, alike: await likely, errors, fresh });
}

async function shown(c: C, action: Action, page: (desk: CaseDesk) => Html): Promise<Response> {
  const desk = can(c.var.desk, action) ? await caseDesk(c, 'request') : undefined;
  return desk === undefined ? nothingHere(c) : c.html(page(desk));
}

const typedIn = (fields: Fields, errors: readonly FieldError[], chosen = ''): Typed => ({
  errors,
  text: one(fields, 'text'),
  chosen: fields[chosen] ?? [],
});

type Again = (desk: CaseDesk, fields: Fields, errors: readonly FieldError[]) => Html;

/** Takes a step and goes back to the tab; where it was refused, the form is shown again, or the tab where it has none. */
async function step(
  c: C,
  front: FrontDesk,
  take: (fields: Fields) => Promise<Acted>,
  again?: Again,
  fieldOf: { readonly [code: string]: string } = {},
): Promise<Response> {
  const fields = await fieldsOf(c);
  const acted = await take(fields);
  const desk = acted.is === 'refused' || acted.is === 'conflict' ? await caseDesk(c, 'request') : undefined;
  if (desk === undefined && acted.is !== 'done') return nothingHere(c);
  return answered(
    c,
    acted,
    casePath(c.req.param('reference') ?? ''),
    (errors) => (again ? again(desk as CaseDesk, fields, errors) : tabOf(c, front, desk as CaseDesk, errors)),
    fieldOf,
  );
}

/** Sent only after a fresh proof of who sends, over the hash of exactly what is sent. */
async function sending(c: C, front: FrontDesk, access: AccessPorts): Promise<Response> {
  const desk = can(c.var.desk, 'request.send') ? await caseDesk(c, 'request') : undefined;
  const site = siteOf(access, c);
  if (desk === undefined || site === undefined) return nothingHere(c);
  const fields = await fieldsOf(c);
  const target = targetOf(c, fields);
  const again = (errors: readonly FieldError[]): Html => sendPage(desk, errors);
  const { reference, version } = desk.file;
  // What was read is what is sent: a password proves who is there, and not what was before their eyes.
  if (target.version !== version) return answered(c, { is: 'conflict', file: desk.file }, '', again);
  const said = new Map(Object.keys(fields).map((name) => [name, one(fields, name)]));
  const proof = proofOf(said, access.addressOf(c));
  const proved = await stepUps(access.people).verify(site, desk.who, sendingHash(front, desk.file), proof);
  if (!proved.ok) return c.html(sendPage(desk, errorsOf(desk.page, proved.faults)), 422);
  return answered(c, await send(front, desk.actor, target), casePath(reference), again);
}

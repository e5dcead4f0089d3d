// The pages of a form, whether it opens a case or changes one: a part at a time, saved at each step, handed in once.

import { type Context, Hono } from 'hono';
import {
  attach,
  draftOfCase,
  type FrontDesk,
  faultsOf,
  isBegun,
  isOpen,
  isStep,
  keep,
  mayWrite,
  saveStep,
  tryStep,
} from '../../app/casework/drafts.ts';
import { alikeDraft, handInChange, putDown, rebase, register } from '../../app/casework/front-desk.ts';
import type { Draft } from '../../app/casework/ports.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import { type Fields, fieldsOf, one, refusalErrors } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { caseDesk, type DeskEnv, nothingHere } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { type FormDesk, formPath, isIncoming, progressOf, summaryPath } from './form-desk.ts';
import { progress } from './progress.ts';
import { stepPage } from './step-page.ts';
import { discardPage, type SummaryParts, summaryPage } from './summary-page.ts';
import { asAttachment, uploadedIn } from './upload.ts';
import { faultErrors, idOf } from './words.ts';

export const REFERENCE = '[A-Z]{2}-\\d{4}-\\d{6,}';
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

type C = Context<DeskEnv>;
type Handler = (c: C, desk: FormDesk, front: FrontDesk) => Response | Promise<Response>;

export function formRoutes(front: FrontDesk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  const withDraft = (handle: Handler) => async (c: C) => {
    const desk = await formDesk(c, front);
    return desk === undefined ? nothingHere(c) : handle(c, desk, front);
  };
  const withForm = (handle: Handler) =>
    withDraft((c, desk) =>
      isBegun(desk.draft) && desk.draft.otherState !== null
        ? handle(c, desk, front)
        : c.redirect(`/requests/new/${desk.draft.id}/basics`, 303),
    );
  const pages = (base: string, summary: string): void => {
    app.get(summary, withForm(showSummary));
    app.post(summary, withForm(handIn));
    app.get(`${base}/discard`, withDraft(askDiscard));
    app.post(`${base}/discard`, withDraft(discard));
    app.post(`${base}/file`, withForm(addFile));
    app.get(`${base}/file/:sha256`, withDraft(giveFile));
    app.get(`${base}/:step`, withForm(showStep));
    app.post(`${base}/:step`, withForm(save));
    app.post(`${base}/:step/progress`, withForm(tryOut));
  };
  const begun = `/requests/new/:draft{${UUID}}`;
  app.get(
    begun,
    withForm((c, desk) => c.redirect(openPage(desk), 303)),
  );
  pages(begun, `${begun}/summary`);
  const change = `/requests/:reference{${REFERENCE}}/:purpose{(?:amend|supplement)}`;
  pages(change, change);
  return app;
}

/** The form of the address with whoever is at it; undefined where it is not theirs, or there is nothing to change. */
async function formDesk(c: C, front: FrontDesk): Promise<FormDesk | undefined> {
  const { desk } = c.var;
  const purpose = c.req.param('purpose');
  if (purpose !== 'amend' && purpose !== 'supplement') {
    const draft = await front.drafts.find(desk.actor.id, c.req.param('draft') ?? '');
    return draft && mayWrite(desk.actor, draft.purpose) ? { ...desk, draft: draft as FormDesk['draft'] } : undefined;
  }
  if (!mayWrite(desk.actor, purpose)) return undefined;
  const found = await caseDesk(c, purpose);
  if (found === undefined || !mayChange(found.file, purpose)) return undefined;
  const draft = await draftOfCase(front, desk.actor, found.file, purpose);
  return { ...desk, draft: draft as FormDesk['draft'], file: found.file };
}

/** Whether the case is in a state in which this change can be asked for; the decider has the last word. */
export const mayChange = (file: CaseFile, purpose: 'amend' | 'supplement'): boolean =>
  !file.closed &&
  !file.request.withdrawn &&
  (purpose === 'amend' ? file.request.sentAt === null : file.direction === 'incoming');

/** Where the form was come from. */
const backOf = ({ file }: FormDesk): string => (file ? casePath(file.reference) : '/requests/new');

/** Where somebody who comes back goes on: the first part that is not done. */
function openPage(desk: FormDesk): string {
  if (!isOpen(desk.draft)) return summaryPath(desk);
  const open = progressOf(desk).find(({ state }) => state !== 'done' && state !== 'optional');
  return open ? formPath(desk, open.step) : summaryPath(desk);
}

function showStep(c: C, desk: FormDesk): Response | Promise<Response> {
  const pages = progressOf(desk);
  const { step } = pages.find((page) => page.step === c.req.param('step')) ?? {};
  if (step === undefined) return nothingHere(c);
  if (!isOpen(desk.draft)) return c.redirect(summaryPath(desk), 303);
  const errors = faultErrors(desk.page, faultsOf(desk.draft, step));
  const note = c.req.query('more') === undefined ? undefined : desk.page.t('intake.note.more');
  return c.html(stepPage({ desk, pages, step, errors, note }));
}

/** Names that are not answers. */
const OURS = ['csrf', 'version', 'do'];
/** NUL is no letter, and PostgreSQL's JSON has no place for it. */
const clean = (text: string): string => text.replaceAll('\u0000', '\ufffd');
const entriesOf = (fields: Fields): Map<string, readonly string[]> =>
  new Map(
    Object.entries(fields)
      .filter(([name]) => !OURS.includes(name))
      .map(([name, values]) => [clean(name), values.map(clean)]),
  );

async function save(c: C, desk: FormDesk, front: FrontDesk): Promise<Response> {
  const step = c.req.param('step') ?? '';
  if (!isStep(step) || !isOpen(desk.draft)) return nothingHere(c);
  const fields = await fieldsOf(c);
  const version = Number(one(fields, 'version'));
  const saved = await saveStep(front, desk.actor, desk.draft, version, step, entriesOf(fields));
  const now = { ...desk, draft: saved.draft };
  const pages = progressOf(now);
  const errors = faultErrors(desk.page, saved.faults);
  if (saved.is === 'overtaken') {
    const note = desk.page.t('intake.note.overtaken');
    return c.html(stepPage({ desk: now, pages, step, errors, note }), 409);
  }
  const listed = Object.keys(fields).find((name) => /^(add|remove):/.test(name));
  if (listed !== undefined) return c.redirect(`${formPath(now, step)}#${placeAfter(listed, now)}`, 303);
  if (one(fields, 'do') === 'stop') return c.redirect(backOf(desk), 303);
  if (errors.length > 0) return c.html(stepPage({ desk: now, pages, step, errors }), 422);
  if (saved.asksMore) return c.redirect(`${formPath(now, step)}?more#form`, 303);
  const next = pages[pages.findIndex((page) => page.step === step) + 1];
  return c.redirect(next ? formPath(now, next.step) : summaryPath(now), 303);
}

/** Where to look after an item came or went: at the new one, or at the list. */
function placeAfter(button: string, desk: FormDesk): string {
  const [action, name = ''] = button.split(':');
  if (action !== 'add') return idOf(name);
  const list = progressOf(desk)
    .flatMap(({ fields }) => fields)
    .flatMap((field) => [field, ...field.fields])
    .find((field) => field.name === name);
  return `${idOf(name)}.${Math.max(0, (list?.items.length ?? 1) - 1)}`;
}

/** What would be missing if the page were saved as it stands; nothing is. For scripts. */
async function tryOut(c: C, desk: FormDesk): Promise<Response> {
  const step = c.req.param('step') ?? '';
  if (!isStep(step)) return nothingHere(c);
  const draft = tryStep(desk.draft, step, entriesOf(await fieldsOf(c)));
  const now = { ...desk, draft };
  return c.html(progress(now, progressOf(now), step));
}

const showSummary = async (c: C, desk: FormDesk, front: FrontDesk): Promise<Response> =>
  c.html(summaryPage(await summaryParts(front, desk)));

async function summaryParts(front: FrontDesk, desk: FormDesk, more: Partial<SummaryParts> = {}): Promise<SummaryParts> {
  const { draft, file } = desk;
  const alike = !file && isIncoming(desk) ? await alikeDraft(front, desk.actor, draft) : [];
  const overtaken = file !== undefined && draft.basedOn !== file.request.contentVersion;
  return { desk, pages: progressOf(desk), alike, errors: [], overtaken, ...more };
}

async function handIn(c: C, desk: FormDesk, front: FrontDesk): Promise<Response> {
  const fields = await fieldsOf(c);
  const { draft, file } = desk;
  const action = one(fields, 'do');
  const reason = one(fields, 'reason');
  const again = async (errors: readonly FieldError[], status: 409 | 422): Promise<Response> =>
    c.html(summaryPage(await summaryParts(front, desk, { errors, reason })), status);
  const overtaken = (): Promise<Response> => again([{ field: '', message: desk.page.t('intake.note.overtaken') }], 409);
  if (Number(one(fields, 'version')) !== draft.version) return overtaken();
  if (action === 'rebase' && file) {
    const rebased = await rebase(front, desk.actor, draft, file);
    return rebased ? c.redirect(summaryPath(desk), 303) : overtaken();
  }
  const unread = progressOf(desk).find(({ state }) => state === 'unread');
  if (unread)
    return again(
      faultErrors(desk.page, faultsOf(draft, unread.step)).map(({ message }) => ({ field: '', message })),
      422,
    );
  if (file) {
    const acted = await handInChange(front, desk.actor, draft, { reference: file.reference, version: null }, reason);
    if (acted.is === 'done') return c.redirect(casePath(file.reference), 303);
    if (acted.is !== 'refused') return nothingHere(c);
    return again(refusalErrors(desk, acted.refusals, { 'requests.reason-missing': 'reason' }), 422);
  }
  const handed = await register(front, desk.actor, draft, draft.version);
  if (handed.is === 'opened') return c.redirect(`${casePath(handed.file.reference)}?new`, 303);
  if (handed.is === 'no-basis') return again([{ field: '', message: desk.page.t('intake.fault.noBasis') }], 422);
  if (handed.is === 'not-allowed') return nothingHere(c);
  return overtaken();
}

const askDiscard = (c: C, desk: FormDesk): Response | Promise<Response> =>
  desk.draft.version > 0 ? c.html(discardPage(desk, desk.draft, c.req.path, backOf(desk))) : nothingHere(c);

async function discard(c: C, desk: FormDesk, front: FrontDesk): Promise<Response> {
  await front.drafts.drop(desk.actor.id, desk.draft.id);
  return c.redirect(backOf(desk), 303);
}

async function addFile(c: C, desk: FormDesk, front: FrontDesk): Promise<Response> {
  if (desk.draft.purpose !== 'supplement') return nothingHere(c);
  const uploaded = await uploadedIn(c);
  if (uploaded === undefined) {
    const errors = [{ field: 'file', message: desk.page.t('intake.fault.noFile') }];
    return c.html(summaryPage(await summaryParts(front, desk, { errors })), 422);
  }
  const kept: Draft | undefined = await keep(
    front,
    desk.actor,
    attach(desk.draft, await putDown(front, uploaded, fileOf(desk))),
  );
  if (kept) return c.redirect(summaryPath(desk), 303);
  const errors = [{ field: '', message: desk.page.t('intake.note.overtaken') }];
  return c.html(summaryPage(await summaryParts(front, desk, { errors })), 409);
}

/** A file of this draft and of no other: whoever knows a hash does not have a right to what it names. */
async function giveFile(c: C, desk: FormDesk, front: FrontDesk): Promise<Response> {
  const document = desk.draft.documents.find(({ sha256 }) => sha256 === c.req.param('sha256'));
  const bytes = document && (await front.files.get(document.sha256, fileOf(desk)));
  return document && bytes ? asAttachment(c, document.name, document.mediaType, bytes) : nothingHere(c);
}

/** The case that the form changes, if it changes one. */
const fileOf = ({ actor, draft }: FormDesk) =>
  draft.caseId === null ? undefined : { by: actor.id, caseId: draft.caseId };

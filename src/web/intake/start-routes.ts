// /requests/new: which way a request came, its file or letter, and what is said first of it.

import { type Context, Hono } from 'hono';
import { basisFault, fileName, putDown, readUpload } from '../../app/casework/front-desk.ts';
import { attach, type FrontDesk, isMeasure, keep, mayWrite, newDraft } from '../../app/casework/drafts.ts';
import type { Draft } from '../../app/casework/ports.ts';
import type { FileFault } from '../../domain/requests/file.ts';
import { fieldsOf, one } from '../casework/answers.ts';
import { type Desk, type DeskEnv, nothingHere } from '../casework/context.ts';
import { stateCode } from '../check/words.ts';
import { pointerText } from '../check/start.ts';
import type { FieldError } from '../components/error-summary.ts';
import { bdi, html } from '../html.ts';
import { type Basics, basicsPage, isWay, NOTHING_SAID, startPage, uploadPage } from './start-pages.ts';
import { uploadedIn } from './upload.ts';
import { labelAt } from './words.ts';

/** Faults shown at most: beyond these, the file is something else. */
const SHOWN = 12;
const mayEnter = (desk: Desk): boolean => mayWrite(desk.actor, 'receive') || mayWrite(desk.actor, 'draft');

export function startRoutes(front: FrontDesk): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.get('/requests/new', async (c) => {
    const { desk } = c.var;
    if (!mayEnter(desk)) return nothingHere(c);
    return c.html(startPage(desk, await front.drafts.mine(desk.actor.id)));
  });
  app.get('/requests/new/:way{(?:file|letter|form|own)}', (c) => {
    const { desk } = c.var;
    const way = c.req.param('way');
    if (!isWay(way) || !mayWrite(desk.actor, way === 'own' ? 'draft' : 'receive')) return nothingHere(c);
    if (way === 'file' || way === 'letter') return c.html(uploadPage(desk, way));
    return c.html(basicsPage(desk, way, NOTHING_SAID, { action: c.req.path }));
  });
  app.post('/requests/new/file', (c) => file(c, front));
  app.post('/requests/new/letter', (c) => letter(c, front));
  app.post('/requests/new/:way{(?:form|own)}', async (c) => {
    const { desk } = c.var;
    const way = c.req.param('way') === 'own' ? 'own' : 'form';
    const purpose = way === 'own' ? 'draft' : 'receive';
    if (!mayWrite(desk.actor, purpose)) return nothingHere(c);
    return begin(c, front, way, newDraft(front, { purpose, channel: 'form' }));
  });
  app.get('/requests/new/:draft/basics', async (c) => {
    const draft = await unbegun(c, front);
    if (draft === undefined) return nothingHere(c);
    return c.html(basicsPage(c.var.desk, 'letter', saidOf(draft), { action: c.req.path, draft }));
  });
  app.post('/requests/new/:draft/basics', async (c) => {
    const draft = await unbegun(c, front);
    return draft === undefined ? nothingHere(c) : begin(c, front, 'letter', draft);
  });
  return app;
}

/** The draft of the address, if this person may still say what it is about. */
async function unbegun(c: Context<DeskEnv>, front: FrontDesk): Promise<Draft | undefined> {
  const { desk } = c.var;
  const draft = await front.drafts.find(desk.actor.id, c.req.param('draft') ?? '');
  return draft?.purpose === 'receive' && draft.channel === 'letter' && mayWrite(desk.actor, 'receive')
    ? draft
    : undefined;
}

const saidOf = ({ measure, otherState, instrument }: Draft): Basics => ({
  measure: measure ?? '',
  otherState: otherState ?? '',
  instrument: instrument ?? '',
});

/** What is asked, by or of which State, under what: from here on the form has pages. */
async function begin(c: Context<DeskEnv>, front: FrontDesk, way: 'letter' | 'form' | 'own', draft: Draft) {
  const { desk } = c.var;
  const { t, book, language } = desk.page;
  const fields = await fieldsOf(c);
  const typed = {
    measure: one(fields, 'measure'),
    otherState: one(fields, 'otherState'),
    instrument: one(fields, 'instrument'),
  };
  const otherState = stateCode(typed.otherState, language);
  const named = book.rules.packs.some((pack) => pack.kind === 'instrument' && pack.id === typed.instrument);
  const measure = isMeasure(typed.measure) ? typed.measure : null;
  const said = { ...draft, measure, otherState: otherState ?? null, instrument: named ? typed.instrument : null };
  const errors: FieldError[] = [];
  if (otherState === undefined) errors.push({ field: 'otherState', message: t('intake.fault.state') });
  else if (otherState === front.office().state)
    errors.push({ field: 'otherState', message: t('intake.fault.ownState') });
  if (measure === null) errors.push({ field: 'measure', message: t('intake.fault.measure') });
  if (typed.instrument !== '' && !named) errors.push({ field: 'instrument', message: t('intake.fault.instrument') });
  if (errors.length === 0 && basisFault(front, said) !== undefined)
    errors.push({ field: 'instrument', message: t(`intake.fault.${named ? 'notYet' : 'noBasis'}`) });
  const again = () => basicsPage(desk, way, typed, { action: c.req.path, draft, errors });
  if (errors.length > 0) return c.html(again(), 422);
  const kept = await keep(front, desk.actor, said);
  if (kept === undefined) {
    errors.push({ field: '', message: t('intake.note.overtaken') });
    return c.html(again(), 409);
  }
  return c.redirect(`/requests/new/${kept.id}/authority`, 303);
}

/** A letter, whatever it is written in: kept as it came, and keyed in beside it. */
async function letter(c: Context<DeskEnv>, front: FrontDesk) {
  const { desk } = c.var;
  if (!mayWrite(desk.actor, 'receive')) return nothingHere(c);
  const uploaded = await uploadedIn(c);
  if (uploaded === undefined) return c.html(uploadPage(desk, 'letter', [noFile(desk)]), 422);
  const fresh = newDraft(front, { purpose: 'receive', channel: 'letter' });
  const kept = await keep(front, desk.actor, attach(fresh, await putDown(front, uploaded)));
  return c.redirect(`/requests/new/${kept?.id}/basics`, 303);
}

/** Our file, or our PDF with the file inside: read, shown as it is, registered on the next page. */
async function file(c: Context<DeskEnv>, front: FrontDesk) {
  const { desk } = c.var;
  const { t } = desk.page;
  if (!mayEnter(desk)) return nothingHere(c);
  const uploaded = await uploadedIn(c);
  if (uploaded === undefined) return c.html(uploadPage(desk, 'file', [noFile(desk)]), 422);
  const read = await readUpload(front, desk.actor, uploaded);
  const wrong = (errors: readonly FieldError[]) => c.html(uploadPage(desk, 'file', errors), 422);
  const name = bdi(fileName(uploaded.name));
  switch (read.is) {
    case 'draft':
      return c.redirect(`/requests/new/${read.draft.id}/summary`, 303);
    case 'not-allowed':
      return nothingHere(c);
    case 'faults':
      return wrong(read.faults.slice(0, SHOWN).map((fault) => fileError(desk, fault)));
    case 'not-for-us':
      return wrong([
        { field: 'file', message: t.rich('intake.fault.notForUs', { name, state: bdi(read.requestedState) }) },
      ]);
    case 'no-request':
    case 'too-large':
      return wrong([{ field: 'file', message: t.rich(`intake.fault.${read.is}`, { name }) }]);
  }
}

const noFile = ({ page: { t } }: Desk): FieldError => ({ field: 'file', message: t('intake.fault.noFile') });

/** A fault of a file in the words of the page, with the place where it is for whoever mends the file. */
function fileError({ page: { t } }: Desk, { pointer, line, code = 'json', values = {} }: FileFault): FieldError {
  const inContent = pointer.startsWith('/content/') && t.has(`request.fault.${code}`);
  const what = inContent
    ? t(`request.fault.${code}`, { ...values, field: labelAt({ t }, pointer.replace('/content', '')) })
    : t(`intake.fileFault.${t.has(`intake.fileFault.${code}`) ? code : 'json'}`);
  return {
    field: 'file',
    message: html`${what} <span class="cite">${pointerText(pointer)}${line !== undefined && html` · ${t('intake.fault.line', { line })}`}</span>`,
  };
}

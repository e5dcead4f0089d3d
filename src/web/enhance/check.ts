// Makes "Check a request" live: the engine runs here, in the browser, and nothing that is entered leaves the page.
// Without this script the same form works by being sent to the server and rendered there.

import { openLawBook } from '../../app/law-book.ts';
import type { Day } from '../../kernel/calendar.ts';
import { followUp, verdictCard } from '../check/assessment.ts';
import type { BrowserBook } from '../check/browser-book.ts';
import { downloadText, FILE_NAME } from '../check/download.ts';
import { viewOfFile } from '../check/file.ts';
import { readForm } from '../check/form.ts';
import { openChecks } from '../check/groups.ts';
import { FORM } from '../check/questions.ts';
import { checkRegion } from '../check/region.ts';
import { advance, type AnswerView, type View } from '../check/view.ts';
import type { LawContext } from '../context.ts';
import { translator } from '../messages.ts';

/** Carries the answers over to the page in the other language, within this tab, and is emptied on arrival. */
const HANDOVER = 'rogatory-check';

type Page = {
  readonly context: LawContext;
  readonly region: HTMLElement;
  readonly status: HTMLElement;
  readonly examples: BrowserBook['examples'];
};

const byId = (id: string): HTMLElement | null => document.getElementById(id);

async function begin(): Promise<void> {
  const region = byId('check');
  const status = byId('check-status');
  if (!region || !status) return;
  const response = await fetch(region.dataset['book'] ?? '');
  if (!response.ok) return;
  const book = (await response.json()) as BrowserBook;
  const page: Page = {
    context: contextOf(book, region.dataset['today'] as Day),
    region,
    status,
    examples: book.examples,
  };
  region.addEventListener('submit', (event) => void submit(page, event));
  region.addEventListener('input', () => live(page));
  // Header buttons belong to the form but stand outside the region.
  document.addEventListener('click', (event) => changeLanguage(page, event));
  byId('privacy-server')?.setAttribute('hidden', '');
  byId('privacy-browser')?.removeAttribute('hidden');
  region.dataset['live'] = 'true';
  takeOver(page);
}

function contextOf(book: BrowserBook, today: Day): LawContext {
  return {
    language: book.language,
    t: translator(book.language, book.messages),
    book: openLawBook(book.rules, book.hash, book.register),
    policy: book.policy,
    today,
  };
}

/** A button was pressed: what the server would answer is worked out and shown here. */
async function submit(page: Page, event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const fields = await fieldsOf(event.target as HTMLFormElement, event.submitter);
  const action = fields.get('do') ?? '';
  const view = viewFor(page, action, fields);
  if (action === 'download' && view.stage === 'answer' && view.errors.length === 0) return save(downloadText(view));
  show(page, view);
}

function viewFor({ context, examples }: Page, action: string, fields: ReadonlyMap<string, string>): View {
  if (action === 'example') return viewOfFile(context, examples[fields.get('example') ?? ''] ?? '');
  if (action === 'file') return viewOfFile(context, fields.get('file') ?? '');
  return advance(context, readForm(context.book.rules, fields));
}

async function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): Promise<Map<string, string>> {
  const fields = new Map<string, string>();
  for (const [name, value] of new FormData(form, submitter))
    fields.set(name, typeof value === 'string' ? value : await value.text());
  return fields;
}

/** Puts a view on the page and the focus where work goes on. */
function show({ context, region, examples }: Page, view: View): void {
  region.innerHTML = checkRegion(context, view, Object.keys(examples)).toString();
  const place = byId('error-summary') ?? (view.stage === 'answer' ? byId('questions') : byId('measure'));
  place?.focus();
  place?.scrollIntoView({ block: 'nearest' });
}

let shown = '';

/** An answer changed: the assessment follows at once; the questions stay where they are, and so does the focus. */
function live({ context, status }: Page): void {
  const form = byId(FORM);
  const [verdict, follow] = [byId('verdict'), byId('follow')];
  if (!(form instanceof HTMLFormElement) || !verdict || !follow) return;
  const fields = new Map(
    [...new FormData(form)].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as const] : [])),
  );
  const view = advance(context, { ...readForm(context.book.rules, fields), action: 'stay' });
  if (view.stage !== 'answer') return;
  replace(verdict, verdictCard(context, view).toString());
  replace(follow, followUp(context, view).toString());
  announce(context, status, view);
}

/** New content in place of the old; what was unfolded stays unfolded. */
function replace(place: HTMLElement, markup: string): void {
  const open = [...place.querySelectorAll('details[open]')].map((one) => one.id);
  place.innerHTML = markup;
  for (const id of open) place.querySelector(`#${id}`)?.setAttribute('open', '');
}

/** Says the outcome to those who listen, and only when it is another one. */
function announce({ t }: LawContext, status: HTMLElement, { assessed: { assessment } }: AnswerView): void {
  if (assessment.outcome === shown) return;
  shown = assessment.outcome;
  status.textContent = t('check.status', {
    outcome: t(`site.outcome.${assessment.outcome}`),
    open: openChecks(assessment).length,
  });
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = FILE_NAME;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** The other language is another page: the answers go over in this tab's own memory, never to the server. */
function changeLanguage({ context }: Page, event: MouseEvent): void {
  const control = event.target instanceof Element ? event.target.closest('.site-language') : null;
  const form = byId(FORM);
  if (!control || !(form instanceof HTMLFormElement) || !byId('verdict')) return;
  const view = advance(context, {
    ...readForm(context.book.rules, new Map([...new FormData(form)] as [string, string][])),
    action: 'stay',
  });
  if (view.stage !== 'answer') return;
  event.preventDefault();
  sessionStorage.setItem(HANDOVER, downloadText(view));
  location.assign(control.getAttribute('href') ?? control.getAttribute('formaction') ?? location.pathname);
}

function takeOver(page: Page): void {
  const text = sessionStorage.getItem(HANDOVER);
  if (text === null) return;
  sessionStorage.removeItem(HANDOVER);
  show(page, viewOfFile(page.context, text));
}

void begin();

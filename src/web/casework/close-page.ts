// Closing a case, a page of its own: what still runs and where to end it; or what closing does, and a sentence on how it ended.

import { mayStay, type Running, stillRunning } from '../../app/casework/closing.ts';
import type { FieldError } from '../components/error-summary.ts';
import { fieldError } from '../components/error-summary.ts';
import { bdi, type Html, html } from '../html.ts';
import { formKey } from './answers.ts';
import { casePage } from './case-page.ts';
import { casePath, type Tab } from './tabs.ts';
import type { CaseDesk } from './context.ts';
import { when } from './moments.ts';

/** Where each thing that still runs is brought to its end. */
const PLACES: { readonly [R in Running]: readonly [tab: Tab, section: string] } = {
  'docket.not-settled': ['decision', ''],
  'docket.still-held': ['execution', 'hold'],
  'docket.validation-open': ['execution', 'emergency'],
  'docket.deletion-open': ['execution', 'emergency'],
  'docket.not-handed-over': ['evidence', ''],
  'docket.ruling-open': ['execution', 'use'],
  'docket.still-secret': ['secrecy', 'secrecy'],
  'docket.notice-open': ['secrecy', 'notice'],
  'docket.complaint-open': ['secrecy', 'complaints'],
  'docket.review-open': ['secrecy', 'reviews'],
};

export const closePath = (reference: string): string => `${casePath(reference)}/close`;

const NOTHING = { result: '', keptBack: '' };
type Typed = typeof NOTHING;

/** The page as it stands for this case; a closed one says how it ended. */
export function closePage(desk: CaseDesk, errors: readonly FieldError[] = [], typed: Typed = NOTHING): Html {
  const { page, file } = desk;
  const { t } = page;
  const running = file.closed ? [] : stillRunning(file);
  return casePage({
    desk,
    tab: 'people',
    title: t('casework.close.title'),
    errors,
    main: html`<section class="close-case" aria-labelledby="close-title"><h2 id="close-title">${t('casework.close.title')}</h2>
${file.closed ? closed(desk, file.closed) : html`${running.length > 0 && waits(desk, running)}${(running.length === 0 || mayStay(running)) && form(desk, errors, typed, running.length > 0)}`}</section>`,
  });
}

const closed = (desk: CaseDesk, { at, result }: NonNullable<CaseDesk['file']['closed']>): Html =>
  html`<p>${desk.page.t.rich('casework.close.closed', { when: when(desk, at) })}</p><p class="said"><q>${bdi(result)}</q></p>`;

/** What stands in the way, each with the place where it ends. */
function waits(desk: CaseDesk, running: readonly Running[]): Html {
  const { t } = desk.page;
  return html`<p>${t('casework.close.notYet', { count: running.length })}</p>
<ul class="still-runs">${running.map((code) => {
    const { tab, section, to } = placeOf(desk, code);
    return html`<li><p>${t(`refusals.${code}`)}</p>
<p class="no-print"><a class="ds-link" href="${casePath(desk.file.reference, tab)}${section && `#${section}`}">${t(`casework.close.to.${to}`)}</a></p></li>`;
  })}</ul>`;
}

/** What is decided already and not settled is still being carried out. */
function placeOf(
  { file }: CaseDesk,
  code: Running,
): { readonly tab: Tab; readonly section: string; readonly to: string } {
  const runs = code === 'docket.not-settled' && file.execution.tasks.length > 0 && file.execution.completedAt === null;
  if (runs) return { tab: 'execution', section: 'tasks', to: 'not-carried-out' };
  const [tab, section] = PLACES[code];
  return { tab, section, to: code.slice('docket.'.length) };
}

function form(desk: CaseDesk, errors: readonly FieldError[], typed: Typed, stays: boolean): Html {
  const { page, file } = desk;
  const { t } = page;
  const area = (field: keyof Typed): Html => {
    const wrong = errors.some((error) => error.field === field);
    return html`<div class="field"><label for="${field}">${t(`casework.close.${field}`)}</label><p class="help" id="${field}-help">${t(`casework.close.${field}Help`)}</p>
${fieldError(page, field, errors)}<textarea class="ds-input" id="${field}" name="${field}" rows="3" dir="auto" maxlength="2000" aria-describedby="${field}-help${wrong && ` ${field}-error`}"${wrong && html` aria-invalid="true"`}>${typed[field]}</textarea></div>`;
  };
  const does = html`<ul>${['frozen', 'clock', 'readable', 'complaint'].map((one) => html`<li>${t(`casework.close.does.${one}`)}</li>`)}</ul>
<form method="post" action="${closePath(file.reference)}" class="narrow no-print" novalidate autocomplete="off">${formKey(desk, file.version)}
${stays && area('keptBack')}${area('result')}
<div class="buttons"><button class="ds-button" type="submit"${stays && html` data-variant="secondary"`}>${t('casework.close.do')}</button>
<a class="ds-link" href="${casePath(file.reference)}">${t('intake.notNow')}</a></div></form>`;
  // Handing over comes first; whoever closes all the same opens this.
  return stays
    ? html`<details class="fold case-fold"${errors.length > 0 && html` open`}><summary>${t('casework.close.nevertheless')}</summary>${does}</details>`
    : html`<p>${t('casework.close.nothing')}</p>${does}`;
}

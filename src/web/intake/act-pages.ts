// Pages of a single act about a request: return it, withdraw it, tie it to another, send our own.

import { missingIn } from '../../app/casework/drafts.ts';
import { sendingHash } from '../../app/casework/front-desk.ts';
import type { Missing } from '../../domain/requests/completeness.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';
import { stateText } from '../check/words.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { weightNote } from './progress.ts';
import { measureText, nameMissing } from './words.ts';

/** What was typed, when the page is shown again. */
export type Typed = {
  readonly errors: readonly FieldError[];
  readonly text: string;
  readonly chosen: readonly string[] | null;
};
export const UNTYPED: Typed = { errors: [], text: '', chosen: null };

/** How something missing stands in the record of a return: `<why> <pointer>`. */
export const missingCode = ({ why, pointer }: Missing): string => `${why} ${pointer}`;

type Act = 'return' | 'withdraw' | 'link' | 'send';

function actPage(
  desk: CaseDesk,
  act: Act,
  errors: readonly FieldError[],
  main: Html,
  title = desk.page.t(`intake.${act}.title`),
  scripts: readonly string[] = [],
): Html {
  return casePage({
    desk,
    tab: 'request',
    title,
    errors,
    scripts,
    main: html`<h2 class="act-title">${title}</h2>${main}`,
  });
}

function textArea(desk: CaseDesk, act: Act, typed: Typed, rows: number): Html {
  const { t } = desk.page;
  const wrong = typed.errors.some((error) => error.field === 'text');
  return html`<div class="field"><label for="text">${t(`intake.${act}.label`)}</label><p class="help" id="text-help">${t(`intake.${act}.help`)}</p>
${fieldError(desk.page, 'text', typed.errors)}<textarea class="ds-input" id="text" name="text" rows="${rows}" dir="auto" maxlength="20000" aria-describedby="text-help${wrong && ' text-error'}"${wrong && html` aria-invalid="true"`}>${typed.text}</textarea></div>`;
}

const buttons = (desk: CaseDesk, label: string, danger = false): Html =>
  html`<div class="buttons"><button class="ds-button"${danger && html` data-color="danger"`} type="submit">${label}</button>
<a class="ds-link" href="${casePath(desk.file.reference)}">${desk.page.t('intake.notNow')}</a></div>`;

const form = (desk: CaseDesk, act: Act, inner: Fragment): Html =>
  html`<form class="narrow" method="post" action="${casePath(desk.file.reference)}/${act}" novalidate>${formKey(desk, desk.file.version)}${inner}</form>`;

/** Back for correction: what is missing, chosen from what the form says is, and in words. */
export function returnPage(desk: CaseDesk, typed: Typed = UNTYPED): Html {
  const { t } = desk.page;
  const missing = missingIn(desk.work, desk.file);
  const chosen = (one: Missing): boolean =>
    typed.chosen === null ? one.weight === 'must' : typed.chosen.includes(missingCode(one));
  const box = (one: Missing): Html =>
    html`<label class="choice"><input type="checkbox" name="missing" value="${missingCode(one)}"${flag('checked', chosen(one))}> <span>${nameMissing(desk.page, one)}${weightNote(desk.page, one)}</span></label>`;
  return actPage(
    desk,
    'return',
    typed.errors,
    html`<p>${t('intake.return.lead')}</p>${form(
      desk,
      'return',
      html`${
        missing.length > 0 &&
        html`<fieldset class="form-set" id="missing" tabindex="-1"><legend>${t('intake.return.missing')}</legend><div class="choices">${missing.map(box)}</div></fieldset>`
      }${textArea(desk, 'return', typed, 6)}${buttons(desk, t('intake.return.do'))}`,
    )}`,
  );
}

export function withdrawPage(desk: CaseDesk, typed: Typed = UNTYPED): Html {
  const { t } = desk.page;
  const own = desk.file.direction === 'outgoing' && !desk.file.request.sentAt;
  return actPage(
    desk,
    'withdraw',
    typed.errors,
    html`<p>${t(`intake.withdraw.lead.${own ? 'own' : desk.file.direction}`)}</p>${form(
      desk,
      'withdraw',
      html`${textArea(desk, 'withdraw', typed, 4)}${buttons(desk, t(own ? 'intake.withdraw.doOwn' : 'intake.withdraw.do'), true)}`,
    )}`,
    own ? t('intake.withdraw.titleOwn') : undefined,
  );
}

/** Ties the case to another by its reference. */
export function linkPage(desk: CaseDesk, typed: Typed = UNTYPED): Html {
  const { t } = desk.page;
  const kind = typed.chosen?.[0] ?? 'related';
  const wrong = typed.errors.some((error) => error.field === 'reference');
  return actPage(
    desk,
    'link',
    typed.errors,
    html`<p>${t('intake.link.lead')}</p>${form(
      desk,
      'link',
      html`<div class="field"><label for="reference">${t('intake.link.reference')}</label><p class="help" id="reference-help">${t('intake.link.help')}</p>
${fieldError(desk.page, 'reference', typed.errors)}<input class="ds-input short" id="reference" name="reference" value="${typed.text}" dir="ltr" autocomplete="off" spellcheck="false" aria-describedby="reference-help${wrong && ' reference-error'}"${wrong && html` aria-invalid="true"`}></div>
<fieldset class="form-set"><legend>${t('intake.link.kind')}</legend><div class="choices">${(
        ['duplicate', 'follow-up', 'related'] as const
      ).map(
        (one) =>
          html`<label class="choice"><input type="radio" name="kind" value="${one}"${flag('checked', one === kind)}> <span>${t(`intake.tie.${one}`)}</span></label>`,
      )}</div></fieldset>${buttons(desk, t('intake.link.do'))}`,
    )}`,
  );
}

/** What is sent and to whom, and the proof of who sends it. */
export function sendPage(desk: CaseDesk, errors: readonly FieldError[] = []): Html {
  const { t, language } = desk.page;
  const { file, work } = desk;
  const missing = missingIn(work, file).filter(({ weight }) => weight === 'must');
  return actPage(
    desk,
    'send',
    errors,
    html`<p>${t.rich('intake.send.lead', { measure: html`<b>${measureText(desk.page, file.measure)}</b>`, state: html`<b>${bdi(stateText(file.requestedState, language))}</b>` })}</p>
<p><a class="ds-link" href="${casePath(file.reference)}/request.json" download>${t('intake.act.download')}</a></p>
${missing.length > 0 && html`<div class="note"><p>${t('intake.send.missing', { count: missing.length })}</p><ul>${missing.map((one) => html`<li>${nameMissing(desk.page, one)}</li>`)}</ul></div>`}
${form(desk, 'send', html`${stepUpFields(desk.page, sendingHash(work, file), errors)}${buttons(desk, t('intake.send.do'))}`)}`,
    undefined,
    [STEP_UP_SCRIPT],
  );
}

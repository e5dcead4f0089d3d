// Writing a proposal, and then reading it as the letter it will become before it is signed.

import { pair } from '../components/joined.ts';
import type { Starting } from '../../app/casework/deciding.ts';
import { executes, isContrary } from '../../app/casework/deciding.ts';
import type { LetterDocument } from '../../app/letters/document.ts';
import type { Draft } from '../../domain/decisions/decision.ts';
import { say } from '../../kernel/language.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { citeLink } from '../components/cite.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { OWN_NAME, PAGE_LANGUAGES } from '../messages.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';
import { assessmentSays } from './beside.ts';
import { categoryText } from './decision-page.ts';
import { hashGroups } from '../components/hash.ts';
import { hiddenDraft, itemValue } from './draft.ts';
import { letterPreview } from './letter-preview.ts';

export type Writing = {
  readonly draft: Draft;
  readonly starting: Starting;
  readonly outcome: OutcomeName;
  readonly errors: readonly FieldError[];
  /** Whether the page is opened for the first time, so that what the law suggests is filled in. */
  readonly fresh: boolean;
};

export function writePage(desk: CaseDesk, writing: Writing): Html {
  const { page, file } = desk;
  const { t } = page;
  const { draft, errors } = writing;
  const path = casePath(file.reference, 'decision');
  const what = t(`decision.do.${draft.disposition}`);
  return casePage({
    desk,
    tab: 'decision',
    title: t('decision.proposing', { what }),
    errors,
    main: html`<p class="cite no-print"><a class="ds-link" href="${path}">${t('decision.back')}</a></p>
<h2>${t('decision.proposing', { what })}</h2>
<form method="get" action="${path}" class="letter-language no-print"><input type="hidden" name="as" value="${draft.disposition}">
<div class="field"><label for="letter-language">${t('decision.letterLanguage')}</label><p class="help" id="letter-language-help">${t('decision.letterLanguageHelp')}</p>
<select class="ds-input" id="letter-language" name="letter" aria-describedby="letter-language-help">${PAGE_LANGUAGES.map((one) => html`<option value="${one}" lang="${one}"${flag('selected', one === draft.language)}>${OWN_NAME[one]}</option>`)}</select>
<button class="ds-button" data-variant="secondary" type="submit">${t('decision.takeLanguage')}</button></div></form>
<form method="post" action="${path}" class="proposal-form" novalidate autocomplete="off">${formKey(desk, file.version)}
<input type="hidden" name="as" value="${draft.disposition}"><input type="hidden" name="letter" value="${draft.language}">
${executes(draft.disposition) ? itemsField(desk, writing) : groundsField(desk, writing)}
${draft.disposition === 'execute-with-conditions' && conditionsField(desk, writing)}
${draft.disposition === 'postpone' && lineField(desk, 'until', draft.until, errors, 'date')}
${draft.disposition === 'pass-on' && lineField(desk, 'passTo', draft.passTo, errors, 'text')}
${textField(desk, 'reasons', draft.reasons, errors)}
${isContrary(draft, writing.outcome) && textField(desk, 'contraryReasons', draft.contraryReasons, errors)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="preview">${t('decision.preview')}</button></div></form>`,
    aside: assessmentSays(desk),
  });
}

function groundsField(desk: CaseDesk, { draft, starting, errors, fresh }: Writing): Html {
  const { t } = desk.page;
  const chosen = new Map(draft.grounds.map(({ provision, text }) => [provision, text]));
  return html`<fieldset class="question" id="grounds" tabindex="-1"><legend>${t('decision.part.grounds')}</legend>
<p class="help">${t('decision.groundsHelp')}</p>${fieldError(desk.page, 'grounds', errors)}
${starting.grounds.length === 0 && html`<p>${t('decision.noGrounds')}</p>`}
${starting.grounds.map(
  (
    ground,
  ) => html`<div class="ground"><label class="choice"><input type="checkbox" name="ground" value="${ground.provision}"${flag('checked', fresh ? draft.disposition === 'refuse' && ground.suggested : chosen.has(ground.provision))}> <span><b>${titleOf(desk, ground.provision)}</b></span></label>
<p class="cite">${citeLink(desk.page, ground.provision)}</p>
<textarea class="ds-input" name="text.${ground.provision}" rows="3" dir="auto" lang="${draft.language}" aria-label="${t('decision.groundText', { ground: titleOf(desk, ground.provision) })}">${chosen.get(ground.provision) ?? ground.text}</textarea></div>`,
)}</fieldset>`;
}

function titleOf({ page: { book, language } }: CaseDesk, id: string): string {
  const provision = book.rules.provisions.find((one) => one.id === id);
  return provision ? say(provision.title, language) : id;
}

function itemsField(desk: CaseDesk, { draft, starting, errors, fresh }: Writing): Html {
  const { t } = desk.page;
  const chosen = new Set(draft.items.map(itemValue));
  return html`<fieldset class="question" id="items" tabindex="-1"><legend>${t('decision.part.items')}</legend>
<p class="help">${t(draft.disposition === 'execute-in-part' ? 'decision.itemsPartHelp' : 'decision.itemsHelp')}</p>${fieldError(desk.page, 'items', errors)}
<div class="choices in-lines">${starting.items.map(
    (item) =>
      html`<label class="choice"><input type="checkbox" name="item" value="${itemValue(item)}"${flag('checked', fresh ? draft.disposition !== 'execute-in-part' : chosen.has(itemValue(item)))}> <span>${pair(desk.page, bdi(item.target), categoryText(desk, item.category))}</span></label>`,
  )}</div></fieldset>`;
}

/** What the law asks for, to be worded for this case, and room for two more. */
function conditionsField(desk: CaseDesk, { draft, starting, errors, fresh }: Writing): Html {
  const { t } = desk.page;
  const given = [...(fresh ? starting.conditions : draft.conditions), '', ''];
  return html`<fieldset class="question" id="conditions" tabindex="-1"><legend>${t('decision.part.conditions')}</legend>
<p class="help">${t('decision.conditionsHelp')}</p>${fieldError(desk.page, 'conditions', errors)}
${given.map((text, n) => html`<textarea class="ds-input" name="condition" rows="2" dir="auto" lang="${draft.language}" aria-label="${t('decision.conditionNo', { no: n + 1 })}">${text}</textarea>`)}</fieldset>`;
}

function textField(
  desk: CaseDesk,
  id: 'reasons' | 'contraryReasons',
  value: string,
  errors: readonly FieldError[],
): Html {
  const { t } = desk.page;
  const wrong = errors.some(({ field }) => field === id);
  return html`<div class="field"><label for="${id}">${t(`decision.part.${id}`)}</label><p class="help" id="${id}-help">${t(`decision.${id}Help`)}</p>
${fieldError(desk.page, id, errors)}<textarea class="ds-input" id="${id}" name="${id}" rows="5" dir="auto" aria-describedby="${id}-help${wrong && ` ${id}-error`}"${wrong && html` aria-invalid="true"`}>${value}</textarea></div>`;
}

function lineField(
  desk: CaseDesk,
  id: 'until' | 'passTo',
  value: string,
  errors: readonly FieldError[],
  type: 'date' | 'text',
): Html {
  const wrong = errors.some(({ field }) => field === id);
  return html`<div class="field"><label for="${id}">${desk.page.t(`decision.part.${id}`)}</label>${fieldError(desk.page, id, errors)}<input class="ds-input${type === 'date' && ' date'}" type="${type}" id="${id}" name="${id}" value="${value}"${wrong && html` aria-invalid="true" aria-describedby="${id}-error"`}></div>`;
}

export type Reading = {
  readonly draft: Draft;
  readonly hash: string;
  readonly letter: LetterDocument;
  readonly errors: readonly FieldError[];
};

/** The proposal as its letter, and the fields with which it is signed. */
export function readPage(desk: CaseDesk, { draft, hash, letter, errors }: Reading): Html {
  const { page, file } = desk;
  const { t } = page;
  const path = casePath(file.reference, 'decision');
  const what = t(`decision.do.${draft.disposition}`);
  return casePage({
    desk,
    tab: 'decision',
    title: t('decision.proposing', { what }),
    errors,
    scripts: [STEP_UP_SCRIPT],
    main: html`<h2>${t('decision.asLetter')}</h2>
<p>${t('decision.asLetterText')}</p>
${letterPreview(letter, t('decision.asLetter'))}
${contrary(desk, draft)}
<p class="hash-line">${t('decision.hash')} ${hashGroups(hash)}</p>
<form method="post" action="${path}" class="sign-form no-print" novalidate autocomplete="off">${formKey(desk, file.version)}${hiddenDraft(draft)}
${stepUpFields(page, hash, errors)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="propose">${t('decision.proposeThis', { what })}</button>
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="change">${t('decision.change')}</button></div></form>`,
    aside: assessmentSays(desk),
  });
}

export const contrary = (desk: CaseDesk, { contraryReasons }: Pick<Draft, 'contraryReasons'>): Fragment =>
  contraryReasons !== '' &&
  html`<section class="note"><h3>${desk.page.t('decision.part.contraryReasons')}</h3><p class="lines" dir="auto">${contraryReasons}</p><p class="cite">${desk.page.t('decision.contraryNote')}</p></section>`;

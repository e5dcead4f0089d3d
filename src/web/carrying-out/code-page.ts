// The answer to sending a notice: its code, this once, and its letter in the person's language. Nothing of it is kept on the page.

import type { CaseDesk } from '../casework/context.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { flag, type Html, html } from '../html.ts';
import { isLanguage } from '../../kernel/language.ts';
import { OWN_NAME, PAGE_LANGUAGES } from '../messages.ts';
import { sayPerson } from './notice-view.ts';

export const LETTER_ACT = 'notice-letter';

/** The code goes back with the form that prints the letter: it is nowhere else. */
export function codePage(desk: CaseDesk, no: number, code: string, errors: readonly FieldError[] = []): Html {
  const { t } = desk.page;
  const notice = desk.file.notice.notices.find((one) => one.no === no);
  return casePage({
    desk,
    tab: 'secrecy',
    title: t('secrecy.code.title'),
    errors,
    main: html`<section class="after code-once"><h2>${t('secrecy.code.title')}</h2>
<p>${notice && sayPerson(desk, notice.person)}</p>
<p class="code-value"><code dir="ltr">${code}</code></p>
<p>${t('secrecy.code.once')}</p>
${can(desk, 'letter.issue') && letterForm(desk, no, code)}
<p>${t('secrecy.code.lost')}</p>
<p class="no-print"><a class="ds-link" href="${casePath(desk.file.reference, 'secrecy')}">${t('secrecy.code.done')}</a></p></section>`,
  });
}

function letterForm(desk: CaseDesk, no: number, code: string): Html {
  const { t } = desk.page;
  const first = desk.work.office().languages.find(isLanguage) ?? 'en';
  return html`<form method="post" action="${casePath(desk.file.reference, 'secrecy')}/${LETTER_ACT}" class="no-print" autocomplete="off">${formKey(desk)}<input type="hidden" name="no" value="${no}"><input type="hidden" name="code" value="${code}">
<div class="field"><label for="language">${t('secrecy.code.language')}</label><select class="ds-input short" id="language" name="language">${PAGE_LANGUAGES.map(
    (one) => html`<option value="${one}" lang="${one}"${flag('selected', one === first)}>${OWN_NAME[one]}</option>`,
  )}</select></div>
<p class="buttons"><button class="ds-button" type="submit">${t('secrecy.code.print')}</button></p></form>`;
}

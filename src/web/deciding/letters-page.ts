// The letters of a case: what went out, in which language, under which hash; and those that can go out now.

import { joined } from '../components/joined.ts';
import { ownLanguage, sendable, sendableKey } from '../../app/casework/letters.ts';
import { standing } from '../../domain/decisions/decision.ts';
import type { Document } from '../../app/casework/ports.ts';
import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { at } from '../casework/moments.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { flag, type Fragment, type Html, html } from '../html.ts';
import { OWN_NAME, PAGE_LANGUAGES, sayNumber } from '../messages.ts';
import { isLanguage } from '../../kernel/language.ts';
import { hashGroups } from '../components/hash.ts';

export type LettersView = {
  readonly documents: readonly Document[];
  readonly errors: readonly FieldError[];
  readonly typed?: { readonly letter: string; readonly language: string };
};

export function lettersPage(desk: CaseDesk, { documents, errors, typed }: LettersView): Html {
  const { file, page } = desk;
  const { t } = page;
  return casePage({
    desk,
    tab: 'letters',
    errors,
    main: html`<section><h2>${t('decision.letters.sent')}</h2>
${file.letters.length === 0 ? html`<p>${t('decision.letters.none')}</p>` : html`<ul class="letters">${file.letters.toReversed().map((letter) => letterRow(desk, letter, documents))}</ul>`}</section>
${can(desk, 'letter.issue') && issuing(desk, errors, typed)}`,
  });
}

function letterRow(desk: CaseDesk, letter: CaseDesk['file']['letters'][number], documents: readonly Document[]): Html {
  const { t } = desk.page;
  const document = documents.find(({ id }) => id === letter.document);
  const language = isLanguage(letter.language) ? OWN_NAME[letter.language] : letter.language;
  return html`<li><div><p>${joined(desk.page, html`<b>${t(`decision.letter.${letter.kind}`)}</b>`, html`<span lang="${letter.language}">${language}</span>`)}</p>
<p class="cite">${t.rich('decision.letters.issued', { at: at(desk, letter.at) })}${document && ` · ${t('decision.letters.size', { kilobytes: Math.max(1, Math.round(document.size / 1024)) })}`}</p>
<details class="fold"><summary>${t('decision.letters.hash')}</summary>${hashGroups(letter.sha256)}</details></div>
<p class="no-print"><a class="ds-button" data-variant="secondary" href="${casePath(desk.file.reference, 'letters')}/${letter.document}" download>${t('decision.letters.download')}<span class="ds-sr-only"> ${joined(desk.page, t(`decision.letter.${letter.kind}`), language)}</span></a></p></li>`;
}

/** One letter of those the case gives cause for, in one of the six languages. */
function issuing(desk: CaseDesk, errors: readonly FieldError[], typed: LettersView['typed']): Fragment {
  const { t, language } = desk.page;
  const all = sendable(desk.file);
  const own = typed?.language ?? ownLanguage(desk.work, desk.file);
  if (all.length === 0) return html`<p>${t('decision.letters.noCause')}</p>`;
  return html`<section class="no-print"><h2>${t('decision.letters.issue')}</h2>
<p>${t('decision.letters.issueText')}</p>
<form method="post" action="${casePath(desk.file.reference, 'letters')}" novalidate>${formKey(desk, desk.file.version)}
<fieldset class="question" id="letter" tabindex="-1"><legend>${t('decision.letters.which')}</legend>${fieldError(desk.page, 'letter', errors)}
<div class="choices in-lines">${all.map((one, n) => {
    const key = sendableKey(one);
    const chosen = typed ? typed.letter === key : n === all.length - 1;
    return html`<label class="choice"><input type="radio" name="letter" value="${key}"${flag('checked', chosen)}> <span>${t(`decision.letter.${nameOf(desk, one.kind)}`)}${one.no !== null && html` ${t('decision.letters.no', { no: sayNumber(one.no, language) })}`}</span></label>`;
  })}</div></fieldset>
<div class="field"><label for="language">${t('decision.letters.language')}</label><select class="ds-input" id="language" name="language">${PAGE_LANGUAGES.map((one) => html`<option value="${one}" lang="${one}"${flag('selected', one === own)}>${OWN_NAME[one]}</option>`)}</select></div>
<div class="buttons"><button class="ds-button" type="submit">${t('decision.letters.issueThis')}</button></div></form></section>`;
}

/** A decision goes out under the name of what was decided. */
function nameOf({ file }: CaseDesk, kind: string): string {
  const disposition = kind === 'decision' ? standing(file.decisions)?.disposition : undefined;
  return disposition === 'refuse' ? 'refusal' : disposition === 'return' ? 'return' : kind;
}

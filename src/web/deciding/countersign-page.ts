// What the second person signs: exactly the words, their hash, who proposed them; and the way back with a remark.

import { isOvertaken } from '../../app/casework/deciding.ts';
import type { LetterDocument } from '../../app/letters/document.ts';
import type { Proposed } from '../../domain/decisions/decision.ts';
import { formKey, sayRefusal } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { fieldError, type FieldError } from '../components/error-summary.ts';
import { bdi, type Html, html } from '../html.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';
import { assessmentSays } from './beside.ts';
import { wordsOf } from './decision-page.ts';
import { hashGroups } from '../components/hash.ts';
import { letterPreview } from './letter-preview.ts';
import { countersignPath } from './paths.ts';
import { contrary } from './propose-page.ts';

export type Signing = {
  readonly open: Proposed;
  readonly letter: LetterDocument;
  readonly errors: readonly FieldError[];
  /** A remark that was typed and not sent. */
  readonly remark: string;
};

export function countersignPage(desk: CaseDesk, { open, letter, errors, remark }: Signing): Html {
  const { page, file } = desk;
  const { t } = page;
  const what = t(`decision.do.${open.disposition}`);
  const signable = open.by !== desk.actor.id && can(desk, 'decision.countersign') && !isOvertaken(file, open);
  return casePage({
    desk,
    tab: 'decision',
    title: t('decision.countersigning', { what }),
    errors,
    scripts: signable ? [STEP_UP_SCRIPT] : [],
    main: html`<p class="cite no-print"><a class="ds-link" href="${casePath(file.reference, 'decision')}">${t('decision.back')}</a></p>
<h2>${t('decision.countersigning', { what })}</h2>
<p>${t.rich('decision.proposedBy', { name: bdi(desk.nameOf(open.by)), at: when(desk, open.at) })} ${t('decision.readAll')}</p>
${letterPreview(letter, t('decision.asLetter'))}
${contrary(desk, open)}
<section><h3>${t('decision.exactly')}</h3>${wordsOf(desk, open)}</section>
<p class="hash-line">${t('decision.hash')} ${hashGroups(open.hash)}</p>
<p class="cite">${t('decision.hashText')}</p>
${signable ? signing(desk, { open, letter, errors, remark }) : html`<p class="note">${whyNot(desk, open)}</p>`}`,
    aside: assessmentSays(desk),
  });
}

function whyNot(desk: CaseDesk, open: Proposed): string {
  if (open.by === desk.actor.id) return sayRefusal(desk, { code: 'decisions.same-person' });
  if (can(desk, 'decision.countersign')) return sayRefusal(desk, { code: 'decisions.changed-since' });
  return desk.page.t('decision.waitsForApprover');
}

function signing(desk: CaseDesk, { open, errors, remark }: Signing): Html {
  const { page, file } = desk;
  const { t } = page;
  const path = countersignPath(file.reference);
  const what = t(`decision.do.${open.disposition}`);
  const wrong = errors.some(({ field }) => field === 'remark');
  return html`<form method="post" action="${path}" class="sign-form no-print" novalidate autocomplete="off">${formKey(desk, file.version)}
<input type="hidden" name="read" value="${open.hash}">${stepUpFields(page, open.hash, errors)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="countersign">${t('decision.countersignThis', { what })}</button></div></form>
${
  can(desk, 'decision.send-back') &&
  html`<details class="fold case-fold no-print" id="send-back"${wrong && html` open`}><summary>${t('decision.sendBack')}</summary>
<form method="post" action="${path}" novalidate autocomplete="off">${formKey(desk, file.version)}
<div class="field"><label for="remark">${t('decision.remark')}</label><p class="help" id="remark-help">${t('decision.remarkHelp')}</p>${fieldError(page, 'remark', errors)}
<textarea class="ds-input" id="remark" name="remark" rows="4" dir="auto" aria-describedby="remark-help${wrong && ' remark-error'}"${wrong && html` aria-invalid="true"`}>${remark}</textarea></div>
<div class="buttons"><button class="ds-button" data-variant="secondary" type="submit" name="do" value="send-back">${t('decision.sendBackThis')}</button></div></form></details>`
}`;
}

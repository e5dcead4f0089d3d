// The page on which a copy of a whole case is taken: what is in it, what taking it leaves behind, and the proof of who takes it.

import { formKey } from '../casework/answers.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import type { FieldError } from '../components/error-summary.ts';
import { bdi, type Html, html } from '../html.ts';
import { STEP_UP_SCRIPT, stepUpFields } from '../people/step-up-fields.ts';

export type ExportView = { readonly hash: string; readonly errors: readonly FieldError[] };

export const exportPath = (reference: string): string => `${casePath(reference)}/export`;

export function exportPage(desk: CaseDesk, { hash, errors }: ExportView): Html {
  const { page, file, actor } = desk;
  const { t } = page;
  const oversight = actor.roles.includes('oversight');
  return casePage({
    desk,
    tab: 'timeline',
    title: t('export.title'),
    errors,
    scripts: [STEP_UP_SCRIPT],
    main: html`<section aria-labelledby="export-title"><h2 id="export-title">${t('export.title')}</h2>
<p>${t('export.lead', { steps: file.version })}</p>
<ul>${['steps', 'page', 'documents', 'manifest'].map((one) => html`<li>${t(`export.holds.${one}`)}</li>`)}</ul>
<p>${t(oversight ? 'export.record.oversight' : 'export.record')}</p>
${file.sealed && html`<p class="note">${t('export.sealed')}</p>`}
<form method="post" action="${exportPath(file.reference)}" class="seal-form no-print" novalidate autocomplete="off">${formKey(desk)}
${stepUpFields(page, hash, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('export.do')}</button></div></form>
<p class="cite">${t.rich('export.check', { command: html`<code dir="ltr">${bdi('rogatory verify case')}</code>` })}</p></section>`,
  });
}

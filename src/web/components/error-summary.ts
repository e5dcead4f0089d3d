// What must be mended, at the top of the page, each fault a link to its field (the pattern of GOV.UK).

import type { LawContext } from '../context.ts';
import { type Html, html } from '../html.ts';

/** One thing to mend: where it is on the page, and what to do. */
export type FieldError = { readonly field: string; readonly message: string | Html };

export function errorSummary({ t }: Pick<LawContext, 't'>, errors: readonly FieldError[]): Html | false {
  if (errors.length === 0) return false;
  return html`<div class="ds-error-summary" role="alert" tabindex="-1" id="error-summary" aria-labelledby="error-summary-title" data-color="danger">
<h2 id="error-summary-title" class="ds-heading" data-size="xs">${t('site.errors.title', { count: errors.length })}</h2>
<ul class="ds-list">${errors.map(
    (error) => html`
<li>${error.field === '' ? error.message : html`<a class="ds-link" href="#${error.field}">${error.message}</a>`}</li>`,
  )}
</ul></div>`;
}

/** The message beside the field itself; the field points to it with aria-describedby. */
export const fieldError = (
  { t }: Pick<LawContext, 't'>,
  field: string,
  errors: readonly FieldError[],
): Html | false => {
  const error = errors.find((one) => one.field === field);
  return (
    error !== undefined &&
    html`<p class="field-error" id="${field}-error"><span class="ds-sr-only">${t('site.errors.before')} </span>${error.message}</p>`
  );
};

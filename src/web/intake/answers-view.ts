// What a request says, to be read: its parts in the order of the form, each answer under its label.

import type { FormField } from '../../domain/requests/form.ts';
import type { LawContext } from '../context.ts';
import { saysSomething } from '../../app/casework/drafts.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { idOf, itemLabel, valueText } from './words.ts';

/** One part of the request; nothing is shown of what was not answered. */
export function answersOf(context: LawContext, fields: readonly FormField[]): Html {
  const given = fields.filter(saysSomething);
  if (given.length === 0) return html`<p class="cite">${context.t('intake.nothingSaid')}</p>`;
  return html`<dl class="said">${given.map((field) => answer(context, field))}</dl>`;
}

function answer(context: LawContext, form: FormField): Html {
  const { t } = context;
  const label = t(`request.field.${form.key}`);
  const row = (value: Fragment): Html =>
    html`<div id="${idOf(form.name)}" tabindex="-1"><dt>${label}</dt><dd>${value}</dd></div>`;
  if (form.field.kind === 'group') return row(parts(context, form.fields));
  if (form.field.kind === 'list')
    return row(
      html`<ol class="said-items">${form.items.map(
        (item, n) => html`<li><p class="said-item">${itemLabel(context, form.key, n)}</p>${parts(context, item)}</li>`,
      )}</ol>`,
    );
  return row(valueText(context, form));
}

function parts(context: LawContext, fields: readonly FormField[]): Html {
  return html`<dl class="said-parts">${fields.filter(saysSomething).map((field) => answer(context, field))}</dl>`;
}

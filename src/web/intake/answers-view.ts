// What a request says, to be read: its parts in the order of the form, each answer under its label.

import type { FormField } from '../../domain/requests/form.ts';
import type { LawContext } from '../context.ts';
import { saysSomething } from '../../app/casework/drafts.ts';
import { type Html, html } from '../html.ts';
import { idOf, itemLabel, valueText } from './words.ts';

/** One part of the request, under its title; nothing is shown of what was not answered. */
export function answersOf(context: LawContext, fields: readonly FormField[], title: string): Html {
  const given = fields.filter(saysSomething);
  if (given.length === 0) return html`<p class="cite">${context.t('intake.nothingSaid')}</p>`;
  return html`<dl class="said">${given.map((field) => answer(context, field, title))}</dl>`;
}

/** `above` stands over it already, and is not shown again. */
function answer(context: LawContext, form: FormField, above: string): Html {
  const label = context.t(`request.field.${form.key}`);
  const id = idOf(form.name);
  if (form.field.kind !== 'group' && form.field.kind !== 'list')
    return html`<div id="${id}" tabindex="-1"><dt>${label}</dt><dd>${valueText(context, form)}</dd></div>`;
  const value =
    form.field.kind === 'group'
      ? parts(context, form.fields, label)
      : html`<ol class="said-items">${form.items.map(
          (item, n) =>
            html`<li>${form.items.length > 1 && html`<p class="said-item">${itemLabel(context, form.key, n)}</p>`}${parts(context, item, label)}</li>`,
        )}</ol>`;
  return html`<div class="said-group" id="${id}" tabindex="-1"><dt${label === above && html` class="ds-sr-only"`}>${label}</dt><dd>${value}</dd></div>`;
}

function parts(context: LawContext, fields: readonly FormField[], above: string): Html {
  return html`<dl class="said-parts">${fields.filter(saysSomething).map((field) => answer(context, field, above))}</dl>`;
}

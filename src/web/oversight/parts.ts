// What the pages of oversight share: their addresses, fields with faults beside them, tables that a phone reads as cards, states.

import type { BookActed } from '../../app/oversight/samples.ts';
import type { Desk } from '../casework/context.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';

export const OVERSIGHT = '/oversight';
export const OFFICE_FINDINGS = '/office/findings';
export const samplePath = (no: number | 'new'): string => `${OVERSIGHT}/samples/${no}`;
export const listPath = (list: string): string => `${OVERSIGHT}/lists/${list}`;
export const provePath = (reference: string): string => `${OVERSIGHT}/cases/${reference}`;

/** What a form sent, by field; empty where nobody typed. */
export type TypedFields = { readonly [field: string]: string };

/** The way back, above the title. */
export const crumbs = (desk: Desk, path = OVERSIGHT, key = 'oversight.title'): Html =>
  html`<p class="cite crumbs no-print"><a href="${path}">${desk.page.t(key)}</a></p>`;

/** The field that a refusal is about. */
const FIELD_OF: { readonly [code: string]: string } = {
  'purpose-missing': 'purpose',
  'period-backwards': 'from',
  'population-empty': 'from',
  'population-too-large': 'from',
  count: 'count',
  'lock-form': 'lock',
  'secret-missing': 'secret',
  'secret-wrong': 'secret',
  'note-missing': 'note',
  'title-missing': 'title',
  'text-missing': 'text',
  'registrar-sees-no-case': 'cases',
  'no-such-case': 'cases',
  'no-such-sample': 'sample',
};

/** The refusals of an act in words, each at its field; `day` is the field of days in this form. */
export function refusalsOf({ page: { t } }: Desk, acted: BookActed, day = 'replyBy'): FieldError[] {
  if (acted.is !== 'refused') return [];
  return acted.refusals.map(({ code, facts = {} }) => {
    const own = code.replace('oversight.', '');
    const said = Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? bdi(value) : value]);
    return {
      field: own === 'day-past' ? day : (FIELD_OF[own] ?? ''),
      message: t.rich(`oversight.refusal.${own}`, Object.fromEntries(said)),
    };
  });
}

export type FieldParts = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly help?: string | Html;
  readonly kind?: 'text' | 'date' | 'number' | 'area' | 'code';
  readonly optional?: boolean;
};

/** A field of a form: label, help, fault, and where to type. */
export function field(desk: Desk, parts: FieldParts, errors: readonly FieldError[]): Html {
  const { page } = desk;
  const { id, label, value, help, kind = 'text', optional = false } = parts;
  const wrong = fieldError(page, id, errors);
  const described = [help !== undefined && `${id}-help`, wrong !== false && `${id}-error`].filter(Boolean).join(' ');
  const common = html` id="${id}" name="${id}"${described !== '' && html` aria-describedby="${described}"`}${wrong !== false && html` aria-invalid="true"`}`;
  const input =
    kind === 'area'
      ? html`<textarea class="ds-input" rows="5" dir="auto"${common}>${value}</textarea>`
      : html`<input class="ds-input${kind === 'date' ? ' short' : kind === 'number' ? ' number-input' : ''}" type="${kind === 'date' ? 'date' : 'text'}"${kind === 'number' && html` inputmode="numeric"`}${kind === 'code' ? html` dir="ltr" spellcheck="false"` : kind === 'text' && html` dir="auto"`}${common} value="${value}" autocomplete="off">`;
  return html`<div class="field"><label for="${id}">${label}${optional && html` <span class="optional">${page.t('oversight.optional')}</span>`}</label>
${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}${wrong}${input}</div>`;
}

export type ChoiceParts = {
  readonly id: string;
  readonly legend: string;
  readonly help?: string;
  readonly several?: boolean;
  readonly options: readonly { readonly value: string; readonly text: Fragment; readonly help?: string }[];
  readonly chosen: readonly string[];
};

/** One of several, or some of them. */
export function choice(
  { page }: Desk,
  { id, legend, help, several = false, options, chosen }: ChoiceParts,
  errors: readonly FieldError[],
): Html {
  const wrong = fieldError(page, id, errors);
  const described = [help !== undefined && `${id}-help`, wrong !== false && `${id}-error`].filter(Boolean).join(' ');
  return html`<fieldset class="field book-choice" id="${id}" tabindex="-1"${described !== '' && html` aria-describedby="${described}"`}><legend>${legend}</legend>
${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}${wrong}${options.map(
  (one) => html`
<label class="book-option"><input type="${several ? 'checkbox' : 'radio'}" name="${id}" value="${one.value}"${flag('checked', chosen.includes(one.value))}> <span>${one.text}${one.help !== undefined && html`<span class="help">${one.help}</span>`}</span></label>`,
)}</fieldset>`;
}

export type Column = { readonly key: string; readonly label: string };

/** A table; the first cell of a row names it. On a phone each row is a card. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Fragment[])[],
  kind = '',
): Html {
  return html`<table class="ds-table docket book-table${kind !== '' && ` ${kind}`}" role="table"><caption class="ds-sr-only">${caption}</caption><thead role="rowgroup"><tr role="row">${columns.map(
    ({ key, label }) => html`<th scope="col" role="columnheader" class="col-${key}">${label}</th>`,
  )}</tr></thead><tbody role="rowgroup">${rows.map(
    ([head, ...cells]) => html`
<tr role="row"><th scope="row" role="rowheader" class="col-${columns[0]?.key}">${head}</th>${cells.map(
      (cell, n) =>
        html`<td role="cell" class="col-${columns[n + 1]?.key}" data-label="${columns[n + 1]?.label}"><div>${cell}</div></td>`,
    )}</tr>`,
  )}
</tbody></table>`;
}

/** A word and a shape. `tone` is that of the outcomes of the law. */
export const state = (word: string, tone: 'go' | 'maybe' | 'open' | 'stop'): Html =>
  html`<span class="book-state" data-state="${tone}">${word}</span>`;

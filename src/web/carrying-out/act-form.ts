// One act as a form: its fields, what was typed into it, and what is wrong; folded until somebody wants it.

import type { Action } from '../../domain/registry/policy.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { type Fields, formKey } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import { sayBytes } from '../evidence/bytes.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';

export type Option = { readonly value: string; readonly text: Fragment; readonly checked?: boolean };
export type Control = {
  readonly id: string;
  readonly kind: 'line' | 'text' | 'day' | 'moment' | 'number' | 'choice' | 'boxes' | 'file';
  /** What stands there before anybody typed. */
  readonly value?: string;
  readonly options?: readonly Option[];
  readonly optional?: boolean;
  /** The last day that can be chosen, as far as the page knows. */
  readonly max?: string;
};

export type ActForm = {
  readonly act: string;
  readonly action: Action;
  readonly controls: readonly Control[];
  /** The order, task or notice that it is about; 0 for the case itself. */
  readonly no?: number;
  /** Where the form does more than others: for the script of the page. */
  readonly enhance?: Fragment;
  /** Shown at once, with the one primary button of the page. */
  readonly primary?: boolean;
};

export type Area = 'execution' | 'secrecy' | 'evidence';

/** A form that was sent and could not be done: what was typed comes back with it. */
export type Typed = {
  readonly act: string;
  readonly no: number;
  readonly fields: Fields;
  readonly errors: readonly FieldError[];
};

/** What a view of either tab is made from. */
export type Shown = { readonly desk: CaseDesk; readonly area: Area; readonly typed: Typed | undefined };

/** The id of a control on the page; one page has many forms. */
export const controlId = (act: string, no: number, id: string): string => `${act}-${no}-${id}`;

/** The form of an act, for those whose roles allow it. */
export function actForm(shown: Shown, form: ActForm): Html | false {
  const { desk, area, typed } = shown;
  const { act, action, controls, no = 0, primary = false, enhance = false } = form;
  const withFile = controls.some(({ kind }) => kind === 'file');
  if (!can(desk, action)) return false;
  const { t } = desk.page;
  const mine = typed?.act === act && typed.no === no ? typed : undefined;
  const title = t(`${area}.act.${act}`);
  const help = t.has(`${area}.help.${act}`) && t(`${area}.help.${act}`);
  const body = html`<form method="post" action="${casePath(desk.file.reference, area)}/${act}" class="act-form" novalidate${withFile && html` enctype="multipart/form-data"`}${enhance}>${formKey(desk, desk.file.version)}<input type="hidden" name="no" value="${no}">
${help !== false && html`<p class="help">${help}</p>`}
${controls.map((one) => control(shown, form, one, mine))}
<p class="buttons"><button class="ds-button" type="submit"${!primary && html` data-variant="secondary"`}>${title}</button></p></form>`;
  if (primary || controls.length === 0) return body;
  return html`<details class="act-fold"${flag('open', mine !== undefined)}><summary>${title}</summary>${body}</details>`;
}

function control({ desk, area }: Shown, { act, no = 0 }: ActForm, one: Control, typed: Typed | undefined): Html {
  const { page } = desk;
  const { t } = page;
  const id = controlId(act, no, one.id);
  const errors = typed?.errors ?? [];
  const own = `${area}.field.${act}.${one.id}`;
  const label = html`${t(t.has(own) ? own : `${area}.field.${one.id}`)}${one.optional === true && html` <span class="optional">${t(`${area}.optional`)}</span>`}`;
  const hintKey = [`${area}.hint.${act}.${one.id}`, `${area}.hint.${one.id}`].find((key) => t.has(key));
  const hint = hintKey !== undefined && html`<p class="help" id="${id}-hint">${t(hintKey)}</p>`;
  const error = fieldError(page, id, errors);
  const described = [hint !== false && `${id}-hint`, error !== false && `${id}-error`].filter(Boolean).join(' ');
  const tie = html`${described !== '' && html` aria-describedby="${described}"`}${error !== false && html` aria-invalid="true"`}`;
  const values = typed?.fields[one.id] ?? (one.value === undefined ? [] : [one.value]);
  if (one.kind === 'choice' || one.kind === 'boxes') {
    const boxes = one.kind === 'boxes';
    const chosen = (option: Option): boolean =>
      typed ? values.includes(option.value) : boxes ? option.checked === true : values[0] === option.value;
    return html`<fieldset class="act-choice" id="${id}" tabindex="-1"${described !== '' && html` aria-describedby="${described}"`}><legend>${label}</legend>${hint}${error}
${(one.options ?? []).map(
  (
    option,
  ) => html`<label class="choice"><input type="${boxes ? 'checkbox' : 'radio'}" name="${one.id}" value="${option.value}"${flag('checked', chosen(option))}> <span>${option.text}</span></label>
`,
)}</fieldset>`;
  }
  const [value = ''] = values;
  const common = html` id="${id}" name="${one.id}"${tie}`;
  const input =
    one.kind === 'file'
      ? html`${arrived(desk, typed)}<input class="file-input" type="file"${common}>`
      : one.kind === 'text'
        ? html`<textarea class="ds-input" dir="auto" rows="3"${common}>${value}</textarea>`
        : html`<input class="ds-input${one.kind !== 'line' && ' short'}" type="${TYPES[one.kind]}"${one.kind === 'line' && html` dir="auto"`}${one.kind === 'number' && html` inputmode="numeric"`}${one.max !== undefined && html` max="${one.max}"`}${common} value="${value}" autocomplete="off">`;
  return html`<div class="field"><label for="${id}">${label}</label>
${hint}${error}${input}</div>`;
}

/** A file that came with this form before, when it could not be done: it is here, and goes with the form again. */
function arrived({ page }: CaseDesk, typed: Typed | undefined): Html | false {
  const [name, size] = [typed?.fields['fileName']?.[0] ?? '', Number(typed?.fields['fileSize']?.[0])];
  if (!typed?.fields['upload']?.[0] || !Number.isSafeInteger(size)) return false;
  const kept = ['upload', 'fileName', 'fileType', 'fileSize'].map(
    (id) => html`<input type="hidden" name="${id}" value="${typed.fields[id]?.[0] ?? ''}">`,
  );
  return html`<p class="note" data-arrived>${page.t.rich('evidence.arrived', { name: bdi(name), size: sayBytes({ page }, size) })}${kept}</p>`;
}

const TYPES = { line: 'text', day: 'date', moment: 'datetime-local', number: 'text', file: 'file' } as const;

// The fields that the forms about people are made of, each with its help and its fault beside it.

import type { FieldError } from '../components/error-summary.ts';
import { fieldError } from '../components/error-summary.ts';
import type { PageContext } from '../context.ts';
import { flag, type Fragment, type Html, html } from '../html.ts';
import { OWN_NAME, PAGE_LANGUAGES } from '../messages.ts';

export type Field = {
  readonly id: string;
  readonly type?: 'text' | 'password' | 'date';
  readonly value?: string;
  /** What the browser or a password manager may fill in (WCAG 1.3.5). */
  readonly autocomplete?: string;
  readonly numeric?: boolean;
  /** Under which name it is sent, where that is not its id. */
  readonly name?: string;
  /** Help beside the label; the label is `people.field.<id>`. */
  readonly help?: string | Html;
  readonly label?: string;
};

/** A line to type in. */
export function inputField(context: PageContext, field: Field, errors: readonly FieldError[]): Html {
  const { id, name = id, type = 'text', value = '', autocomplete = 'off', numeric = false, help, label } = field;
  const wrong = errors.some((error) => error.field === id);
  const described = [help !== undefined && `${id}-help`, wrong && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="field"><label for="${id}">${label ?? context.t(`people.field.${id}`)}</label>
${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}${fieldError(context, id, errors)}<input class="ds-input${type === 'date' && ' date'}${numeric && ' code'}" type="${type}" id="${id}" name="${name}" value="${value}" autocomplete="${autocomplete}" spellcheck="false" autocapitalize="none"${numeric && html` inputmode="numeric" dir="ltr"`}${wrong && html` aria-invalid="true"`}${described !== '' && html` aria-describedby="${described}"`}></div>`;
}

export type Option = { readonly value: string; readonly text: Fragment };

export function selectField(
  context: PageContext,
  {
    id,
    value,
    options,
    help,
  }: { readonly id: string; readonly value: string; readonly options: readonly Option[]; readonly help?: string },
  errors: readonly FieldError[],
): Html {
  const wrong = errors.some((error) => error.field === id);
  const described = [help !== undefined && `${id}-help`, wrong && `${id}-error`].filter(Boolean).join(' ');
  return html`<div class="field"><label for="${id}">${context.t(`people.field.${id}`)}</label>
${help !== undefined && html`<p class="help" id="${id}-help">${help}</p>`}${fieldError(context, id, errors)}<select class="ds-input" id="${id}" name="${id}"${wrong && html` aria-invalid="true"`}${described !== '' && html` aria-describedby="${described}"`}>${options.map(
    (one) => html`
<option value="${one.value}"${flag('selected', one.value === value)}>${one.text}</option>`,
  )}
</select></div>`;
}

/** The languages a person may read, each in its own name. */
export const languageField = (context: PageContext, value: string, errors: readonly FieldError[]): Html =>
  selectField(
    context,
    { id: 'language', value, options: PAGE_LANGUAGES.map((one) => ({ value: one, text: OWN_NAME[one] })) },
    errors,
  );

/** The roles of an office as boxes to tick, each with what it does. */
export function rolesField(
  context: PageContext,
  roles: readonly string[],
  held: readonly string[],
  errors: readonly FieldError[],
): Html {
  const { t } = context;
  const wrong = errors.some((error) => error.field === 'roles');
  return html`<fieldset class="field people-roles" id="roles" tabindex="-1" aria-describedby="roles-help${wrong && ' roles-error'}"><legend>${t('people.field.roles')}</legend>
<p class="help" id="roles-help">${t('people.help.roles')}</p>${fieldError(context, 'roles', errors)}
${roles.map(
  (
    role,
  ) => html`<label class="role-choice"><input type="checkbox" name="roles" value="${role}" aria-describedby="role-${role}-help"${flag('checked', held.includes(role))}> <span><strong>${t(`people.role.${role}`)}</strong><span class="help" id="role-${role}-help">${t(`people.role.${role}.does`)}</span></span></label>
`,
)}</fieldset>`;
}

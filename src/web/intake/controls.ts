// The controls of the form: each field of a request as a page shows it, with its hint and what is wrong beside it.

import { itemsByCategory } from '../../app/casework/drafts.ts';
import type { FormField } from '../../domain/requests/form.ts';
import { say } from '../../kernel/language.ts';
import { STATE_CODES } from '../../kernel/state-code.ts';
import { stateText } from '../check/words.ts';
import { type FieldError, fieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { flag, type Fragment, type Html, html } from '../html.ts';
import { localeOf } from '../messages.ts';
import { idOf, itemLabel, languageText } from './words.ts';

type Shown = { readonly context: LawContext; readonly errors: readonly FieldError[] };

/** A required choice among so few is shown whole; a longer or an optional one folds. */
const RADIOS = 5;
/** Languages that are offered; any other can be typed. */
const OFFERED = ['ar', 'zh', 'en', 'fr', 'ru', 'es', 'pt', 'de', 'hi', 'id', 'ja', 'sw', 'tr', 'uk'];

/** The fields of a page or of a part of one. */
export const controls = (shown: Shown, fields: readonly FormField[]): Html =>
  html`${fields.map((field) => control(shown, field, fields))}`;

/** What the language fields offer; once a page. */
export const languageList = (context: LawContext): Html =>
  html`<datalist id="languages">${OFFERED.map((tag) => html`<option value="${tag}">${languageText(context, tag)}</option>`)}</datalist>`;

function control(shown: Shown, form: FormField, beside: readonly FormField[]): Html {
  switch (form.field.kind) {
    case 'group':
      return group(shown, form);
    case 'list':
      return list(shown, form);
    case 'yes-no':
    case 'choices':
      return set(shown, form, beside);
    case 'choice':
      return form.required && form.field.options.length <= RADIOS ? set(shown, form, beside) : line(shown, form);
    default:
      return line(shown, form);
  }
}

function label({ t }: LawContext, { key, required }: FormField): Html {
  return html`${t(`request.field.${key}`)}${!required && html` <span class="optional">${t('request.optional')}</span>`}`;
}

/** The hint and the fault of a field, and what ties them to its control. */
function beside({ context, errors }: Shown, { field, name, key }: FormField) {
  const { t } = context;
  const id = idOf(name);
  const words = t.has(`request.hint.${key}`)
    ? t(`request.hint.${key}`)
    : field.kind === 'moment' && t('intake.momentHint');
  const hint = words !== false && html`<p class="help" id="${id}-hint">${words}</p>`;
  const error = fieldError(context, id, errors);
  const described = [hint !== false && `${id}-hint`, error !== false && `${id}-error`].filter(Boolean).join(' ');
  const tie = html`${described !== '' && html` aria-describedby="${described}"`}${error !== false && html` aria-invalid="true"`}`;
  return { id, notes: html`${hint}${error}`, tie, described };
}

function group(shown: Shown, form: FormField): Html {
  const { id, notes, described } = beside(shown, form);
  return html`<fieldset class="form-group" id="${id}" tabindex="-1"${described !== '' && html` aria-describedby="${described}"`}><legend>${label(shown.context, form)}</legend>${notes}
<div class="form-parts">${controls(shown, form.fields)}</div></fieldset>`;
}

function list(shown: Shown, form: FormField): Html {
  const { t } = shown.context;
  const { id, notes, described } = beside(shown, form);
  return html`<fieldset class="form-list" id="${id}" tabindex="-1"${described !== '' && html` aria-describedby="${described}"`}><legend>${label(shown.context, form)}</legend>${notes}
${form.items.map((item, n) => {
  const name = itemLabel(shown.context, form.key, n);
  return html`<fieldset class="form-item" id="${id}.${n}" tabindex="-1"><legend>${name}</legend>
<div class="form-parts">${controls(shown, item)}</div>
<p class="form-remove"><button class="as-link" type="submit" name="remove:${form.name}:${n}" value="1">${t('request.remove', { item: name })}</button></p></fieldset>`;
})}
<p class="form-add"><button class="ds-button" data-variant="secondary" data-size="sm" type="submit" name="add:${form.name}" value="1">${t(`request.add.${form.key}`)}</button></p></fieldset>`;
}

/** Choices that are seen all at once. A box that is not ticked sends nothing, so an empty value goes with the boxes. */
function set(shown: Shown, form: FormField, siblings: readonly FormField[]): Html {
  const { context } = shown;
  const { t } = context;
  const { field, name, key, values } = form;
  const { id, notes, described } = beside(shown, form);
  const boxes = field.kind === 'choices';
  const one = (value: string, text: string): Html =>
    html`<label class="choice"><input type="${boxes ? 'checkbox' : 'radio'}" name="${name}" value="${value}"${flag('checked', boxes ? values.includes(value) : (values[0] ?? '') === value)}> <span>${text}</span></label>`;
  const inner = (): Fragment => {
    if (field.kind === 'yes-no')
      return html`${one('yes', t('request.yes'))}${one('no', t('request.no'))}${!form.required && one('', t('intake.notSaid'))}`;
    if (field.kind !== 'choices' && field.kind !== 'choice') return null;
    const say = (value: string): Html => one(value, t(`request.option.${key}.${value}`));
    return key === 'dataCategories.items' ? items(shown, form, siblings, say) : field.options.map(say);
  };
  return html`<fieldset class="form-set" id="${id}" tabindex="-1" data-kind="${field.kind}"${described !== '' && html` aria-describedby="${described}"`}><legend>${label(context, form)}</legend>${notes}
${boxes && html`<input type="hidden" name="${name}" value="">`}<div class="choices">${inner()}</div></fieldset>`;
}

/** Items of data under their categories; only those of the category, once one is chosen, and what was ticked before. */
function items(
  { context: { t } }: Shown,
  { values }: FormField,
  siblings: readonly FormField[],
  say: (value: string) => Html,
): Fragment {
  const category = siblings.find(({ key }) => key === 'dataCategories.category')?.values[0];
  const known = itemsByCategory(category);
  const others = values.filter((value) => !known.some(([, all]) => all.includes(value)));
  if (known.length === 1) return [known[0]?.[1].map(say), others.map(say)];
  return known.map(
    ([name, all]) =>
      html`<div class="choices-of"><p class="help">${t(`request.option.dataCategories.category.${name}`)}</p>${all.map(say)}</div>`,
  );
}

/** Whatever is one control with a label above it. */
function line(shown: Shown, form: FormField): Html {
  const { id, notes, tie } = beside(shown, form);
  return html`<div class="field form-line" data-kind="${form.field.kind}"><label for="${id}">${label(shown.context, form)}</label>
${notes}${input(shown, form, html` id="${id}" name="${form.name}"${tie}`)}</div>`;
}

function input({ context }: Shown, { field, key, values }: FormField, common: Html): Html {
  const { t, language, book } = context;
  const [value = ''] = values;
  const select = (options: readonly (readonly [string, string])[]): Html =>
    html`<select class="ds-input"${common}><option value="">${t('intake.choose')}</option>${options.map(
      ([one, text]) => html`
<option value="${one}"${flag('selected', one === value)}>${text}</option>`,
    )}</select>`;
  const text = (more: Html, short = false): Html =>
    html`<input class="ds-input${short && ' short'}"${common} value="${value}"${more} autocomplete="off">`;
  switch (field.kind) {
    case 'choice':
      return select(field.options.map((one) => [one, t(`request.option.${key}.${one}`)]));
    case 'fact-choice':
      return select(
        (book.rules.facts.find((one) => one.id === field.fact)?.choices ?? []).map((one) => [
          one.value,
          say(one.label, language),
        ]),
      );
    case 'state':
      return select(states(context, value));
    case 'long-text':
      return html`<textarea class="ds-input" dir="auto" rows="${rowsFor(value)}"${common}>${value}</textarea>`;
    case 'day':
      // What cannot be read as a day would vanish from a control for days; it is shown as it was typed.
      return value === '' || /^\d{4}-\d\d-\d\d$/.test(value)
        ? text(html` type="date"`, true)
        : text(html` type="text"`);
    case 'moment':
      return text(html` type="text" inputmode="numeric" dir="ltr"`, true);
    case 'number':
    case 'years':
      return text(html` type="text" inputmode="${field.kind === 'number' ? 'numeric' : 'text'}"`, true);
    case 'language':
      return text(html` type="text" list="languages" spellcheck="false" autocapitalize="none"`, true);
    case 'text':
      return text(KEYBOARDS[field.format ?? 'plain'], field.format === 'time-zone');
    default:
      return html``;
  }
}

const KEYBOARDS = {
  plain: html` type="text" dir="auto"`,
  email: html` type="text" inputmode="email" dir="ltr" spellcheck="false" autocapitalize="none"`,
  phone: html` type="text" inputmode="tel" dir="ltr"`,
  url: html` type="text" inputmode="url" dir="ltr" spellcheck="false" autocapitalize="none"`,
  'time-zone': html` type="text" dir="ltr" spellcheck="false"`,
  sha256: html` type="text" dir="ltr" spellcheck="false" autocapitalize="none"`,
} as const;

/** Room for what stands there, so that nobody reads a long text through a slit. */
const rowsFor = (value: string): number => Math.min(16, Math.max(4, Math.ceil(value.length / 70)));

function states({ language }: LawContext, value: string): (readonly [string, string])[] {
  const known = value === '' || STATE_CODES.includes(value) ? STATE_CODES : [value, ...STATE_CODES];
  const { compare } = new Intl.Collator(localeOf(language));
  return known.map((code) => [code, stateText(code, language)] as const).sort((a, b) => compare(a[1], b[1]));
}

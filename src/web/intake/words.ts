// How the form speaks: the label of a place in a request, what is missing there, and what stands in a control.

import { keyOf, nameOf } from '../../app/casework/drafts.ts';
import type { Missing } from '../../domain/requests/completeness.ts';
import type { ContentFault } from '../../domain/requests/content.ts';
import type { FormField } from '../../domain/requests/form.ts';
import type { Day } from '../../kernel/calendar.ts';
import { say } from '../../kernel/language.ts';
import { stateText } from '../check/words.ts';
import type { FieldError } from '../components/error-summary.ts';
import type { LawContext } from '../context.ts';
import { bdi, type Fragment, html } from '../html.ts';
import { localeOf, sayDay, sayList, sayNumber } from '../messages.ts';

type Words = Pick<LawContext, 't' | 'language' | 'book'>;

/** The id of a control on its page. */
export const idOf = (name: string): string => `f-${name}`;

/** The name of an item of a list: "Account 2". `place` counts from 0. */
export const itemLabel = ({ t }: Pick<Words, 't'>, key: string, place: number): string =>
  t(`request.item.${key}`, { n: place + 1 });

/** A place in a request in words, with the item or group it stands in: "Service or provider (Account 1)". */
export function labelAt(context: Pick<Words, 't'>, pointer: string): string {
  const { t } = context;
  const key = keyOf(pointer);
  const field = t.has(`request.field.${key}`) ? t(`request.field.${key}`) : nameOf(pointer);
  const within = placeOf(context, nameOf(pointer).split('.').slice(0, -1));
  return within === undefined ? field : t('intake.labelIn', { field, place: within });
}

function placeOf(context: Pick<Words, 't'>, parts: readonly string[]): string | undefined {
  const last = parts.at(-1);
  if (last === undefined) return undefined;
  const key = keyOf(`/${parts.join('/')}`);
  if (/^\d+$/.test(last)) return itemLabel(context, key, Number(last));
  return context.t.has(`request.field.${key}`) ? context.t(`request.field.${key}`) : undefined;
}

export const sayMissing = (context: Pick<Words, 't'>, { pointer, why, values = {} }: Missing): string =>
  context.t(`request.missing.${why}`, { ...values, field: labelAt(context, pointer) });

/** The same under a heading that says what the list is of. */
export const nameMissing = (context: Pick<Words, 't'>, missing: Missing): string =>
  missing.why === 'missing' ? labelAt(context, missing.pointer) : sayMissing(context, missing);

/** Faults as errors of the page, each beside its control. */
export const faultErrors = (context: Pick<Words, 't'>, faults: readonly ContentFault[]): FieldError[] =>
  faults.map(({ pointer, code, values = {} }) => ({
    field: idOf(nameOf(pointer)),
    message: context.t(`request.fault.${code}`, { ...values, field: labelAt(context, pointer) }),
  }));

/** The name of a measure in the language of the page. */
export function measureText({ book, language }: Pick<Words, 'book' | 'language'>, measure: string | null): string {
  const found = book.rules.measures.find((one) => one.id === measure);
  return found ? say(found.title, language) : (measure ?? '');
}

/** What stands in a control, in words. */
export function valueText(context: Words, { field, key, values }: FormField): Fragment {
  const { t, language, book } = context;
  const [value = ''] = values;
  switch (field.kind) {
    case 'choice':
    case 'choices':
      return sayList(
        values.map((one) => t(`request.option.${key}.${one}`)),
        language,
      );
    case 'fact-choice': {
      const choices = book.rules.facts.find((one) => one.id === field.fact)?.choices ?? [];
      const choice = choices.find((one) => one.value === value);
      return choice ? say(choice.label, language) : bdi(value);
    }
    case 'yes-no':
      return t(`request.${value === 'yes' ? 'yes' : 'no'}`);
    case 'years':
      return value === 'life' ? t('request.life') : t('check.years.count', { years: Number(value) });
    case 'number':
      return sayNumber(Number(value), language);
    case 'day':
      return html`<time datetime="${value}">${sayDay(value as Day, language)}</time>`;
    case 'moment':
      return html`<time datetime="${value}">${momentText(context, value)}</time>`;
    case 'state':
      return stateText(value, language);
    case 'language':
      return languageText(context, value);
    case 'long-text':
      return html`<span class="long-text" dir="auto">${value}</span>`;
    default:
      return bdi(value);
  }
}

/** A day in words, and the time as it was written, since a request's times are in the zone that it names. */
function momentText({ language }: Words, value: string): Fragment {
  const [day = '', time] = value.split('T');
  const said = /^\d{4}-\d\d-\d\d$/.test(day) ? sayDay(day as Day, language) : day;
  return time === undefined ? said : html`${said} ${bdi(time)}`;
}

/** "French (fr)"; the bare code where it has no name. */
export function languageText({ language }: Pick<Words, 'language'>, tag: string): string {
  try {
    const name = new Intl.DisplayNames(localeOf(language), { type: 'language', fallback: 'none' }).of(tag);
    return name === undefined ? tag : `${name} (${tag})`;
  } catch {
    // A tag that is well formed for us may name nothing that the library knows.
    return tag;
  }
}

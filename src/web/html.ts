// Markup as values: a tagged template that escapes whatever is put into it, unless it is markup itself.

import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is safe to send: everything put into it was escaped. Hono sends it as it is. */
export type Html = HtmlEscapedString;

/** What a template may be given: text and numbers are escaped, nothing at all is left out, lists are joined. */
export type Fragment = Html | string | number | false | null | undefined | readonly Fragment[];

/** Text that was escaped. That it is an object tells it from what was typed, and nobody else makes one. */
class Markup extends String {
  get isEscaped(): true {
    return true;
  }
}

/** Builds markup; every value is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let text = strings[0] as string;
  for (let n = 0; n < values.length; n++) text += textOf(values[n]) + strings[n + 1];
  return markup(text);
}

/** Calls markup what somebody else escaped: nothing that was typed may be in it as it was typed. */
export const markup = (text: string): Html => new Markup(text) as unknown as Html;

function textOf(value: Fragment): string {
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  if (value instanceof Markup) return value.toString();
  if (Array.isArray(value)) {
    let text = '';
    for (const one of value) text += textOf(one);
    return text;
  }
  return '';
}

const SPECIAL = /[&<>"']/;
const EACH_SPECIAL = /[&<>"']/g;
const NAMED: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Nearly all text has nothing to escape, and to find that out is cheaper than to replace nothing. */
const escaped = (text: string): string =>
  SPECIAL.test(text) ? text.replace(EACH_SPECIAL, (character) => NAMED[character] as string) : text;

/** Text whose direction is its own: ids, codes, and whatever a person typed. */
export const bdi = (text: string): Html => html`<bdi>${text}</bdi>`;

/** An attribute that is there or not, like `checked`. The name is a constant of ours. */
export const flag = (name: 'checked' | 'selected' | 'required' | 'hidden' | 'open', on: boolean): Html | false =>
  on && FLAGS[name];

const FLAGS = {
  checked: html` checked`,
  selected: html` selected`,
  required: html` required`,
  hidden: html` hidden`,
  open: html` open`,
} as const;

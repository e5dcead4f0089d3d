// Hono's tagged template, narrowed to text: our templates hold no promises, so a page is a value that is there at once.

import { html as tagged } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

/** Markup that is safe to send: everything put into it was escaped. */
export type Html = HtmlEscapedString;

/** What a template may be given: text and numbers are escaped, nothing at all is left out, lists are joined. */
export type Fragment = Html | string | number | false | null | undefined | readonly Fragment[];

/** Builds markup; every value is escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  return tagged(strings, ...values) as Html;
}

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

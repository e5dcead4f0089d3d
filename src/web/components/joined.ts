// Two things said side by side with the marks of the language between them: a colon for what is named, a comma for what is listed.

import type { LawContext } from '../context.ts';
import { type Fragment, type Html, html } from '../html.ts';

type Speaking = Pick<LawContext, 't'>;

/** "Reviewer: answer four questions". */
export const pair = ({ t }: Speaking, name: Fragment, value: Fragment): Html =>
  t.rich('site.pair', { name: html`${name}`, value: html`${value}` });

/** "in three days, 4 March 2028". */
export const joined = ({ t }: Speaking, first: Fragment, second: Fragment): Html =>
  t.rich('site.joined', { first: html`${first}`, second: html`${second}` });

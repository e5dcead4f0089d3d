// A hash as two people compare it.

import { type Html, html } from '../html.ts';

/** Its digits in groups of four. */
export const hashGroups = (hash: string): Html =>
  html`<code class="hash" dir="ltr">${(hash.match(/.{1,4}/g) ?? []).map((group) => html`<span>${group}</span> `)}</code>`;

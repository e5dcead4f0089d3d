// A letter on the page, from the same blocks that the press prints: in its own language and direction.

import type { Block, LetterDocument } from '../../app/letters/document.ts';
import { type Fragment, type Html, html } from '../html.ts';
import { tagOf } from '../messages.ts';

/** `label` names it for those who hear the page. */
export function letterPreview(letter: LetterDocument, label: string): Html {
  const { letterhead, addressee, particulars, signatures } = letter;
  return html`<article class="letter" lang="${tagOf(letter.language)}" dir="${letter.direction}" aria-label="${label}">
<div class="letter-head"><p><b>${letterhead.state}</b></p><p>${letterhead.office}</p>${letterhead.lines.map((line) => html`<p class="cite">${line}</p>`)}</div>
<p class="lines">${addressee.join('\n')}</p>
<p class="letter-title">${letter.title}</p>
${fieldList(particulars)}
<p>${letter.salutation}</p>
${letter.blocks.map(block)}
<p>${letter.closing}</p>
${block(signatures)}
</article>`;
}

const fieldList = (fields: LetterDocument['particulars']): Html =>
  html`<dl class="letter-fields">${fields.map(({ label, values }) => html`<div><dt>${label}</dt><dd class="lines">${values.join('\n')}</dd></div>`)}</dl>`;

function block(one: Block): Fragment {
  switch (one.block) {
    case 'heading':
      return html`<p class="letter-heading">${one.text}</p>`;
    case 'paragraph':
      return html`<p class="lines">${one.text}</p>`;
    case 'statement':
      return html`<p class="lines letter-statement">${one.text}</p>`;
    case 'citation':
      return html`<p class="lines cite">${one.text}</p>`;
    case 'code':
      return html`<p class="letter-code">${one.text}</p>`;
    case 'fields':
      return fieldList(one.fields);
    case 'list':
      return html`<ol>${one.items.map(({ text, citation }) => html`<li><span class="lines">${text}</span>${citation !== undefined && html`<br><span class="cite">${citation}</span>`}</li>`)}</ol>`;
    case 'table':
      return html`<table class="letter-table" role="table"><thead role="rowgroup"><tr role="row">${one.head.map((cell) => html`<th scope="col" role="columnheader">${cell}</th>`)}</tr></thead>
<tbody role="rowgroup">${one.rows.map((row) => html`<tr role="row">${row.map((cell, i) => html`<td role="cell" data-label="${one.head[i] ?? ''}">${cell}</td>`)}</tr>`)}</tbody></table>`;
    case 'signatures':
      return html`<div class="letter-signatures">${one.people.map(({ role, name, lines }) => html`<div>${role !== '' && html`<p class="cite">${role}</p>`}<p><b>${name}</b></p>${lines.map((line) => html`<p>${line}</p>`)}</div>`)}</div>`;
  }
}

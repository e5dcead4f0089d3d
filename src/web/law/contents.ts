// The contents of a long page: beside it on a wide screen, folded above it on a narrow one; never both at a time.

import { type Html, html } from '../html.ts';

export function contentsNav(title: string, items: readonly Html[]): Html {
  const list = html`<ol>${items}
</ol>`;
  return html`<nav class="contents wide no-print" aria-labelledby="contents"><h2 id="contents">${title}</h2>${list}</nav>
<details class="contents narrow no-print"><summary>${title}</summary><nav aria-label="${title}">${list}</nav></details>`;
}

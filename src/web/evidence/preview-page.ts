// What a sandboxed child made of an object, as text or a picture, and never the object itself.

import type { Preview } from '../../app/evidence/ports.ts';
import type { EvidenceObject } from '../../app/evidence/reading.ts';
import { casePage } from '../casework/case-page.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { bdi, type Html, html } from '../html.ts';

export function previewPage(desk: CaseDesk, { no, name }: EvidenceObject, made: Preview): Html {
  const { t } = desk.page;
  const title = t('evidence.preview', { no });
  return casePage({
    desk,
    tab: 'evidence',
    title,
    main: html`<section class="after"><h2>${title}</h2><p class="cite">${bdi(name)} · ${t('evidence.previewNote')}</p>
${shownAs(desk, made, no)}
<p class="no-print"><a class="ds-link" href="${casePath(desk.file.reference, 'evidence')}#object-${no}">${t('evidence.back')}</a></p></section>`,
  });
}

function shownAs({ page: { t } }: CaseDesk, made: Preview, no: number): Html {
  switch (made.is) {
    case 'none':
      return html`<p class="note">${t(`evidence.noPreview.${made.why}`)}</p>`;
    case 'text':
      return html`<pre class="preview" dir="auto" tabindex="0" role="region" aria-label="${t('evidence.preview', { no })}">${made.text}</pre>${made.cut && html`<p class="cite">${t('evidence.previewCut')}</p>`}`;
    case 'pictures':
      return html`${made.pages.map(
        (bytes, n) =>
          html`<p><img class="preview" alt="${t('evidence.picture', { page: n + 1 })}" src="data:image/png;base64,${base64(bytes)}"></p>`,
      )}`;
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

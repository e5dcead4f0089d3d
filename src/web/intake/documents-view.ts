// The files that came with a request, each with what it is, how large, and the way to have it as it came.

import type { Attached, Document } from '../../app/casework/ports.ts';
import { at } from '../casework/moments.ts';
import { casePath } from '../casework/tabs.ts';
import type { CaseDesk } from '../casework/context.ts';
import { shortHash } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { localeOf } from '../messages.ts';
import { type FormDesk, formPath } from './form-desk.ts';

/** Kinds that have a word of their own. */
const KNOWN = ['application/pdf', 'application/json', 'image/png', 'image/jpeg', 'image/tiff', 'application/zip'];

export const documentsOfDraft = (desk: FormDesk): Html =>
  html`<ul class="documents">${desk.draft.documents.map(
    (one) =>
      html`<li><a class="ds-link" href="${formPath(desk, `file/${one.sha256}`)}" download>${bdi(one.name)}</a> ${about(desk.page, one)}</li>`,
  )}</ul>`;

/** `names`: of those who added them, by id. */
export const documentsOfCase = (
  desk: CaseDesk,
  documents: readonly Document[],
  names: { readonly [person: string]: string },
): Fragment =>
  documents.length > 0 &&
  html`<ul class="documents">${documents.map(
    (one) =>
      html`<li><a class="ds-link" href="${casePath(desk.file.reference)}/documents/${one.id}" download>${bdi(one.name)}</a> ${about(desk.page, one)}
<p class="cite">${desk.page.t.rich('intake.document.added', { when: at(desk, one.addedAt), who: bdi(names[one.addedBy ?? ''] ?? desk.nameOf(null)) })}</p></li>`,
  )}</ul>`;

function about({ t, language }: PageContext, { mediaType, size, sha256 }: Attached): Html {
  const kilobytes = new Intl.NumberFormat(localeOf(language), {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: size < 10_240 ? 1 : 0,
  }).format(size / 1024);
  const kind = t(`intake.kind.${KNOWN.includes(mediaType) ? mediaType.split('/')[1] : 'other'}`);
  return html`<span class="cite">${kind}, ${kilobytes} · SHA-256 <bdi title="${sha256}">${shortHash(sha256)}</bdi></span>`;
}

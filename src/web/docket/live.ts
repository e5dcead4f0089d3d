// The place on a page where it is said that what it shows has changed: empty until the browser script fills it.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Desk } from '../casework/context.ts';
import { type Html, html } from '../html.ts';

/** What the page shows: one case at a version, or a list without. `here` is the address that shows it anew. */
export type Watched = { readonly here: string; readonly file?: Pick<CaseFile, 'reference' | 'version'> };

/** The words wait in a template, so that the script brings none. */
export function changedNote({ page: { t } }: Pick<Desk, 'page'>, { here, file }: Watched): Html {
  const of = file === undefined ? '' : `?case=${file.reference}&version=${file.version}`;
  return html`<div class="changed no-print" role="status" data-events="/events${of}"><template><p>${t(
    file === undefined ? 'casework.listChanged' : 'casework.changed',
  )} <a class="ds-link" href="${here}">${t('casework.reload')}</a></p></template></div>`;
}

// A page that only says something: nothing is here, this is too large, something broke.

import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { page } from './layout.ts';

/** `which` names the messages `site.<which>.title` and `.text`; the values are shown as they were given, in their own direction. */
export function messagePage(
  context: PageContext,
  which: 'notFound' | 'tooLarge' | 'uploadTooLarge' | 'fileTooLarge' | 'defect',
  values: { readonly [name: string]: string } = {},
): Html {
  const { t } = context;
  const title = t(`site.${which}.title`);
  const shown = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, bdi(value)]));
  return page({
    context,
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${t.rich(`site.${which}.text`, shown)}</p>
<p><a class="ds-link" href="/">${t('site.notFound.home')}</a></p>`,
  });
}

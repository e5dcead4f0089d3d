// A page of people and access that only says something, and where to go from there.

import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';

export type Said = 'elsewhere' | 'form' | 'notYours' | 'withheld' | 'noSite' | 'linkVoid' | 'stepUpLate' | 'signedOut';

/** The messages are `people.say.<which>.title`, `.text` and `.way`; `href` is where the way leads. */
export function sayPage(context: PageContext, which: Said, href = which === 'signedOut' ? '/sign-in' : '/'): Html {
  const { t } = context;
  const title = t(`people.say.${which}.title`);
  return page({
    context,
    title,
    main: html`<h1>${title}</h1>
<p class="lead">${t(`people.say.${which}.text`)}</p>
<p><a class="ds-link" href="${href}">${t(`people.say.${which}.way`)}</a></p>`,
  });
}

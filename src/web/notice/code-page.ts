// The door for people concerned: one field for the code of their letter. The code goes into no address, no cookie and no log.

import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';

export function codePage(context: PageContext, errors: readonly FieldError[] = []): Html {
  const { t } = context;
  const title = t('notice.code.title');
  const wrong = errors.some(({ field }) => field === 'code');
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    description: t('notice.code.lead'),
    main: html`<div class="story">${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t('notice.code.lead')}</p>
<form method="post" action="/notice" class="story-form" novalidate autocomplete="off">${csrfField(context.session)}
<div class="field"><label for="code">${t('notice.code.label')}</label><p class="help" id="code-help">${t('notice.code.help')}</p>${fieldError(context, 'code', errors)}
<input class="ds-input story-code" type="text" id="code" name="code" dir="ltr" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="60" aria-describedby="code-help${wrong && ' code-error'}"${wrong && html` aria-invalid="true"`}></div>
<p class="buttons"><button class="ds-button" type="submit" name="do" value="open">${t('notice.code.do')}</button></p></form>
<section aria-labelledby="private"><h2 id="private">${t('notice.private.title')}</h2>
<ul>${['account', 'kept', 'others', 'share'].map((one) => html`<li>${t(`notice.private.${one}`)}</li>`)}</ul></section>
<section aria-labelledby="lost"><h2 id="lost">${t('notice.lost.title')}</h2><p>${t('notice.lost.text')}</p></section></div>`,
  });
}

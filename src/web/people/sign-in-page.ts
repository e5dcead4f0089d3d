// Sign-in as a page: name and password, or a passkey, or the ministry's own door; then the code.

import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { type Html, html } from '../html.ts';
import { inputField } from './fields.ts';

export type SignInView = {
  readonly next: string;
  readonly loginName: string;
  readonly passkeys: boolean;
  readonly federated: boolean;
  readonly errors: readonly FieldError[];
};

export function signInPage(context: PageContext, view: SignInView): Html {
  const { t } = context;
  const { next, errors } = view;
  const title = t('people.signIn.title');
  // Nobody of a demonstration has a password: who they want to be is chosen.
  if (context.demonstration === true)
    return page({
      context,
      title,
      main: html`<div class="door-page"><h1>${title}</h1>
<p class="lead">${t('demo.lead')}</p><p><a class="ds-button" href="/demo">${t('demo.banner.enter')}</a></p></div>`,
    });
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    scripts: view.passkeys ? ['passkey'] : [],
    main: html`<div class="door-page">${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t('people.signIn.lead')}</p>
${
  view.passkeys &&
  html`<form method="post" action="/sign-in/passkey" class="passkey-door" data-passkey hidden>
<input type="hidden" name="next" value="${next}"><input type="hidden" name="token" value=""><input type="hidden" name="assertion" value="">
<button class="ds-button" type="button" id="passkey" data-passkey-enter="/sign-in/passkey/begin" data-failed="${t('people.passkey.failed')}">${t('people.signIn.passkey')}</button>
<p class="people-or">${t('people.stepUp.or')}</p></form>`
}
${
  view.federated &&
  html`<p><a class="ds-button" data-variant="secondary" href="/sign-in/federated">${t('people.signIn.federated')}</a></p>`
}
<form method="post" action="/sign-in" novalidate>
<input type="hidden" name="next" value="${next}">
${inputField(context, { id: 'loginName', value: view.loginName, autocomplete: 'username' }, errors)}
${inputField(context, { id: 'password', type: 'password', autocomplete: 'current-password' }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('people.signIn.do')}</button></div>
</form>
<p class="help">${t('people.signIn.lost')}</p></div>`,
  });
}

export function codePage(
  context: PageContext,
  { token, next, errors }: { readonly token: string; readonly next: string; readonly errors: readonly FieldError[] },
): Html {
  const { t } = context;
  const title = t('people.code.title');
  const hidden = html`<input type="hidden" name="next" value="${next}"><input type="hidden" name="step" value="${token}">`;
  return page({
    context: { ...context, path: '/sign-in' },
    title,
    hasErrors: errors.length > 0,
    main: html`<div class="door-page">${errorSummary(context, errors)}<h1>${title}</h1>
<form method="post" action="/sign-in/code" novalidate>
${hidden}
${inputField(context, { id: 'code', autocomplete: 'one-time-code', numeric: true, help: t('people.help.code') }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('people.code.do')}</button></div>
</form>
<details class="fold"><summary>${t('people.code.none')}</summary>
<form method="post" action="/sign-in/code" novalidate>
${hidden}${inputField(context, { id: 'recovery', name: 'code', help: t('people.help.recovery') }, errors)}
<div class="buttons"><button class="ds-button" data-variant="secondary" type="submit">${t('people.code.useRecovery')}</button></div>
</form></details></div>`,
  });
}

/** After the identity provider: a link, since a redirect would not bring the new cookie along. */
export function onwardPage(context: PageContext, next: string): Html {
  const { t } = context;
  const title = t('people.onward.title');
  return page({
    context,
    title,
    main: html`<h1>${title}</h1><p><a class="ds-button" href="${next}">${t('people.onward.do')}</a></p>`,
  });
}

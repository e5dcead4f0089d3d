// The page on which a person takes up what they will sign in with, and the page after it with the recovery codes.

import { SHORTEST_PASSWORD } from '../../app/people/read.ts';
import { type FieldError, errorSummary } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { authenticatorPart } from './authenticator.ts';
import { inputField, languageField } from './fields.ts';

export type EnrolView = {
  /** `setUp`: the first registrar, who names themselves; `invitation`: somebody who is written down already. */
  readonly kind: 'setUp' | 'invitation';
  readonly action: string;
  readonly secret: Uint8Array;
  readonly passkeys: boolean;
  readonly values: { readonly name: string; readonly loginName: string; readonly language: string };
  readonly errors: readonly FieldError[];
};

export function enrolPage(context: PageContext, view: EnrolView): Html {
  const { t } = context;
  const { kind, values, errors, action } = view;
  const title = t(`people.${kind}.title`);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    scripts: view.passkeys ? ['passkey'] : [],
    main: html`${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t.rich(`people.${kind}.lead`, { name: bdi(values.name) })}</p>
<form method="post" action="${action}" class="people-form" novalidate>
${kind === 'setUp' ? aboutYou(context, view) : html`<p>${t.rich('people.invitation.loginName', { name: html`<strong>${bdi(values.loginName)}</strong>` })}</p>`}
<div class="people-way" data-passkey hidden><h2>${t('people.enrol.passkey')}</h2>
<p>${t('people.enrol.passkeyWhy')}</p>
${inputField(context, { id: 'label', help: t('people.help.label') }, errors)}
<input type="hidden" name="passkey" value="">
<div class="buttons"><button class="ds-button" type="button" id="passkey" data-passkey-make="${action}/passkey" data-failed="${t('people.passkey.failed')}">${t(`people.${kind}.passkeyDo`)}</button></div></div>
<div class="people-way"><h2>${t('people.enrol.password')}</h2>
${inputField(context, { id: 'password', type: 'password', autocomplete: 'new-password', help: t('people.help.newPassword', { count: SHORTEST_PASSWORD }) }, errors)}
<h3>${t('people.enrol.app')}</h3>
${authenticatorPart(context, view.secret, kind === 'setUp' ? '' : values.loginName)}
${inputField(context, { id: 'code', numeric: true, autocomplete: 'one-time-code', help: t('people.help.codeOfApp') }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t(`people.${kind}.do`)}</button></div></div>
</form>`,
  });
}

const aboutYou = (context: PageContext, { values, errors }: EnrolView): Html => html`<div class="people-way">
<h2>${context.t('people.setUp.you')}</h2>
${inputField(context, { id: 'name', value: values.name, autocomplete: 'name', help: context.t('people.help.name') }, errors)}
${inputField(context, { id: 'loginName', value: values.loginName, autocomplete: 'username', help: context.t('people.help.loginName') }, errors)}
${languageField(context, values.language, errors)}</div>`;

/** Shown once: where it leads on is a link, so that nobody misses the codes. */
export function enteredPage(context: PageContext, codes: readonly string[], next: string): Html {
  const { t } = context;
  const title = t('people.entered.title');
  return page({
    context,
    title,
    main: html`<h1>${title}</h1>
${codes.length > 0 ? recoveryCodes(context, codes) : html`<p class="lead">${t('people.entered.passkey')}</p>`}
<p class="no-print"><a class="ds-button" href="${next}">${t(codes.length > 0 ? 'people.entered.on' : 'people.entered.onPasskey')}</a></p>`,
  });
}

export const recoveryCodes = (
  { t }: PageContext,
  codes: readonly string[],
): Html => html`<h2>${t('people.codes.title')}</h2>
<p>${t('people.codes.text')}</p>
<ol class="recovery-codes">${codes.map((code) => html`<li><code>${bdi(code.replace(/(.{4})(?=.)/g, '$1-'))}</code></li>`)}</ol>`;

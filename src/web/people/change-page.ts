// The pages on which people change what they sign in with: one thing a page, each confirmed anew.

import type { Guarded } from '../../app/people/my-account.ts';
import { SHORTEST_PASSWORD } from '../../app/people/read.ts';
import type { SignedIn } from '../../app/people/sessions.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { authenticatorPart } from './authenticator.ts';
import { inputField } from './fields.ts';
import { stepUpFields } from './step-up-fields.ts';

export type ChangeView = {
  readonly who: SignedIn;
  readonly act: Guarded;
  /** What is proved over. */
  readonly hash: string;
  readonly errors: readonly FieldError[];
  readonly loginName: string;
  /** Of a new authenticator. */
  readonly secret?: Uint8Array | undefined;
  /** The passkey that is to go. */
  readonly passkey?: { readonly id: string; readonly label: string } | undefined;
  readonly label: string;
};

export function changePage(context: PageContext, view: ChangeView): Html {
  const { t } = context;
  const { act, who, errors } = view;
  const title = t(`people.change.${act}.title`);
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    scripts: ['passkey'],
    main: html`${errorSummary(context, errors)}<h1>${title}</h1>
<p class="lead">${t.rich(`people.change.${act}.lead`, { label: bdi(view.passkey?.label ?? '') })}</p>
<form method="post" action="/me/${act}" class="people-form" novalidate${act === 'passkey-add' && html` data-passkey-first="/me/passkey-add/begin"`}>${csrfField(who)}
${own(context, view)}
${stepUpFields(context, view.hash, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t(`people.change.${act}.do`)}</button> <a class="ds-link" href="/me">${t('people.back')}</a></div>
</form>`,
  });
}

function own(context: PageContext, { act, errors, secret, passkey, label, loginName }: ChangeView): Html | false {
  const { t } = context;
  switch (act) {
    case 'password':
      return inputField(
        context,
        {
          id: 'newPassword',
          type: 'password',
          autocomplete: 'new-password',
          help: t('people.help.newPassword', { count: SHORTEST_PASSWORD }),
        },
        errors,
      );
    case 'authenticator':
      return html`${authenticatorPart(context, secret ?? new Uint8Array(), loginName)}
${inputField(context, { id: 'newCode', numeric: true, help: t('people.help.codeOfApp') }, errors)}`;
    case 'passkey-add':
      return html`<p class="note" data-without-passkey>${t('people.change.passkey-add.needs')}</p><input type="hidden" name="passkey" value="">
${inputField(context, { id: 'label', value: label, help: t('people.help.label') }, errors)}`;
    case 'passkey-remove':
      return html`<input type="hidden" name="id" value="${passkey?.id ?? ''}">`;
    case 'recovery-codes':
      return false;
  }
}

// One's own account as a page: where one is signed in, what one signs in with, absence, language, and what happened lately.

import type { MyAccount } from '../../app/people/my-account.ts';
import type { SignedIn } from '../../app/people/sessions.ts';
import type { Instant } from '../../kernel/instant.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay } from '../messages.ts';
import { eventList } from './events.ts';
import { inputField, languageField, selectField } from './fields.ts';
import { moment, sayRoles } from './words.ts';

export type MeView = {
  readonly who: SignedIn;
  readonly account: MyAccount;
  readonly now: Instant;
  readonly errors: readonly FieldError[];
  readonly typed: { readonly from: string; readonly until: string; readonly deputy: string };
  readonly passkeys: boolean;
};

export function mePage(context: PageContext, view: MeView): Html {
  const { t } = context;
  const { who, account, errors } = view;
  return page({
    context,
    title: t('people.me.title'),
    hasErrors: errors.length > 0,
    scripts: view.passkeys ? ['passkey'] : [],
    main: html`${errorSummary(context, errors)}<h1>${t('people.me.title')}</h1>
<p class="lead">${t.rich('people.me.lead', { name: bdi(who.person.name), login: bdi(account.loginName), roles: sayRoles(context, who.person.roles) })}</p>
${who.withheld.length > 0 && html`<p class="note">${t('people.me.withheld', { roles: sayRoles(context, who.withheld) })}</p>`}
${sessionsPart(context, view)}
${credentialsPart(context, view)}
<div class="two-columns">${absencePart(context, view)}
${languagePart(context, view)}</div>
<section><h2>${t('mail.page.title')}</h2><p>${t('mail.page.lead')}</p>
<p><a class="ds-link" href="/me/mail">${t('mail.page.change')}</a></p></section>
<section><h2>${t('people.me.events')}</h2>${eventList(context, account.events, view.now, account.names, false)}</section>`,
  });
}

function sessionsPart(context: PageContext, { who, account, now }: MeView): Html {
  const { t, language } = context;
  const others = account.sessions.filter((one) => one.id !== who.sessionId);
  return html`<section><h2>${t('people.me.sessions')}</h2>
<ul class="people-list">${account.sessions.map(
    (one) => html`
<li><div><strong>${t(`people.credential.${one.credential.split(':')[0]}`)}</strong>${one.id === who.sessionId && html` <span class="people-mark">${t('people.me.thisOne')}</span>`}
<p>${t.rich('people.me.session', { seen: moment(one.seenAt, now, language), address: bdi(one.address) })}</p></div>
${one.id !== who.sessionId && html`<form method="post" action="/me/sessions">${csrfField(who)}<button class="ds-button" data-variant="secondary" name="end" value="${one.id}">${t('people.me.endSession')}</button></form>`}</li>`,
  )}
</ul>
${others.length > 1 && html`<form method="post" action="/me/sessions">${csrfField(who)}<button class="ds-button" data-variant="secondary" name="end" value="others">${t('people.me.endOthers')}</button></form>`}</section>`;
}

function credentialsPart(context: PageContext, { account, now, passkeys }: MeView): Html {
  const { t, language } = context;
  return html`<section><h2>${t('people.me.credentials')}</h2>
<ul class="people-list">${
    account.hasPassword &&
    html`
<li><div><strong>${t('people.credential.password')}</strong><p>${t('people.me.codesLeft', { count: account.recoveryCodesLeft })}</p></div>
<p class="credential-ways"><a class="ds-link" href="/me/password">${t('people.change.password.link')}</a> <a class="ds-link" href="/me/authenticator">${t('people.change.authenticator.link')}</a> <a class="ds-link" href="/me/recovery-codes">${t('people.change.recovery-codes.link')}</a></p></li>`
  }${account.passkeys.map(
    (one) => html`
<li><div><strong>${t.rich('people.me.passkey', { label: bdi(one.label) })}</strong>
<p>${t(one.deviceBound ? 'people.me.deviceBound' : 'people.me.synced')} ${one.usedAt === null ? t('people.me.neverUsed') : t.rich('people.me.used', { used: moment(one.usedAt, now, language) })}</p></div>
<p class="credential-ways"><a class="ds-link" href="/me/passkey-remove?id=${encodeURIComponent(one.id)}">${t.rich('people.change.passkey-remove.link', { label: bdi(one.label) })}</a></p></li>`,
  )}
</ul>
${passkeys ? html`<p data-passkey hidden><a class="ds-button" data-variant="secondary" href="/me/passkey-add">${t('people.change.passkey-add.link')}</a></p>` : html`<p class="help">${t('people.me.passkeysNeedName')}</p>`}</section>`;
}

function absencePart(context: PageContext, { who, account, errors, typed }: MeView): Html {
  const { t, language } = context;
  return html`<section><h2>${t('people.me.absence')}</h2>
<ul class="people-list">${account.absences.map(
    (one) => html`
<li><div><strong>${t('people.me.absent', { from: sayDay(one.from, language), until: sayDay(one.until, language) })}</strong>
<p>${one.deputy === null ? t('people.me.noDeputy') : t.rich('people.me.deputy', { name: bdi(account.names.get(one.deputy) ?? t('people.somebody')) })}</p></div>
<form method="post" action="/me/absence/cancel">${csrfField(who)}<button class="ds-button" data-variant="secondary" name="id" value="${one.id}">${t('people.me.cancelAbsence')}</button></form></li>`,
  )}
</ul>
<form method="post" action="/me/absence" novalidate>${csrfField(who)}
<div class="field-row">${inputField(context, { id: 'from', type: 'date', value: typed.from }, errors)}
${inputField(context, { id: 'until', type: 'date', value: typed.until }, errors)}</div>
${selectField(context, { id: 'deputy', value: typed.deputy, help: t('people.help.deputy'), options: [{ value: '', text: t('people.me.nobody') }, ...account.deputies.map((one) => ({ value: one.id, text: one.name }))] }, errors)}
<div class="buttons"><button class="ds-button" data-variant="secondary">${t('people.me.announce')}</button></div></form></section>`;
}

function languagePart(context: PageContext, { who, errors }: MeView): Html {
  const { t } = context;
  return html`<section><h2>${t('people.me.language')}</h2>
<form method="post" action="/me/language" novalidate>${csrfField(who)}
${languageField(context, who.person.language, errors)}
<div class="buttons"><button class="ds-button" data-variant="secondary">${t('people.me.chooseLanguage')}</button></div></form></section>`;
}

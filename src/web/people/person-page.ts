// One person of the office: their roles, and what a registrar can do for them or to them.

import type { Member, PersonEvent } from '../../app/people/ports.ts';
import { ROLES } from '../../app/people/roles.ts';
import type { Instant } from '../../kernel/instant.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { eventList } from './events.ts';
import { inputField, rolesField } from './fields.ts';
import { stateOf } from './office-page.ts';
import { sayRoles } from './words.ts';

export type PersonView = {
  readonly member: Member;
  readonly members: readonly Member[];
  readonly events: readonly PersonEvent[];
  readonly now: Instant;
  readonly mayChange: boolean;
  /** Whether a ministry's identity provider is set. */
  readonly federated: boolean;
  readonly errors: readonly FieldError[];
  readonly roles: readonly string[];
};

export function personPage(context: PageContext, view: PersonView): Html {
  const { t } = context;
  const { member, errors } = view;
  const own = context.session?.person.id === member.id;
  return page({
    context,
    title: member.name,
    hasErrors: errors.length > 0,
    main: html`<p><a class="ds-link" href="/office/people">${t('people.person.all')}</a></p>
${errorSummary(context, errors)}<h1>${bdi(member.name)}</h1>
<p class="lead">${t.rich('people.person.lead', { login: bdi(member.loginName), roles: sayRoles(context, member.roles) })}</p>
<p class="person-states">${stateOf(context, member)}</p>
${own && view.mayChange && html`<p class="note">${t('people.refusal.own-account')}</p>`}
${view.mayChange && !own && acts(context, view)}
<section><h2>${t('people.person.events')}</h2>
${eventList(context, view.events, view.now, new Map(view.members.map((one) => [one.id, one.name])), false)}</section>`,
  });
}

function acts(context: PageContext, view: PersonView): Html {
  const { t, session } = context;
  const { member, errors, federated } = view;
  const address = (act: string) => `/office/people/${member.id}/${act}`;
  const button = (
    act: string,
    danger = false,
  ) => html`<section class="account-act"><h3>${t(`people.act.${act}.title`)}</h3>
<p>${t(`people.act.${act}.text`)}</p>
<form method="post" action="${address(act)}">${csrfField(session)}<button class="ds-button" data-variant="secondary"${danger && html` data-color="danger"`}>${t(`people.act.${act}.do`)}</button></form></section>`;
  if (member.disabledAt !== null) return html`<h2>${t('people.person.acts')}</h2>${button('enable')}`;
  const opened = member.recoveryOpenedBy;
  const recovery = () => {
    if (opened === null) return button('recover');
    if (opened !== session?.person.id) return button('agree', true);
    return html`<section class="account-act"><h3>${t('people.act.recover.title')}</h3><p>${t('people.refusal.recovery-same')}</p></section>`;
  };
  return html`<section>
<form method="post" action="${address('roles')}" class="people-form" novalidate>${csrfField(session)}
${rolesField(context, ROLES, view.roles, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('people.person.changeRoles')}</button></div></form></section>
<h2>${t('people.person.acts')}</h2>
<div class="account-acts">${member.enrolled ? button('unlock') : button('invite-again')}
${member.enrolled && recovery()}
${
  federated &&
  html`<section class="account-act"><h3>${t('people.act.identity.title')}</h3><form method="post" action="${address('identity')}" novalidate>${csrfField(session)}
${inputField(context, { id: 'subject', help: t('people.help.subject') }, errors)}<button class="ds-button" data-variant="secondary">${t('people.act.identity.do')}</button></form></section>`
}
${button('disable', true)}</div>`;
}

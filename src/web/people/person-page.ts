// One person of the office: their roles, and what a registrar can do for them or to them.

import type { Member, PersonEvent } from '../../app/people/ports.ts';
import { recoveryOf } from '../../app/people/manage.ts';
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
import { moment, sayRoles } from './words.ts';

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
<p class="person-states">${stateOf(context, member, view.now)}</p>
${own && view.mayChange && html`<p class="note">${t('people.refusal.own-account')}</p>`}
${view.mayChange && !own && html`${recovery(context, view)}${acts(context, view)}`}
<section><h2>${t('people.person.events')}</h2>
${eventList(context, view.events, view.now, new Map(view.members.map((one) => [one.id, one.name])), false)}</section>`,
  });
}

const address = ({ member }: PersonView, act: string): string => `/office/people/${member.id}/${act}`;

/** A recovery that waits comes first on the page: to whoever asked for it with how long it waits, to another with what agreeing does. */
function recovery(context: PageContext, view: PersonView): Html | false {
  const { t, session, language } = context;
  const { member, members, now } = view;
  const waits = recoveryOf(member, now);
  if (waits === null || member.disabledAt !== null) return false;
  const mine = waits.by === session?.person.id;
  const asker = members.find(({ id }) => id === waits.by)?.name ?? '';
  const until = moment(waits.until, now, language);
  return html`<section class="account-act recovery-waits" id="recovery"><h2>${t(mine ? 'people.state.recovery' : 'people.act.agree.title')}</h2>
<p>${t.rich(mine ? 'people.recovery.mine' : 'people.recovery.asked', { asker: bdi(asker), name: bdi(member.name), until })}</p>
${
  !mine &&
  html`<p>${t('people.act.agree.text')}</p>
<form method="post" action="${address(view, 'agree')}">${csrfField(session)}<button class="ds-button" type="submit">${t('people.act.agree.do')}</button></form>`
}</section>`;
}

function acts(context: PageContext, view: PersonView): Html {
  const { t, session } = context;
  const { member, errors, federated } = view;
  const button = (
    act: string,
    danger = false,
  ) => html`<section class="account-act"><h3>${t(`people.act.${act}.title`)}</h3>
<p>${t(`people.act.${act}.text`)}</p>
<form method="post" action="${address(view, act)}">${csrfField(session)}<button class="ds-button" data-variant="secondary"${danger && html` data-color="danger"`}>${t(`people.act.${act}.do`)}</button></form></section>`;
  if (member.disabledAt !== null) return html`<h2>${t('people.person.acts')}</h2>${button('enable')}`;
  const waits = recoveryOf(member, view.now) !== null;
  return html`<section>
<form method="post" action="${address(view, 'roles')}" class="people-form" novalidate>${csrfField(session)}
${rolesField(context, ROLES, view.roles, errors)}
<div class="buttons"><button class="ds-button" type="submit"${waits && html` data-variant="secondary"`}>${t('people.person.changeRoles')}</button></div></form></section>
<h2>${t('people.person.acts')}</h2>
<div class="account-acts">${member.enrolled ? button('unlock') : button('invite-again')}
${member.enrolled && !waits && button('recover')}
${
  federated &&
  html`<section class="account-act"><h3>${t('people.act.identity.title')}</h3><form method="post" action="${address(view, 'identity')}" novalidate>${csrfField(session)}
${inputField(context, { id: 'subject', help: t('people.help.subject') }, errors)}<button class="ds-button" data-variant="secondary">${t('people.act.identity.do')}</button></form></section>`
}
${button('disable', true)}</div>`;
}

// The people of the office: who is here and with which roles, a form to invite somebody, and every act about people.

import type { Member, PersonEvent } from '../../app/people/ports.ts';
import { recoveryOf } from '../../app/people/manage.ts';
import { ROLES, type Role } from '../../app/people/roles.ts';
import type { Instant } from '../../kernel/instant.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { csrfField } from '../components/navigation.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html } from '../html.ts';
import { eventList } from './events.ts';
import { inputField, languageField, rolesField } from './fields.ts';
import { moment, sayRoles } from './words.ts';

export type OfficeView = {
  readonly members: readonly Member[];
  readonly events: readonly PersonEvent[];
  readonly now: Instant;
  /** Whether whoever reads may change anything here; oversight may not. */
  readonly mayChange: boolean;
  readonly errors: readonly FieldError[];
  readonly typed: {
    readonly name: string;
    readonly loginName: string;
    readonly language: string;
    readonly roles: readonly string[];
  };
};

export type LinkView = {
  readonly link: string;
  readonly member: Member;
  readonly hours: number;
  readonly recovered: boolean;
};

export function officePage(context: PageContext, view: OfficeView): Html {
  const { t } = context;
  const { members, events, mayChange, errors } = view;
  return page({
    context,
    title: t('people.office.title'),
    hasErrors: errors.length > 0,
    main: html`${errorSummary(context, errors)}<h1>${t('people.office.title')}</h1>
<p class="lead">${t('people.office.lead', { count: members.length })}</p>
${mayChange && firstSteps(context, members)}
${mayChange && recoveries(context, view)}
<ul class="people-list">${members.map(
      (one) => html`
<li><div><a class="ds-link person-name" href="/office/people/${one.id}">${bdi(one.name)}</a> <span class="help">${bdi(one.loginName)}</span>
<p>${sayRoles(context, one.roles)}</p></div><div class="person-states">${stateOf(context, one, view.now)}</div></li>`,
    )}
</ul>
${mayChange && inviteForm(context, view)}
<section><h2>${t('people.office.events')}</h2>
<p>${t('people.office.eventsWhy')}</p>
${eventList(context, events, view.now, new Map(members.map((one) => [one.id, one.name])), true)}</section>`,
  });
}

/** What an office lacks before its first request can be decided, until it is there. */
function firstSteps({ t }: PageContext, members: readonly Member[]): Html | false {
  const having = (role: Role): readonly Member[] =>
    members.filter(({ roles, disabledAt }) => disabledAt === null && roles.includes(role));
  const [reviewers, approvers] = [having('reviewer'), having('approver')];
  const decides = reviewers.some(({ id }) => approvers.some((other) => other.id !== id));
  const recovers = having('registrar').length > 1;
  if (decides && recovers) return false;
  return html`<section class="note" aria-labelledby="first-title"><h2 id="first-title">${t('people.office.first')}</h2>
<ul><li><a class="ds-link" href="/office/settings">${t('people.office.first.settings')}</a></li>${!decides && html`<li>${t('people.office.first.decide')}</li>`}${!recovers && html`<li>${t('people.office.first.registrar')}</li>`}</ul></section>`;
}

/** What another registrar asked for waits for whoever reads, and not for long. */
function recoveries(context: PageContext, { members, now }: OfficeView): Html[] {
  const { t, session } = context;
  return members.flatMap((one) => {
    const waits = recoveryOf(one, now);
    if (waits === null || [waits.by, one.id].includes(session?.person.id ?? waits.by)) return [];
    const link = html`<a class="ds-link" href="/office/people/${one.id}#recovery">${bdi(one.name)}</a>`;
    return [
      html`<p class="note">${t.rich('people.recovery.waits', { name: link, until: moment(waits.until, now, context.language) })}</p>`,
    ];
  });
}

/** A word and a shape: ring for waiting, disc for here, bar for void. */
export function stateOf({ t }: PageContext, member: Member, now: Instant): Html {
  const state = member.disabledAt !== null ? 'disabled' : member.enrolled ? 'here' : 'invited';
  return html`<span class="person-state" data-state="${state}">${t(`people.state.${state}`)}</span>${recoveryOf(member, now) !== null && html` <span class="person-state" data-state="recovery">${t('people.state.recovery')}</span>`}`;
}

function inviteForm(context: PageContext, { errors, typed }: OfficeView): Html {
  const { t } = context;
  return html`<section class="people-invite"><h2>${t('people.invite.title')}</h2>
<p>${t('people.invite.text')}</p>
<form method="post" action="/office/people" class="people-form" novalidate>${csrfField(context.session)}
<div class="field-row">${inputField(context, { id: 'name', value: typed.name, help: t('people.help.theirName') }, errors)}
${inputField(context, { id: 'loginName', value: typed.loginName, help: t('people.help.loginName') }, errors)}</div>
${languageField(context, typed.language, errors)}
${rolesField(context, ROLES, typed.roles, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('people.invite.do')}</button></div>
</form></section>`;
}

/** The link of an invitation, told once to whoever made it; after a recovery it says what became of the old ways in. */
export function linkPage(context: PageContext, { link, member, hours, recovered }: LinkView): Html {
  const { t } = context;
  const title = t('people.link.title');
  return page({
    context,
    title,
    main: html`<h1>${title}</h1>
${recovered && html`<p class="standing" data-tone="go">${t.rich('people.link.recovered', { name: bdi(member.name) })}</p>`}<p class="lead">${t.rich('people.link.text', { name: bdi(member.name), hours })}</p>
<p class="secret-link"><code dir="ltr">${link}</code></p>
<p>${t('people.link.once')}</p>
<p><a class="ds-button" data-variant="secondary" href="/office/people">${t('people.link.on')}</a></p>`,
  });
}

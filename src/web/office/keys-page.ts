// /office/keys: the keys by which programs of other offices hand in requests, made and revoked by registrars, read by oversight.

import { MOST_DAYS, standingOf } from '../../app/people/api-keys.ts';
import type { ApiKey } from '../../app/people/key-ports.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import { stateText } from '../check/words.ts';
import { errorSummary, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { inputField } from '../people/fields.ts';
import type { KeysView } from './keys-view.ts';

export function keysPage(desk: Desk, view: KeysView): Html {
  const { page: context } = desk;
  const { t } = context;
  const { errors, mayChange, made, keys } = view;
  return page({
    context,
    title: t('keys.title'),
    hasErrors: errors.length > 0,
    main: html`${errorSummary(context, errors)}<p class="cite no-print"><a class="ds-link" href="/office/settings">${t('office.nav')}</a></p>
<h1>${t('keys.title')}</h1>
<p class="lead">${t('keys.lead')}</p>
${made && shown(desk, made)}
<section aria-labelledby="list-title"><h2 id="list-title">${t('keys.list')}</h2>
${keys.length === 0 ? html`<p>${t('keys.none')}</p>` : table(desk, view)}</section>
${mayChange && form(desk, view)}`,
  });
}

/** The key in full, to be copied; nobody sees it again. */
function shown(desk: Desk, { key, secret, origin }: NonNullable<KeysView['made']>): Html {
  const { t } = desk.page;
  const command = `curl ${origin}/api/requests \\
  --header "authorization: Bearer $ROGATORY_KEY" \\
  --header "idempotency-key: $(uuidgen)" \\
  --header 'content-type: application/json' \\
  --data @request.json`;
  return html`<section class="made-key" aria-labelledby="made-title" tabindex="-1" role="status"><h2 id="made-title">${t('keys.made')}</h2>
<p><code class="secret" dir="ltr">${secret}</code></p>
<p>${t.rich('keys.made.for', { office: bdi(key.office), state: bdi(key.state), until: at(desk, key.expiresAt) })}</p>
<p>${t('keys.made.how')}</p>
<details class="fold"><summary>${t('keys.made.try')}</summary>
<pre class="api-block" dir="ltr" tabindex="0" role="group" aria-label="${t('keys.made.try')}"><code>${command}</code></pre></details></section>`;
}

function table(desk: Desk, { keys, nameOf, mayChange }: KeysView): Html {
  const { t, language } = desk.page;
  const column = (name: string): string => t(`keys.column.${name}`);
  const cell = (name: string, value: Fragment): Html =>
    html`<td role="cell" data-label="${column(name)}"><div>${value}</div></td>`;
  return html`<table class="ds-table docket keys" role="table"><thead role="rowgroup"><tr role="row">${[
    'office',
    'state',
    'until',
    'used',
    'made',
  ].map((name) => html`<th scope="col" role="columnheader">${column(name)}</th>`)}</tr></thead>
<tbody role="rowgroup">${keys.map(
    (key) => html`
<tr role="row"><th scope="row" role="rowheader">${bdi(key.office)}</th>
${cell('state', bdi(stateText(key.state, language)))}
${cell('until', standing(desk, key, nameOf, mayChange))}
${cell('used', key.usedAt === null ? t('keys.never') : when(desk, key.usedAt))}
${cell('made', t.rich('keys.by', { when: at(desk, key.madeAt), name: bdi(nameOf(key.madeBy)) }))}</tr>`,
  )}
</tbody></table>`;
}

/** Until when it is valid, or why it is not; and the way to end it. */
function standing(desk: Desk, key: ApiKey, nameOf: KeysView['nameOf'], mayChange: boolean): Html {
  const { t } = desk.page;
  const { revoked } = key;
  if (revoked)
    return html`<span class="ds-tag" data-color="neutral">${t.rich('keys.is.revoked', { day: at(desk, revoked.at), name: bdi(nameOf(revoked.by)) })}</span>`;
  const is = standingOf(key, desk.work.world.now());
  return html`<span class="ds-tag" data-color="${is === 'valid' ? 'success' : 'neutral'}">${t(`keys.is.${is}`)}</span> ${when(desk, key.expiresAt)}${
    is === 'valid' &&
    mayChange &&
    html`<details class="fold no-print"><summary aria-label="${t('keys.revoke.of', { office: key.office })}">${t('keys.revoke')}</summary>
<form method="post" action="/office/keys/${key.id}/revoke">${formKey(desk)}<p class="help">${t('keys.revoke.help')}</p>
<button class="ds-button" data-variant="secondary" type="submit">${t('keys.revoke')}</button></form></details>`
  }`;
}

function form(desk: Desk, { typed, errors }: KeysView): Html {
  const { page: context } = desk;
  const { t } = context;
  const wrong = errors.some(({ field }) => field === 'days');
  return html`<section aria-labelledby="new-title"><h2 id="new-title">${t('keys.new')}</h2>
<form method="post" action="/office/keys" class="seal-form" novalidate autocomplete="off">${formKey(desk)}
${inputField(context, { id: 'office', value: typed.office, label: t('keys.office'), help: t('keys.office.help') }, errors)}
${inputField(context, { id: 'state', value: typed.state, label: t('keys.state'), help: t('keys.state.help') }, errors)}
<div class="field"><label for="days">${t('keys.days')}</label><p class="help" id="days-help">${t('keys.days.help', { most: MOST_DAYS })}</p>${fieldError(context, 'days', errors)}
<span class="number"><input class="ds-input" id="days" name="days" value="${typed.days}" inputmode="numeric" aria-describedby="days-unit days-help${wrong && ' days-error'}"${wrong && html` aria-invalid="true"`}> <span id="days-unit">${t('keys.days.unit')}</span></span></div>
<div class="buttons"><button class="ds-button" type="submit">${t('keys.do')}</button></div></form></section>`;
}

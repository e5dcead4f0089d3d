// /office/settings: whose office this is, how it counts its days, its own numbers where the law sets none, and who changed what.

import type { Desk } from '../casework/context.ts';
import { formKey } from '../casework/answers.ts';
import { when } from '../casework/moments.ts';
import { errorSummary, type FieldError, fieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { localeOf, OWN_NAME, PAGE_LANGUAGES } from '../messages.ts';
import { inputField } from '../people/fields.ts';
import { approverFields } from './approver-fields.ts';
import { calendarFields } from './calendar-fields.ts';
import { changeList } from './change-list.ts';
import { termFields } from './term-fields.ts';
import type { SettingsView } from './view.ts';

export function settingsPage(desk: Desk, view: SettingsView): Html {
  const { page: context } = desk;
  const { t } = context;
  const { standing, errors, mayChange, saved } = view;
  return page({
    context,
    title: t('office.title'),
    hasErrors: errors.length > 0,
    main: html`${errorSummary(context, errors)}<h1>${t('office.title')}</h1>
<p class="lead">${t('office.lead')}</p>
<p class="cite no-print"><a class="ds-link" href="/office/keys">${t('keys.nav')}</a></p>
${saved && html`<p class="note" role="status">${t('office.saved')}</p>`}
${counting(desk, view)}
${standing.version === 0 && html`<p class="note">${t('office.nobodys')}</p>`}
<form method="post" action="/office/settings" class="office-form" novalidate autocomplete="off">${formKey(desk, standing.version)}
<fieldset class="plain-set"${!mayChange && html` disabled`}><legend class="ds-sr-only">${t('office.title')}</legend>
${whose(desk, view)}
${calendarFields(desk, view)}
${termFields(desk, view)}
${alerts(desk, view)}
${approverFields(desk, view)}
${mayChange && html`<div class="buttons"><button class="ds-button" type="submit">${t('office.save')}</button></div>`}
</fieldset></form>
${figures(desk, view)}
<section aria-labelledby="changes-title"><h2 id="changes-title">${t('office.changes')}</h2>
<p>${t('office.changesWhy')}</p>
${changeList(desk, view.changes, standing.office.settings.terms, view.nameOf)}</section>`,
  });
}

function counting({ page: { t, language } }: Desk, { counted }: SettingsView): Html | false {
  if (counted === undefined) return false;
  const share = new Intl.NumberFormat(localeOf(language), { style: 'percent' }).format(counted);
  return html`<p class="note">${t('office.counting', { share })}</p>`;
}

function whose({ page: context }: Desk, { typed, errors }: SettingsView): Html {
  const { t } = context;
  const wrong = errors.some(({ field }) => field === 'languages');
  return html`<section aria-labelledby="whose-title"><h2 id="whose-title">${t('office.whose')}</h2>
${inputField(context, { id: 'name', value: typed.name, label: t('office.name'), help: t('office.name.help'), autocomplete: 'organization' }, errors)}
${inputField(context, { id: 'state', value: typed.state, label: t('office.state'), help: t('office.state.help') }, errors)}
<fieldset class="field choices" id="languages" tabindex="-1" aria-describedby="languages-help${wrong && ' languages-error'}"><legend>${t('office.languages')}</legend>
<p class="help" id="languages-help">${t('office.languages.help')}</p>${fieldError(context, 'languages', errors)}
${PAGE_LANGUAGES.map(
  (
    one,
  ) => html`<label class="choice"><input type="checkbox" name="languages" value="${one}"${flag('checked', typed.languages.includes(one))}> <span lang="${one}">${OWN_NAME[one]}</span></label>
`,
)}</fieldset>
${inputField(context, { id: 'other-languages', value: typed.otherLanguages, label: t('office.otherLanguages'), help: t('office.otherLanguages.help') }, errors)}</section>`;
}

function alerts(desk: Desk, { typed, errors }: SettingsView): Html {
  const { t } = desk.page;
  return html`<section aria-labelledby="alerts-title"><h2 id="alerts-title">${t('office.alerts')}</h2>
${numberField(desk, { id: 'soon', value: typed.soon, label: t('office.soon'), help: t('office.soon.help'), unit: t('office.unit.calendar-days') }, errors)}
${numberField(desk, { id: 'wide-period', value: typed.widePeriod, label: t('office.widePeriod'), help: t('office.widePeriod.help'), unit: t('office.unit.calendar-days') }, errors)}
${typed.longSecrecy !== undefined && numberField(desk, { id: 'long-secrecy', value: typed.longSecrecy, label: t('oversight.setting.longSecrecy'), help: t('oversight.setting.longSecrecy.help'), unit: t('office.unit.calendar-days') }, errors)}</section>`;
}

/** Two people set it, on a page of its own. */
function figures(desk: Desk, { threshold: { holds, proposed }, nameOf, mayChange }: SettingsView): Html {
  const { t } = desk.page;
  return html`<section aria-labelledby="figures-title"><h2 id="figures-title">${t('figures.title')}</h2>
<p>${t('figures.threshold.holds', { holds })}</p>
<p>${t('figures.threshold.two')}</p>
${proposed && html`<p class="note">${t.rich('figures.threshold.open', { name: bdi(nameOf(proposed.by)), what: proposed.what, when: when(desk, proposed.at) })}</p>`}
${mayChange && html`<p><a class="ds-link" href="/office/figures#threshold-title">${t('figures.nav.office')}</a></p>`}</section>`;
}

type NumberField = {
  readonly id: string;
  readonly value: string;
  readonly label: string;
  readonly help: string;
  readonly unit?: string;
};

function numberField({ page: context }: Desk, one: NumberField, errors: readonly FieldError[]): Html {
  const wrong = errors.some(({ field }) => field === one.id);
  return html`<div class="field"><label for="${one.id}">${one.label}</label>
<p class="help" id="${one.id}-help">${one.help}</p>${fieldError(context, one.id, errors)}
<span class="number"><input class="ds-input" id="${one.id}" name="${one.id}" value="${one.value}" inputmode="numeric" aria-describedby="${one.unit && `${one.id}-unit `}${one.id}-help${wrong && ` ${one.id}-error`}"${wrong && html` aria-invalid="true"`}>${one.unit && html` <span id="${one.id}-unit">${one.unit}</span>`}</span></div>`;
}

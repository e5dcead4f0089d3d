// The fields of the office's calendar: its zone, its weekend, and its holidays as a list that grows, shrinks and is brought in.

import { holidayOn } from '../../domain/calendar/office.ts';
import type { Holiday } from '../../domain/calendar/office.ts';
import { say } from '../../kernel/language.ts';
import type { Desk } from '../casework/context.ts';
import { fieldError } from '../components/error-summary.ts';
import { bdi, flag, type Html, html } from '../html.ts';
import { localeOf, type PageLanguage, sayDay } from '../messages.ts';
import { inputField } from '../people/fields.ts';
import type { SettingsView } from './view.ts';

/** The name of a day of the week; 1 is Monday (1 January 2024 was one). */
export const weekdayName = (number: number, language: PageLanguage): string =>
  new Intl.DateTimeFormat(localeOf(language), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, number));

const WEEK = [1, 2, 3, 4, 5, 6, 7];

export function calendarFields(desk: Desk, view: SettingsView): Html {
  const { page: context } = desk;
  const { t, language } = context;
  const { typed, errors, mayChange } = view;
  const wrong = (field: string): boolean => errors.some((one) => one.field === field);
  return html`<section aria-labelledby="calendar-title"><h2 id="calendar-title">${t('office.calendar')}</h2>
<p>${t('office.calendar.about')}</p>
<div class="field"><label for="timeZone">${t('office.timeZone')}</label><p class="help" id="timeZone-help">${t('office.timeZone.help')}</p>${fieldError(context, 'timeZone', errors)}
<select class="ds-input" id="timeZone" name="timeZone" dir="ltr" aria-describedby="timeZone-help${wrong('timeZone') && ' timeZone-error'}"${wrong('timeZone') && html` aria-invalid="true"`}>${zones(typed.timeZone).map((zone) => html`<option${flag('selected', zone === typed.timeZone)}>${zone}</option>`)}</select></div>
<fieldset class="field choices" id="weekend" tabindex="-1"${wrong('weekend') && html` aria-describedby="weekend-error"`}><legend>${t('office.weekend')}</legend>${fieldError(context, 'weekend', errors)}
${WEEK.map(
  (
    day,
  ) => html`<label class="choice"><input type="checkbox" name="weekend" value="${day}"${flag('checked', typed.weekend.includes(String(day)))}> <span>${weekdayName(day, language)}</span></label>
`,
)}</fieldset>
<h3>${t('office.holidays')}</h3>
${holidays(desk, view)}
${
  mayChange &&
  html`<div class="add-holiday field-row">${inputField(context, { id: 'added-day', type: 'date', value: typed.addedDay, label: t('office.addHoliday'), help: t('office.addHoliday.help') }, errors)}
${inputField(context, { id: 'added-name', value: typed.addedName, label: t('office.addHolidayName'), help: t('office.addHolidayName.help') }, errors)}</div>
<details class="fold"${flag('open', wrong('lines') || typed.lines !== '')}><summary>${t('office.import')}</summary>
<div class="field"><label for="lines">${t('office.lines')}</label><p class="help" id="lines-help">${t.rich('office.lines.help', { example: html`<code dir="ltr">2028-05-01 ${t('office.lines.example')}</code>` })}</p>${fieldError(context, 'lines', errors)}
<textarea class="ds-input" id="lines" name="lines" rows="6" dir="auto" spellcheck="false" aria-describedby="lines-help${wrong('lines') && ' lines-error'}"${wrong('lines') && html` aria-invalid="true"`}>${typed.lines}</textarea></div></details>`
}</section>`;
}

/** Every zone this node knows, and the one that is set whatever it is. */
const zones = (own: string): readonly string[] => [
  ...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), own].filter(Boolean)),
];

function holidays({ page: { t, language }, work }: Desk, { standing, typed, mayChange }: SettingsView): Html {
  const { calendar } = standing.office.settings;
  if (calendar.holidays.length === 0) return html`<p>${t('office.noHolidays')}</p>`;
  const year = work.world.today().slice(0, 4);
  const item = ({ day, name }: Holiday): Html => html`
<li><span class="holiday"><time datetime="${day}">${sayDay(day, language)}</time>${name && html` ${bdi(say(name, language))}`}${holidayOn(day, calendar) && day === work.world.today() && html` <span class="ds-tag" data-color="neutral">${t('office.today')}</span>`}</span>${
    mayChange &&
    html`<label class="choice"><input type="checkbox" name="removed" value="${day}"${flag('checked', typed.removed.includes(day))}> <span>${t('office.remove')}<span class="ds-sr-only"> ${sayDay(day, language)}</span></span></label>`
  }</li>`;
  const [past, ahead] = [
    calendar.holidays.filter(({ day }) => day.slice(0, 4) < year),
    calendar.holidays.filter(({ day }) => day.slice(0, 4) >= year),
  ];
  return html`${ahead.length > 0 && html`<ul class="holidays">${ahead.map(item)}</ul>`}
${past.length > 0 && html`<details class="fold"><summary>${t('office.pastHolidays', { count: past.length })}</summary><ul class="holidays">${past.map(item)}</ul></details>`}`;
}

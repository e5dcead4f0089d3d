// The record of changes of the office in words: who changed which setting from what to what, and when.

import type { OfficeSettings, TermName } from '../../app/casework/office.ts';
import type { Change, OfficeChange } from '../../app/office/ports.ts';
import type { Day } from '../../kernel/calendar.ts';
import type { Json } from '../../kernel/canonical-json.ts';
import { isLanguage } from '../../kernel/language.ts';
import type { Desk } from '../casework/context.ts';
import { when } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { localeOf, OWN_NAME, sayDay, sayList } from '../messages.ts';
import { weekdayName } from './calendar-fields.ts';

export function changeList(
  desk: Desk,
  changes: readonly OfficeChange[],
  terms: OfficeSettings['terms'],
  nameOf: (person: string | null) => string,
): Html {
  const { t } = desk.page;
  if (changes.length === 0) return html`<p>${t('office.changes.none')}</p>`;
  return html`<ol class="office-events">${changes.map(
    (one) => html`
<li><p class="who">${bdi(nameOf(one.by))} <span class="cite">${when(desk, one.at)}</span></p>
${one.proposed && html`<p>${t.rich('office.changes.proposedBy', { name: bdi(nameOf(one.proposed.by)) })}</p>`}<ul>${one.changes.map((change) => html`<li>${sayChange(desk, change, terms)}</li>`)}</ul></li>`,
  )}</ol>`;
}

function sayChange(desk: Desk, { setting, from, to }: Change, terms: OfficeSettings['terms']): Html {
  const { t, language } = desk.page;
  const [kind = '', rest = ''] = /^([^.]+)\.?(.*)$/.exec(setting)?.slice(1) ?? [];
  if (kind === 'holiday') {
    const name = String(to ?? from ?? '');
    const values = { day: sayDay(rest as Day, language), name: name === '' ? t('office.unnamed') : bdi(name) };
    return t.rich(`office.change.holiday.${from === null ? 'added' : to === null ? 'removed' : 'renamed'}`, values);
  }
  const say = (value: Json): string | Html =>
    sayValue(desk, kind, value, kind === 'term' ? terms[rest as TermName].unit : '');
  const what =
    kind === 'term'
      ? t(`office.term.${rest}`)
      : t(kind === 'long-secrecy' ? 'oversight.setting.longSecrecy' : `office.setting.${kind}`);
  return t.rich('office.change', { what, from: say(from), to: say(to) });
}

/** A value as the form names it. */
function sayValue({ page: { t, language } }: Desk, kind: string, value: Json, unit: string): string | Html {
  if (kind === 'term') return t(`casework.unit.${unit}`, { count: Number(value) });
  if (typeof value === 'boolean') return t(`office.${value ? 'yes' : 'no'}`);
  if (kind === 'soon' || kind === 'wide-period' || kind === 'long-secrecy')
    return t('casework.unit.calendar-days', { count: Number(value) });
  if (typeof value === 'number') return new Intl.NumberFormat(localeOf(language)).format(value);
  if (!Array.isArray(value)) return value === '' || value === null ? t('office.nothing') : bdi(String(value));
  if (value.length === 0) return t('office.nothing');
  const names = value.map((one) =>
    kind === 'weekend'
      ? weekdayName(Number(one), language)
      : isLanguage(String(one))
        ? OWN_NAME[String(one) as 'en']
        : String(one),
  );
  return bdi(sayList(names, language));
}

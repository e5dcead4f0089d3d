// /oversight/readings: who watches the watchers. Each page of a case that oversight opened; to the head of the office, counted by day.

import type { DayOfReading, Reading } from '../../app/oversight/ports.ts';
import type { Readings } from '../../app/oversight/readings.ts';
import type { PersonId } from '../../domain/registry/person.ts';
import { casePath } from '../casework/tabs.ts';
import type { Desk } from '../casework/context.ts';
import { when, whenShort } from '../casework/moments.ts';
import { page } from '../components/layout.ts';
import { bdi, type Html, html } from '../html.ts';
import { sayDay, sayList, sayNumber } from '../messages.ts';

export const READINGS = '/oversight/readings';

export function readingsPage(desk: Desk, found: Readings, nameOf: (person: PersonId) => string): Html {
  const { t, language } = desk.page;
  return page({
    context: desk.page,
    title: t('office.readings.title'),
    main: html`<h1>${t('office.readings.title')}</h1>
<p class="lead">${t('office.readings.lead')}</p>
${
  found.is === 'each'
    ? html`<p>${t('office.readings.each')}</p>${each(desk, found.readings, nameOf)}${
        found.next !== null &&
        html`<p class="no-print"><a class="ds-link" href="${READINGS}?below=${found.next}">${t('office.readings.earlier')}</a></p>`
      }`
    : html`<p>${t('office.readings.byDay', { since: sayDay(found.since, language) })}</p>${byDay(desk, found.days, nameOf)}`
}
<p class="no-print"><a class="ds-link" href="/oversight/log">${t('audit.title')}</a></p>`,
  });
}

type NameOf = (person: PersonId) => string;

/** A page of a case as its tab is called. */
function partText({ page: { t } }: Desk, part: string): string | Html {
  const key = [`casework.tab.${part}`, `office.readings.part.${part}`, `oversight.part.${part}`].find((one) =>
    t.has(one),
  );
  return key === undefined ? bdi(part) : t(key);
}

const table = (desk: Desk, columns: readonly string[], rows: readonly Html[]): Html =>
  rows.length === 0
    ? html`<p class="note">${desk.page.t('office.readings.none')}</p>`
    : html`<table class="ds-table docket readings" role="table"><thead role="rowgroup"><tr role="row">${columns.map(
        (one) => html`<th scope="col" role="columnheader">${desk.page.t(`office.readings.${one}`)}</th>`,
      )}</tr></thead><tbody role="rowgroup">${rows}
</tbody></table>`;

const row = (desk: Desk, head: Html, cells: readonly (readonly [column: string, cell: string | Html])[]): Html =>
  html`
<tr role="row"><th scope="row" role="rowheader">${head}</th>${cells.map(
    ([column, cell]) => html`<td role="cell" data-label="${desk.page.t(`office.readings.${column}`)}">${cell}</td>`,
  )}</tr>`;

const each = (desk: Desk, readings: readonly Reading[], nameOf: NameOf): Html =>
  table(
    desk,
    ['when', 'who', 'case', 'part'],
    readings.map(({ at, by, reference, part }) =>
      row(desk, when(desk, at), [
        ['who', bdi(nameOf(by))],
        ['case', html`<a class="ds-link" href="${casePath(reference)}">${bdi(reference)}</a>`],
        ['part', partText(desk, part)],
      ]),
    ),
  );

/** The cells bear no reference: whoever reads this sees no case. */
const byDay = (desk: Desk, days: readonly DayOfReading[], nameOf: NameOf): Html =>
  table(
    desk,
    ['day', 'who', 'cases', 'times', 'parts'],
    days.map(({ day, by, cases, times, parts }) =>
      row(desk, whenShort(desk, day), [
        ['who', bdi(nameOf(by))],
        ['cases', sayNumber(cases, desk.page.language)],
        ['times', sayNumber(times, desk.page.language)],
        [
          'parts',
          sayList(
            parts.map((part) => String(partText(desk, part))),
            desk.page.language,
          ),
        ],
      ]),
    ),
  );

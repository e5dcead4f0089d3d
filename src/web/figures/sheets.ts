// The tables and charts of a report as markup: the chart beside its table, and the table alone says everything.

import type { DrawChart } from '../../app/reporting/ports.ts';
import { directionOf } from '../../kernel/language.ts';
import type { PageContext } from '../context.ts';
import { bdi, type Html, html, markup } from '../html.ts';
import { type Section, type Sheet, sayFigure, sayTime, sectionsOf, sheetOf, timesOf, type Told } from './view.ts';

/** How many bars one can still take in; the table has the rest. */
const MOST_BARS = 12;

/** All figures of a report, section by section; without charts where there is nobody to draw them. */
export const figuresBody = (context: PageContext, told: Told, draw?: DrawChart): Html => {
  const sections = sectionsOf(context, told);
  const early = sections.filter(({ id }) => ['received', 'decided', 'grounds'].includes(id));
  const later = sections.filter((one) => !early.includes(one));
  return html`${early.map((one) => sectionOf(context, one, draw))}${times(context, told)}${later.map((one) => sectionOf(context, one, draw))}${lists(context, told)}`;
};

const sectionOf = (context: PageContext, { id, title, sheets }: Section, draw: DrawChart | undefined): Html =>
  html`
<section class="figures-section" aria-labelledby="s-${id}"><h2 id="s-${id}">${title}</h2>
${sheets.map((sheet) => sheetHtml(context, sheet, draw))}</section>`;

function sheetHtml(context: PageContext, sheet: Sheet, draw: DrawChart | undefined): Html {
  const { t } = context;
  const drawn = draw !== undefined && sheet.chart;
  return html`<div class="sheet${drawn && ' sheet-drawn'}" id="t-${sheet.id}"><h3>${sheet.title}</h3>
${sheet.rows.length === 0 ? html`<p class="note">${t('figures.nothing')}</p>` : html`<div class="sheet-parts">${drawn && chart(context, sheet, draw)}${table(context, sheet)}</div>`}
</div>
`;
}

/** The drawing is made on this machine from numbers and words that it escapes itself. */
function chart(context: PageContext, { title, rows }: Sheet, draw: DrawChart): Html {
  const label = context.t('figures.share.alt', { table: title });
  const bars = rows.slice(0, MOST_BARS).map(({ label: name, numbers }) => {
    const value = numbers.at(-1) ?? null;
    return { name, value, text: sayFigure(context, value) };
  });
  const toLeft = directionOf(context.language) === 'rtl';
  return html`<figure class="chart-box">${markup(draw({ label, toLeft, bars }))}</figure>`;
}

function table(context: PageContext, { title, head, rows, total }: Sheet): Html {
  const [first = '', ...columns] = head;
  const cell = (n: number | null, column: string): Html =>
    html`<td role="cell" data-label="${column}"${n === null && html` class="withheld"`}>${sayFigure(context, n)}</td>`;
  const line = (label: string, numbers: readonly (number | null)[]): Html =>
    html`
<tr role="row"><th scope="row" role="rowheader">${bdi(label)}</th>${numbers.map((n, i) => cell(n, columns[i] ?? ''))}</tr>`;
  return html`<table class="ds-table figures-table${columns.length > 1 && ' wide'}" role="table" aria-label="${title}">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${first}</th>${columns.map((one) => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
<tbody role="rowgroup">${rows.map(({ label, numbers }) => line(label, numbers))}
</tbody>${
    total !== null &&
    html`<tfoot role="rowgroup">${line(total.label, total.numbers)}
</tfoot>`
  }</table>`;
}

function times(context: PageContext, told: Told): Html {
  const { t } = context;
  const columns = ['count', 'first', 'median', 'third'].map((one) => t(`figures.time.${one}`));
  const cell = (text: string, column: string | undefined, withheld: boolean): Html =>
    html`<td role="cell" data-label="${column ?? ''}"${withheld && html` class="withheld"`}>${text}</td>`;
  return html`
<section class="figures-section" aria-labelledby="s-time"><h2 id="s-time">${t('figures.section.time')}</h2>
<p>${t('figures.time.lead')}</p>
<div class="sheet"><table class="ds-table figures-table wide" role="table" aria-label="${t('figures.section.time')}">
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t('figures.time.step')}</th>${columns.map((one) => html`<th scope="col" role="columnheader">${one}</th>`)}</tr></thead>
<tbody role="rowgroup">${timesOf(context, told).map(
    ({ label, count, hours }) => html`
<tr role="row"><th scope="row" role="rowheader">${label}</th>${cell(sayFigure(context, count), columns[0], count === null)}${[
      0, 1, 2,
    ].map((i) => {
      const value = hours?.[i];
      const text = value === undefined ? (count === 0 ? '–' : t('figures.withheld')) : sayTime(context, value);
      return cell(text, columns[i + 1], value === undefined && count !== 0);
    })}</tr>`,
  )}
</tbody></table></div></section>`;
}

/** What laws and indices ask for, item by item, with the tables that answer it. */
function lists(context: PageContext, told: Told): Html {
  const { t } = context;
  return html`
<section class="figures-section" aria-labelledby="s-lists"><h2 id="s-lists">${t('figures.section.lists')}</h2>
${told.statistics.map(
  ({ id, items }) => html`<details class="figures-list"><summary>${t(`figures.list.${id}`)}</summary>
<p>${t(`figures.list.${id}.lead`)}</p>
<dl>${items.map(
    (item) => html`
<dt><bdi>${item.id}</bdi> · ${t(`figures.list.${id}.${item.id}`)}</dt><dd>${
      item.tables.length === 0
        ? html`<p class="note">${t('figures.list.open', { why: t(`figures.list.${id}.${item.id}.why`) })}</p>`
        : item.tables.map((asked) => {
            const found = told.tables.find((one) => one.id === asked);
            if (found === undefined) return false;
            const sheet = sheetOf(context, told, found, t(`figures.list.${id}.${item.id}`));
            return sheet.rows.length === 0 ? html`<p class="note">${t('figures.nothing')}</p>` : table(context, sheet);
          })
    }</dd>`,
  )}
</dl></details>
`,
)}</section>`;
}

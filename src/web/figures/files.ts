// A report as a file for a spreadsheet (RFC 4180), with the codes of the JSON, and as the document that the press prints.

import type { LetterDocument } from '../../app/letters/ports.ts';
import type { Report } from '../../app/reporting/report.ts';
import { dayIn } from '../../domain/calendar/moment.ts';
import { DIMENSIONS, keyOf } from '../../domain/reporting/figures.ts';
import { addDays } from '../../kernel/calendar.ts';
import { directionOf } from '../../kernel/language.ts';
import type { PageContext } from '../context.ts';
import { sayDay, sayNumber } from '../messages.ts';
import { csvLine, CSV_MARK } from '../oversight/list-rows.ts';
import { type Sheet, periodText, sayFigure, sayTime, sectionsOf, timesOf, withheldIn } from './view.ts';

/** One line a figure. A withheld one has no number; what is not there is zero. */
export function reportCsv({ period, figures, times }: Report): string {
  const head = csvLine([
    'period',
    'of',
    ...DIMENSIONS,
    'n',
    'withheld',
    'firstQuartileHours',
    'medianHours',
    'thirdQuartileHours',
    'proof',
  ]);
  const lines = figures.map((figure) => {
    const hours = times.find((one) => keyOf(one) === keyOf(figure))?.hours ?? [null, null, null];
    const at = DIMENSIONS.map((one) => (figure.at[one] === '-' ? 'none' : (figure.at[one] ?? '')));
    return csvLine([period.name, figure.of, ...at, figure.n, figure.n === null ? 'yes' : 'no', ...hours, figure.proof]);
  });
  return `${CSV_MARK}${head}${lines.join('')}`;
}

/** The report on paper, with itself as JSON inside. */
export function reportDocument(context: PageContext, report: Report, timeZone: string): LetterDocument {
  const { t, language } = context;
  const { name, from, to } = report.period;
  const period = periodText(context, name);
  const day = dayIn(report.madeAt, timeZone);
  const days = [dayIn(from, timeZone), addDays(dayIn(to, timeZone), -1)].map((one) => sayDay(one, language));
  const heading = (text: string) => ({ block: 'heading', text }) as const;
  const paragraph = (text: string) => ({ block: 'paragraph', text }) as const;
  const columns = ['step', 'count', 'first', 'median', 'third'].map((one) => t(`figures.time.${one}`));
  return {
    kind: 'report',
    language,
    direction: directionOf(language),
    title: t('figures.titleOf', { period }),
    reference: name,
    date: day,
    letterhead: { state: report.office.state, office: report.office.name, lines: [] },
    addressee: [],
    particulars: [
      { label: t('figures.pdf.reference'), values: [sayNumber(report.no, language)] },
      { label: t('figures.pdf.period'), values: [period, days.join(' – ')] },
      { label: t('figures.pdf.made'), values: [sayDay(day, language)] },
    ],
    salutation: t('figures.lead'),
    blocks: [
      paragraph(
        t('figures.withheld.text', { most: sayNumber(report.threshold - 1, language), ...withheldIn(context, report) }),
      ),
      paragraph(t('figures.withheld.sealed', { least: sayNumber(report.threshold, language) })),
      ...sectionsOf(context, report).flatMap(({ title, sheets }) => [
        heading(title),
        ...sheets.flatMap((sheet) => [paragraph(sheet.title), sheetBlock(context, sheet)]),
      ]),
      heading(t('figures.section.time')),
      paragraph(t('figures.time.lead')),
      {
        block: 'table',
        head: columns,
        rows: timesOf(context, report).map(({ label, count, hours }) => [
          label,
          sayFigure(context, count),
          ...[0, 1, 2].map((i) => {
            const value = hours?.[i];
            return value === undefined ? (count === 0 ? '–' : t('figures.withheld')) : sayTime(context, value);
          }),
        ]),
      },
    ],
    closing: t('figures.pdf.closing'),
    signatures: { block: 'signatures', people: [] },
    footer: t('figures.pdf.footer', { office: report.office.name, period }),
  };
}

function sheetBlock(context: PageContext, { head, rows, total }: Sheet) {
  if (rows.length === 0) return { block: 'paragraph', text: context.t('figures.nothing') } as const;
  const line = ({ label, numbers }: Sheet['rows'][number]): string[] => [
    label,
    ...numbers.map((n) => sayFigure(context, n)),
  ];
  return { block: 'table', head, rows: [...rows, ...(total === null ? [] : [total])].map(line) } as const;
}

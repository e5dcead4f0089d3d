// /oversight/samples: every sample that was fixed, by its number; and the form that fixes the next one.

import { leftIn, stageOf } from '../../app/oversight/samples.ts';
import { POINTS, RISKS, SAMPLE_KINDS } from '../../domain/oversight/drawing.ts';
import type { Sample, SampleStage } from '../../domain/oversight/sample.ts';
import { formKey } from '../casework/answers.ts';
import type { Desk } from '../casework/context.ts';
import { whenShort } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { sayDay, sayList, sayNumber } from '../messages.ts';
import { choice, type Column, crumbs, field, OVERSIGHT, samplePath, state, table } from './parts.ts';

const TONES: { readonly [S in SampleStage]: Parameters<typeof state>[1] } = {
  waits: 'open',
  looking: 'maybe',
  done: 'go',
  lapsed: 'stop',
};

export const stageTag = ({ page: { t } }: Desk, sample: Sample): Html => {
  const stage = stageOf(sample);
  return state(t(`oversight.stage.${stage}`, { left: leftIn(sample) }), TONES[stage]);
};

export const sampleColumns = ({ page: { t } }: Desk): Column[] =>
  ['sample', 'kind', 'fixed', 'population', 'stage'].map((key) => ({ key, label: t(`oversight.column.${key}`) }));

export const sampleRows = (desk: Desk, samples: readonly Sample[]): Fragment[][] =>
  samples.map((sample) => {
    const { t, language } = desk.page;
    const { no, kind, purpose, fixedAt, population, count } = sample;
    return [
      html`<a class="ds-link" href="${samplePath(no)}">${t('oversight.sample.title', { no })}</a><span class="cite book-under">${bdi(purpose)}</span>`,
      t(`oversight.kind.${kind}`),
      whenShort(desk, fixedAt),
      t('oversight.sample.ofCases', {
        count: sayNumber(count, language),
        cases: sayNumber(population.cases, language),
      }),
      stageTag(desk, sample),
    ];
  });

export function samplesPage(desk: Desk, samples: readonly Sample[]): Html {
  const { t } = desk.page;
  return page({
    context: desk.page,
    title: t('oversight.samples'),
    main: html`${crumbs(desk)}<div class="page-head"><h1>${t('oversight.samples')}</h1>
<a class="ds-button no-print" href="${samplePath('new')}">${t('oversight.sample.new')}</a></div>
<p class="lead">${t('oversight.samples.lead')}</p>
${
  samples.length === 0
    ? html`<p class="note">${t('oversight.samples.none')}</p>`
    : table(t('oversight.samples'), sampleColumns(desk), sampleRows(desk, samples))
}`,
  });
}

export type NewSampleView = {
  readonly typed: { readonly [field: string]: readonly string[] };
  readonly errors: readonly FieldError[];
  /** How many cases the asked population has, where that was asked. */
  readonly counted: number | null;
  /** Minutes until it can be drawn. */
  readonly minutes: number;
};

export function newSamplePage(desk: Desk, { typed, errors, counted, minutes }: NewSampleView): Html {
  const { page: context } = desk;
  const { t } = context;
  const value = (name: string): string => typed[name]?.[0] ?? '';
  return page({
    context,
    title: t('oversight.sample.new'),
    hasErrors: errors.length > 0,
    main: html`${crumbs(desk, `${OVERSIGHT}/samples`, 'oversight.samples')}${errorSummary(context, errors)}<h1>${t('oversight.sample.new')}</h1>
<p class="lead">${t('oversight.sample.new.lead')}</p>
<ol class="book-steps"><li>${t('oversight.sample.how.fix')}</li><li>${t('oversight.sample.how.wait', { minutes })}</li><li>${t('oversight.sample.how.draw')}</li></ol>
<form method="post" action="${OVERSIGHT}/samples" class="book-form" novalidate>${formKey(desk)}
${field(desk, { id: 'purpose', label: t('oversight.sample.purpose'), value: value('purpose'), help: t('oversight.sample.purpose.help') }, errors)}
${choice(
  desk,
  {
    id: 'kind',
    legend: t('oversight.sample.kind'),
    options: SAMPLE_KINDS.map((kind) => ({
      value: kind,
      text: html`<strong>${t(`oversight.kind.${kind}`)}</strong>`,
      help: t(`oversight.kind.${kind}.about`),
    })),
    chosen: typed['kind'] ?? ['random'],
  },
  errors,
)}
<div class="field-row">${field(desk, { id: 'from', label: t('oversight.sample.from'), value: value('from'), kind: 'date', optional: true }, errors)}
${field(desk, { id: 'to', label: t('oversight.sample.to'), value: value('to'), kind: 'date', optional: true }, errors)}</div>
${choice(
  desk,
  {
    id: 'only',
    legend: t('oversight.sample.only'),
    help: t('oversight.sample.only.help'),
    several: true,
    options: RISKS.map((risk) => ({
      value: risk,
      text: html`${t(`oversight.risk.${risk}`)} <span class="cite">${t('oversight.sample.lots', { lots: POINTS[risk] })}</span>`,
    })),
    chosen: typed['only'] ?? [],
  },
  errors,
)}
${field(desk, { id: 'count', label: t('oversight.sample.count'), value: value('count'), kind: 'number' }, errors)}
${counted !== null && html`<p class="note" role="status">${t('oversight.sample.counted', { count: counted })}</p>`}
${field(
  desk,
  {
    id: 'lock',
    label: t('oversight.sample.lock'),
    value: value('lock'),
    kind: 'code',
    optional: true,
    help: html`${t('oversight.sample.lock.help')} <code dir="ltr">printf %s '…' | sha256sum</code>`,
  },
  errors,
)}
<div class="buttons"><button class="ds-button" type="submit" name="do" value="fix">${t('oversight.sample.fix')}</button>
<button class="ds-button" data-variant="secondary" type="submit" name="do" value="count">${t('oversight.sample.countFirst')}</button></div></form>`,
  });
}

/** The period and the cases that were chosen, in words. */
export function sayScope({ page: { t, language } }: Desk, { from, to, only }: Sample): string {
  const period =
    from === null && to === null
      ? t('oversight.scope.always')
      : t('oversight.scope.period', {
          from: from === null ? '' : sayDay(from, language),
          to: to === null ? '' : sayDay(to, language),
          open: from === null ? 'from' : to === null ? 'to' : 'no',
        });
  if (only.length === 0) return period;
  const risks = sayList(
    only.map((risk) => t(`oversight.risk.${risk}`)),
    language,
  );
  return t('oversight.scope.only', { period, risks });
}

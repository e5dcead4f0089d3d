// /oversight/samples/<no>: what was fixed, where the log is on the way to the seed, the draw, and the cases that were drawn.

import { stageOf, type SampleRead } from '../../app/oversight/samples.ts';
import { LOOKS, type Sample } from '../../domain/oversight/sample.ts';
import { formKey } from '../casework/answers.ts';
import { casePath } from '../casework/tabs.ts';
import type { Desk } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import { errorSummary, type FieldError } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, flag, type Fragment, type Html, html } from '../html.ts';
import { sayNumber } from '../messages.ts';
import { findingPath } from './findings-page.ts';
import { crumbs, field, OVERSIGHT, provePath, samplePath, state, type TypedFields } from './parts.ts';
import { sayScope, stageTag } from './samples-page.ts';

export type SampleView = {
  readonly read: SampleRead;
  readonly errors: readonly FieldError[];
  readonly typed: TypedFields;
  readonly nameOf: (person: string) => string;
};

export function samplePage(desk: Desk, view: SampleView): Html {
  const { page: context } = desk;
  const { t } = context;
  const { sample } = view.read;
  const { no, drawn } = sample;
  const stage = stageOf(sample);
  const title = t('oversight.sample.title', { no });
  return page({
    context,
    title,
    hasErrors: view.errors.length > 0,
    main: html`${crumbs(desk, `${OVERSIGHT}/samples`, 'oversight.samples')}${errorSummary(context, view.errors)}<h1>${title}</h1>
<p class="lead">${bdi(sample.purpose)}</p>
<p>${stageTag(desk, sample)}</p>
${stage === 'waits' && waiting(desk, view)}
${stage === 'lapsed' && html`<p class="note">${t('oversight.sample.lapsed')}</p>`}
${drawn !== null && cases(desk, view, drawn)}
${fixed(desk, view)}
${howToCheck(desk, sample)}`,
  });
}

function waiting(desk: Desk, { read, errors, typed }: SampleView): Html {
  const { t, language } = desk.page;
  const { sample, log, perSlot } = read;
  const step = (key: string, done: boolean): Html =>
    html`<li>${state(t(done ? 'oversight.step.done' : 'oversight.step.waits'), done ? 'go' : 'open')} ${t(
      `oversight.step.${key}`,
      {
        entry: sayNumber(log.entry ?? 0, language),
        size: sayNumber(sample.seed.size, language),
        published: sayNumber(log.published, language),
      },
    )}</li>`;
  return html`<section class="book-next" aria-labelledby="draw-title"><h2 id="draw-title">${t('oversight.draw')}</h2>
<ul class="book-progress">${step('fixed', true)}${step(log.entry === null ? 'entering' : 'entered', log.entry !== null)}${step('seed', log.ready)}</ul>
${
  log.ready
    ? html`<form method="post" action="${samplePath(sample.no)}/draw" class="book-form no-print" novalidate>${formKey(desk)}
${sample.lock !== null && field(desk, { id: 'secret', label: t('oversight.draw.secret'), value: typed['secret'] ?? '', help: t('oversight.draw.secret.help'), kind: 'code' }, errors)}
<div class="buttons"><button class="ds-button" type="submit">${t('oversight.draw.do')}</button></div></form>`
    : html`<p>${t('oversight.draw.later', { minutes: Math.max(1, Math.ceil((perSlot.seconds * 2) / 60)) })}</p>
<p class="no-print"><a class="ds-link" href="${samplePath(sample.no)}">${t('oversight.draw.lookAgain')}</a></p>`
}</section>`;
}

function cases(desk: Desk, view: SampleView, drawn: NonNullable<Sample['drawn']>): Html {
  const { t } = desk.page;
  const { sample } = view.read;
  return html`<section aria-labelledby="drawn-title"><h2 id="drawn-title">${t('oversight.drawn', { count: drawn.drawn.length })}</h2>
<p>${t.rich('oversight.drawn.by', { who: bdi(view.nameOf(drawn.by)), at: when(desk, drawn.at) })}</p>
<ol class="book-cases">${drawn.drawn.map(({ reference }) => oneCase(desk, view, sample, reference))}</ol></section>`;
}

function oneCase(desk: Desk, { nameOf, typed, errors }: SampleView, sample: Sample, reference: string): Html {
  const { t } = desk.page;
  const look = sample.looks[reference];
  const open = typed['reference'] === reference;
  const id = (name: string): string => `${name}-${reference}`;
  const mine = open ? errors.map((one) => ({ ...one, field: one.field === '' ? '' : id(one.field) })) : [];
  const chosen = open ? typed['result'] : look?.result;
  return html`
<li id="case-${reference}"><p class="book-case"><a class="ds-link case-link" href="${casePath(reference)}">${bdi(reference)}</a> ${
    look === undefined
      ? state(t('oversight.look.none'), 'open')
      : state(t(`oversight.look.${look.result}`), look.result === 'in-order' ? 'go' : 'stop')
  } <a class="ds-link no-print" href="${provePath(reference)}">${t('oversight.prove.short')}</a>${
    look?.result === 'finding' &&
    html` <a class="ds-link no-print" href="${findingPath(desk, 'new')}?${new URLSearchParams({ sample: String(sample.no), cases: reference }).toString()}">${t('oversight.finding.fromCase')}</a>`
  }</p>
${look !== undefined && html`${look.note !== '' && html`<blockquote dir="auto">${look.note}</blockquote>`}<p class="cite">${t.rich('oversight.look.by', { who: bdi(nameOf(look.by)), at: at(desk, look.at) })}</p>`}
<details class="act-fold no-print"${flag('open', open)}><summary>${t(look === undefined ? 'oversight.look.do' : 'oversight.look.again')}<span class="ds-sr-only"> ${reference}</span></summary>
<form method="post" action="${samplePath(sample.no)}/look" class="book-form" novalidate>${formKey(desk)}<input type="hidden" name="reference" value="${reference}">
<fieldset class="field book-choice"><legend>${t('oversight.look.result')}</legend>${LOOKS.map(
    (one) =>
      html`<label class="book-option"><input type="radio" name="result" value="${one}"${flag('checked', (chosen ?? 'in-order') === one)}> <span>${t(`oversight.look.${one}`)}</span></label>`,
  )}</fieldset>
${noteField(desk, id('note'), open ? (typed['note'] ?? '') : (look?.note ?? ''), mine)}
<div class="buttons"><button class="ds-button" data-variant="secondary" type="submit">${t('oversight.look.save')}</button></div></form></details></li>`;
}

/** The field has an id of its own in each case, and one name. */
const noteField = (desk: Desk, id: string, value: string, errors: readonly FieldError[]): Html => {
  const { t } = desk.page;
  const wrong = errors.find((one) => one.field === id);
  return html`<div class="field"><label for="${id}">${t('oversight.look.note')}</label>${wrong !== undefined && html`<p class="field-error" id="${id}-error">${wrong.message}</p>`}
<textarea class="ds-input" rows="3" dir="auto" id="${id}" name="note"${wrong !== undefined && html` aria-invalid="true" aria-describedby="${id}-error"`}>${value}</textarea></div>`;
};

function fixed(desk: Desk, { read, nameOf }: SampleView): Html {
  const { t, language } = desk.page;
  const { sample, log } = read;
  const { population, seed, drawn } = sample;
  const line = (key: string, value: Fragment): Html =>
    html`<div><dt>${t(`oversight.fixed.${key}`)}</dt><dd>${value}</dd></div>`;
  const code = (text: string): Html => html`<code class="book-hash" dir="ltr">${bdi(text)}</code>`;
  return html`<section aria-labelledby="fixed-title"><h2 id="fixed-title">${t('oversight.fixed')}</h2>
<dl class="book-facts">
${line('by', t.rich('oversight.fixed.by.value', { who: bdi(nameOf(sample.by)), at: at(desk, sample.fixedAt) }))}
${line('kind', html`${t(`oversight.kind.${sample.kind}`)}<span class="cite book-under">${t(`oversight.kind.${sample.kind}.about`)}</span>`)}
${line('scope', sayScope(desk, sample))}
${line('count', t('oversight.sample.ofCases', { count: sayNumber(sample.count, language), cases: sayNumber(population.cases, language) }))}
${line('population', html`${code(population.sha256)}<span class="cite book-under"><a class="ds-link no-print" href="${samplePath(sample.no)}/population.txt">${t('oversight.fixed.population.file')}</a></span>`)}
${line('seed', html`${t('oversight.fixed.seed.value', { size: sayNumber(seed.size, language) })}<span class="cite book-under">${bdi(seed.origin)}</span>`)}
${line('entry', log.entry === null ? t('oversight.fixed.entry.waits') : sayNumber(log.entry, language))}
${sample.lock !== null && line('lock', code(sample.lock))}
${drawn !== null && line('root', code(drawn.root))}
${drawn !== null && line('seedHash', code(drawn.seed))}
</dl></section>`;
}

const howToCheck = (desk: Desk, { no }: Sample): Html => {
  const { t } = desk.page;
  return html`<section aria-labelledby="check-title"><h2 id="check-title">${t('oversight.sample.check')}</h2>
<p>${t('oversight.sample.check.text')}</p>
<pre dir="ltr" tabindex="0"><code>node verify/command.ts sample sample-${no}.json</code></pre>
<p>${t('oversight.sample.check.limits')}</p>
<p class="no-print"><a class="ds-link" href="${samplePath(no)}/sample.json">${t('oversight.sample.file')}</a></p></section>`;
};

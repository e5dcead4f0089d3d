// The timeline of a case: everything that happened, in sentences, by day; what followed of itself stands under what was done.

import type { Recorded } from '../../domain/docket/case-file.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { madeOnce } from '../messages.ts';
import { casePage } from './case-page.ts';
import { casePath } from './tabs.ts';
import { clocksSection } from './clocks-section.ts';
import type { CaseDesk } from './context.ts';
import { type Sentence, sayingFor } from './kept-back.ts';
import { when } from './moments.ts';
import { byDay, runsOf, type Step, stepsOf } from './steps.ts';

export type Order = 'newest' | 'oldest';

/**
 * Newest first by default, which is what somebody looks for who comes back to a case; the other way round it is a record.
 * `published`: so many steps stand in the public log, and can be shown to anybody by a receipt.
 */
export function timelinePage(desk: CaseDesk, history: readonly Recorded[], order: Order, published: number): Html {
  const { t } = desk.page;
  const steps = stepsOf(history);
  const sayWords = sayingFor(desk, history);
  const say: Saying = (one) => ({ ...sayWords(one), receipt: one.seq <= published && receiptLink(desk, one) });
  if (order === 'newest') steps.reverse();
  const days = byDay(steps, desk.work.office().settings.calendar.timeZone);
  const way = (one: Order): Html =>
    one === order
      ? html`<span aria-current="true">${t(`casework.timeline.${one}`)}</span>`
      : html`<a class="ds-link" href="${casePath(desk.file.reference, 'timeline')}${one === 'oldest' && '?order=oldest'}">${t(`casework.timeline.${one}`)}</a>`;
  return casePage({
    desk,
    tab: 'timeline',
    main: html`<section class="timeline" aria-labelledby="timeline-title"><h2 id="timeline-title">${t('casework.tab.timeline')}</h2>
<p class="section-lead">${t('casework.timeline.lead')}${published > 0 && html` ${t('notice.receipt.why')}`}</p>
<p class="cite no-print">${way('newest')} · ${way('oldest')}</p>
${days.map(
  ({ day, steps: taken }) => html`
<h3>${when(desk, day)}</h3><ol class="steps">${runsOf(taken).map((run) => runItem(desk, say, run))}
</ol>`,
)}</section>
${clocksSection(desk)}`,
  });
}

type Saying = (recorded: Recorded) => Sentence & { readonly receipt: Html | false };

const receiptLink = ({ file, page: { t } }: CaseDesk, { seq }: Recorded): Html =>
  html` <a class="ds-link receipt no-print" href="${casePath(file.reference)}/receipts/${seq}">${t('notice.receipt.link', { seq })}</a>`;

/** More answers than these, one after the other, are folded: what was decided is found among them. */
const ANSWERS_SHOWN = 3;

function runItem(desk: CaseDesk, say: Saying, run: readonly Step[]): Fragment {
  const items = run.map((step) => stepItem(desk, say, step));
  const [one, other] = [run[0], run.at(-1)];
  if (run.length <= ANSWERS_SHOWN || !one || !other) return items;
  const [first, last] = one.act.seq < other.act.seq ? [one, other] : [other, one];
  return html`
<li class="step"><details><summary>${desk.page.t('casework.people.steps.assessment', { count: run.length })}</summary><ol class="steps">${items}</ol></details>${by(desk, last.act, html`${clock(desk, first.act)}–${clock(desk, last.act)}`)}</li>`;
}

const clock = (desk: CaseDesk, act: Recorded): Html => html`<time datetime="${act.at}">${timeOf(desk, act)}</time>`;

const by = (desk: CaseDesk, act: Recorded, time: Html, after: Fragment = null): Html =>
  html`<p class="cite">${desk.page.t.rich('casework.timeline.by', { who: bdi(desk.nameOf(act.by)), time })}${after}</p>`;

function stepItem(desk: CaseDesk, say: Saying, { act, followed }: Step): Html {
  const { t } = desk.page;
  return html`
<li class="step">${sentence(desk, say(act))}${by(desk, act, clock(desk, act), say(act).receipt)}${
    followed.length > 0 &&
    html`<p class="ds-sr-only">${t('casework.timeline.followed')}</p><ul class="followed">${followed.map(
      (one) =>
        html`<li>${sentence(desk, say(one))}${say(one).receipt !== false && html`<p class="cite">${say(one).receipt}</p>`}</li>`,
    )}</ul>`
  }</li>`;
}

/** More than so many facts are folded. */
const FACTS_SHOWN = 3;

function sentence(desk: CaseDesk, { sentence: said, quotes, items }: Sentence): Html {
  const list = items.length > 0 && html`<ul class="stated">${items.map((one) => html`<li>${one}</li>`)}</ul>`;
  return html`<p>${said}</p>${
    items.length > FACTS_SHOWN
      ? html`<details><summary>${desk.page.t('casework.timeline.facts')}</summary>${list}</details>`
      : list
  }${quotes.map((quote) => html`<p class="said"><q>${bdi(quote)}</q></p>`)}`;
}

const clockFormat = madeOnce((locale, timeZone) => new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone }));
const timeOf = ({ page, work }: CaseDesk, { at }: Recorded): string =>
  clockFormat(page.language, work.office().settings.calendar.timeZone).format(new Date(at));

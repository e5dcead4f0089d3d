// The timeline of a case: everything that happened, in sentences, by day; what followed of itself stands under what was done.

import type { Recorded } from '../../domain/docket/case-file.ts';
import { bdi, type Html, html } from '../html.ts';
import { madeOnce } from '../messages.ts';
import { casePage, casePath } from './case-page.ts';
import { clocksSection } from './clocks-section.ts';
import type { CaseDesk } from './context.ts';
import { type Sentence, sayingFor } from './kept-back.ts';
import { when } from './moments.ts';
import { byDay, type Step, stepsOf } from './steps.ts';

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
<h3>${when(desk, day)}</h3><ol class="steps">${taken.map((step) => stepItem(desk, say, step))}
</ol>`,
)}</section>
${clocksSection(desk)}`,
  });
}

type Saying = (recorded: Recorded) => Sentence & { readonly receipt: Html | false };

const receiptLink = ({ file, page: { t } }: CaseDesk, { seq }: Recorded): Html =>
  html` <a class="ds-link receipt no-print" href="${casePath(file.reference)}/receipts/${seq}">${t('notice.receipt.link', { seq })}</a>`;

function stepItem(desk: CaseDesk, say: Saying, { act, followed }: Step): Html {
  const { t } = desk.page;
  return html`
<li class="step">${sentence(desk, say(act))}<p class="cite">${t.rich('casework.timeline.by', {
    who: bdi(desk.nameOf(act.by)),
    time: html`<time datetime="${act.at}">${timeOf(desk, act)}</time>`,
  })}${say(act).receipt}</p>${
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

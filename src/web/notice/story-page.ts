// What happened to somebody's data, told to them: plain words, the law, why only now, what they can do, and how to check it.

import { officeName, officeReach } from '../../app/notice/office-name.ts';
import type { Story, ToldData } from '../../app/notice/story.ts';
import { type Day, parseDay } from '../../kernel/calendar.ts';
import { say } from '../../kernel/language.ts';
import { at, when } from '../casework/moments.ts';
import { stateText } from '../check/words.ts';
import { citeLink, confidence, review } from '../components/cite.ts';
import { errorSummary } from '../components/error-summary.ts';
import { page } from '../components/layout.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { answerPart } from './answer-part.ts';
import { checkPart } from './check-part.ts';
import type { StoryView } from './story-view.ts';

export function storyPage(view: StoryView): Html {
  const { page: context, story, errors } = view;
  const { t, language } = context;
  const title = t('notice.story.title');
  return page({
    context,
    title,
    hasErrors: errors.length > 0,
    languageForm: { form: 'answer', before: defaultButton() },
    main: html`<div class="story">${errorSummary(context, errors)}${receivedNote(view)}<h1>${title}</h1>
<p class="lead">${t.rich(`notice.lead.${leadOf(story)}`, { state: bdi(stateText(story.askedBy.state, language)) })}</p>
<dl class="story-head">${[
      ['account', html`<b>${bdi(story.account)}</b>${story.service !== '' && html`<br>${bdi(story.service)}`}`],
      ['asked', html`<b>${bdi(story.askedBy.authority)}</b><br>${bdi(stateText(story.askedBy.state, language))}`],
      ['office', html`<b>${bdi(officeName(view.work, language))}</b><br>${bdi(officeReach(view.work))}`],
      ['reference', html`<b>${bdi(story.reference)}</b>`],
    ].map(([key, value]) => html`<div><dt>${t(`notice.head.${key as string}`)}</dt><dd>${value}</dd></div>`)}</dl>
<p class="no-print"><a class="ds-link" href="#do">${t('notice.todo.title')}</a> · <a class="ds-link" href="#check">${t('notice.check.title')}</a></p>
${happened(view)}
${data(view)}
${law(view)}
${late(view)}
${answerPart(view)}
${checkPart(view)}
<p class="cite">${t('notice.print')}</p></div>`,
  });
}

/** What the Enter key presses, before any button of the header. */
const defaultButton = (): Html =>
  html`<button class="ds-sr-only" type="submit" form="answer" name="do" value="stay" tabindex="-1" aria-hidden="true"></button>`;

/** What matters most, in one sentence. */
function leadOf({ data: told, decision, withdrawn }: Story): string {
  if (told.some(({ task }) => task?.status === 'produced' || task?.status === 'partly-produced')) return 'disclosed';
  if (decision?.disposition === 'refuse') return 'refused';
  if (withdrawn) return 'withdrawn';
  if (decision && told.some(({ decided }) => decided)) return 'ordered';
  return 'asked';
}

function receivedNote(view: StoryView): Fragment {
  const { story, received } = view;
  const { t } = view.page;
  const one = story.complaints.find(({ no }) => no === received);
  if (one === undefined) return null;
  return html`<section class="note" role="status" aria-labelledby="received"><h2 id="received">${t('notice.received.title')}</h2>
<p>${t.rich('notice.received.number', { number: html`<b>${bdi(`${story.reference}/${one.no}`)}</b>` })}</p>
<p>${t.rich('notice.received.next', { acknowledge: when(view, one.acknowledgeBy.on), answer: when(view, one.answerBy.on) })}</p></section>`;
}

/** In order of days: who did what. People of the office have no names here. */
function happened(view: StoryView): Html {
  const { page: context, story, work } = view;
  const { t, language } = context;
  const office = bdi(officeName(work, language));
  const measure = context.book.rules.measures.find(({ id }) => id === story.measure);
  const lines: (readonly [Day, Fragment])[] = [
    [
      story.receivedOn,
      t.rich('notice.event.asked', {
        authority: bdi(story.askedBy.authority),
        office,
        measure: measure ? say(measure.title, language) : bdi(story.measure),
      }),
    ],
    ...story.held.map(({ from, until }) => [from, t.rich('notice.event.held', { until: on(view, until) })] as const),
    ...(story.decision
      ? [
          [
            story.decision.on,
            html`${t.rich(`notice.event.decided.${story.decision.disposition}`, { office })} ${t('notice.event.two')}${story.decision.review && html` ${t(`notice.event.review.${story.decision.review}`)}`}`,
          ] as const,
        ]
      : []),
    ...story.data.flatMap(({ category, task }) =>
      task && OUTCOMES.has(task.status)
        ? [[task.on, t(`notice.event.task.${task.status}`, { data: categoryText(view, category) })] as const]
        : [],
    ),
    ...story.handedOver.map((one) => [one.on, t.rich('notice.event.handedOver', { to: bdi(one.to) })] as const),
    [story.toldOn, t('notice.event.told')],
  ];
  lines.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  return html`<section aria-labelledby="happened"><h2 id="happened">${t('notice.happened.title')}</h2>
<ol class="story-days">${lines.map(
    ([day, line]) => html`
<li><p class="story-day">${on(view, day)}</p><p>${line}</p></li>`,
  )}
</ol>${story.withdrawn && html`<p>${t('notice.event.withdrawn')}</p>`}</section>`;
}

const OUTCOMES: ReadonlySet<string> = new Set(['produced', 'partly-produced', 'not-held', 'impossible', 'cancelled']);

const on = (view: StoryView, day: Day): Html => at(view, day);

function categoryText({ page: { t } }: StoryView, category: string): string {
  const key = `request.option.dataCategories.category.${category}`;
  return t.has(key) ? t(key) : category;
}

function data(view: StoryView): Html {
  const { t } = view.page;
  return html`<section><h2 id="data">${t('notice.data.title')}</h2>
${
  view.story.data.length === 0
    ? html`<p>${t('notice.data.none')}</p>`
    : html`<div class="story-table" tabindex="0" role="region" aria-labelledby="data"><table class="ds-table"><thead><tr>${['what', 'period', 'became'].map((one) => html`<th scope="col">${t(`notice.data.${one}`)}</th>`)}</tr></thead>
<tbody>${view.story.data.map(
        (one) => html`
<tr><th scope="row">${categoryText(view, one.category)}<p class="cite">${t.has(`notice.data.meaning.${one.category}`) && t(`notice.data.meaning.${one.category}`)}</p></th><td>${period(view, one)}</td><td>${t(`notice.data.result.${resultOf(one)}`)}</td></tr>`,
      )}
</tbody></table></div>`
}</section>`;
}

const resultOf = ({ decided, task }: ToldData): string => task?.status ?? (decided ? 'open' : 'not-decided');

function period(view: StoryView, { from, to, timeZone }: ToldData): Fragment {
  const [first, last] = [parseDay(from.slice(0, 10)), parseDay(to.slice(0, 10))];
  if (!first.ok || !last.ok) return view.page.t('notice.data.noPeriod');
  return html`${view.page.t.rich('notice.data.fromTo', { from: on(view, first.value), to: on(view, last.value) })}${timeZone !== '' && html` <span class="quiet">(${bdi(timeZone)})</span>`}`;
}

function law(view: StoryView): Html {
  const { page: context, story } = view;
  const { t, book, language } = context;
  const pack = book.rules.packs.find(({ id }) => id === story.instrument);
  const rule = (id: string): Html => {
    const provision = book.rules.provisions.find((one) => one.id === id);
    return html`
<li>${provision && html`<p>${say(provision.title, language)}</p>`}<p class="cite">${citeLink(context, id)}${provision && html` ${confidence(context, provision.source.confidence)} ${review(context, provision.reviewed.length > 0)}`}</p></li>`;
  };
  return html`<section aria-labelledby="law"><h2 id="law">${t('notice.law.title')}</h2>
<p>${pack ? t.rich('notice.law.under', { instrument: html`<a class="ds-link" href="/law#${pack.prefix}">${say(pack.title, language)}</a>` }) : t('notice.law.none')}</p>
${story.decision && story.decision.grounds.length > 0 && html`<p>${t('notice.law.grounds')}</p><ul class="story-law">${story.decision.grounds.map(rule)}</ul>`}
${story.basis.length > 0 && html`<p>${t('notice.law.basis')}</p><ul class="story-law">${story.basis.map(rule)}</ul>`}</section>`;
}

/** Secrecy and delays, each with its end and why. */
function late(view: StoryView): Html {
  const { story } = view;
  const { t } = view.page;
  const said = (ground: string, reasons: string): Html =>
    html`<dl class="story-why"><div><dt>${t('notice.late.ground')}</dt><dd>${bdi(ground)}</dd></div><div><dt>${t('notice.late.reasons')}</dt><dd><q>${bdi(reasons)}</q></dd></div></dl>`;
  return html`<section aria-labelledby="late"><h2 id="late">${t('notice.late.title')}</h2>
${story.secrecy.length + story.delays.length === 0 ? html`<p>${t('notice.late.none')}</p>` : html`<p>${t('notice.late.lead')}</p>`}
${story.secrecy.map(
  ({
    ground,
    reasons,
    from,
    until,
    end,
  }) => html`<h3>${t.rich('notice.late.secret', { from: on(view, from), to: on(view, end?.on ?? until) })}</h3>${said(ground, reasons)}
<p>${end?.how === 'lifted' ? html`${t('notice.late.lifted')} <q>${bdi(end.reasons)}</q>` : t('notice.late.ended')}</p>`,
)}${story.delays.map(
  (one) =>
    html`<h3>${t.rich('notice.late.delayed', { from: on(view, one.on), to: on(view, one.liftedOn ?? one.until) })}</h3>${said(one.ground, one.reasons)}`,
)}</section>`;
}

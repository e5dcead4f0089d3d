// The hold on a page: whether data are held and until when, each order to a holder, and what can be done about it.

import { holdUntil, itemsOf, orderOffered, type Order, runs } from '../../app/casework/holding.ts';
import { at, when } from '../casework/moments.ts';
import { clockSource } from '../casework/case-page.ts';
import { can } from '../casework/context.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Control, type Shown } from './act-form.ts';
import { boxOf, choice, mark, record, records, RELEASES, sayItem } from './words.ts';

export function holdPart(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { hold, orders } = desk.file.preservation;
  const until = holdUntil(desk.file.preservation);
  const running = hold !== null && runs(hold) && until !== null;
  return html`<section id="hold" class="after"><h2>${t('execution.hold.title')}</h2>
${
  running
    ? html`<p class="standing" data-tone="go">${t.rich('execution.hold.runs', { until: when(desk, until) })}</p>
<p class="cite">${t.rich('execution.hold.least', { day: at(desk, hold.atLeastUntil), clock: clockSource(desk, hold.clock.rule) })}</p>
${hold.pending.map((request) => html`<p class="record-line">${t.rich('execution.hold.waits', { request: bdi(request) })}</p>${request !== desk.file.reference && settled(shown, request)}`)}
${hold.toProduce && html`<p class="record-line">${t('execution.hold.toProduce')}</p>`}
${hold.idleSince !== null && html`<p class="record-line">${t.rich('execution.hold.idle', { day: at(desk, hold.idleSince) })}</p>`}`
    : html`<p class="standing" data-tone="open">${hold?.end ? t.rich(`execution.hold.${hold.end.how}`, { day: at(desk, hold.end.on) }) : t('execution.hold.none')}</p>`
}
${
  orders.length > 0 &&
  records(
    orders.map((order) => orderRecord(shown, order)),
    '',
  )
}
${!desk.file.closed && newOrder(shown, running)}
${running && html`<div class="record-acts no-print">${actForm(shown, { act: 'wait-for', action: 'hold.order', controls: [{ id: 'request', kind: 'line' }] })}${actForm(shown, { act: 'release-hold', action: 'hold.release', controls: release(shown) })}</div>`}
${!running && !can(desk, 'hold.order') && html`<p class="cite">${t('execution.hold.whose')}</p>`}</section>`;
}

const settled = (shown: Shown, request: string): Html | false =>
  actForm(shown, {
    act: 'settled',
    action: 'hold.order',
    controls: [{ id: 'request', kind: 'line', value: request }],
  });

/** The order that is filled in from the request: one button with what it sends in view above it, as long as nothing is held or produced. */
function newOrder(shown: Shown, running: boolean): Html | false {
  const { desk } = shown;
  const offered = orderOffered(desk.work, desk.file, desk.work.world.now());
  const theirs = new Set(itemsOf(desk.file, offered.holder).map(boxOf));
  const untilNow = desk.file.request.content.necessityOfPreservation;
  const options = offered.items.map((item) => ({
    value: boxOf(item),
    text: sayItem(desk, item),
    checked: theirs.has(boxOf(item)),
  }));
  return actForm(shown, {
    act: running ? 'hold-more' : 'hold',
    action: 'hold.order',
    primary: !running && desk.file.execution.tasks.length === 0,
    controls: [
      { id: 'holder', kind: 'line', value: offered.holder },
      { id: 'what', kind: 'boxes', options },
      { id: 'until', kind: 'day', value: offered.latest, max: offered.latest },
      { id: 'reasons', kind: 'text', value: untilNow ?? desk.page.t('execution.hold.reasons') },
    ],
  });
}

const release = ({ desk, area }: Shown): Control[] => [
  choice(desk, area, 'ground', RELEASES),
  { id: 'reasons', kind: 'text' },
  { id: 'message', kind: 'text', value: desk.page.t('execution.hold.message', { reference: desk.file.reference }) },
];

function orderRecord(shown: Shown, order: Order): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { no, holder, what, until, from, reasons, extensions, confirmation, end } = order;
  const list = what.map((item) => html`<li>${sayItem(desk, item)}</li>`);
  const options = what.map((item) => ({ value: boxOf(item), text: sayItem(desk, item) }));
  const answered =
    confirmation &&
    html`${t.rich('execution.order.answered', { day: at(desk, confirmation.on), held: confirmation.held.length, missing: confirmation.notFound.length })}${
      confirmation.otherProviderInPath !== '' &&
      html` ${t.rich('execution.order.other', { provider: bdi(confirmation.otherProviderInPath) })}`
    }`;
  return record(
    t.rich('execution.order.title', { no, holder: bdi(holder) }),
    end
      ? mark(t(`execution.ended.${end.how}`), 'open')
      : confirmation
        ? mark(t('execution.order.confirmed'), 'go')
        : mark(t('execution.order.unconfirmed'), 'maybe'),
    [
      end
        ? t.rich('execution.order.ended', { day: at(desk, end.on) })
        : t.rich('execution.order.until', { until: when(desk, until) }),
      html`<ul class="record-items">${list}</ul>`,
      t.rich('execution.order.from', { day: at(desk, from), reasons: bdi(reasons) }),
      ...extensions.map((one) =>
        t.rich('execution.order.extended', {
          from: at(desk, one.from),
          until: at(desk, one.until),
          reasons: bdi(one.reasons),
        }),
      ),
      answered,
    ],
    end
      ? []
      : [
          actForm(shown, {
            act: 'confirm',
            action: 'hold.confirm',
            no,
            controls: [
              { id: 'held', kind: 'boxes', options },
              { id: 'notFound', kind: 'boxes', options },
              { id: 'otherProvider', kind: 'line', optional: true },
            ],
          }),
          actForm(shown, {
            act: 'extend',
            action: 'hold.extend',
            no,
            controls: [
              { id: 'until', kind: 'day', value: orderOffered(desk.work, desk.file, desk.work.world.now()).latest },
              { id: 'reasons', kind: 'text' },
            ],
          }),
          actForm(shown, { act: 'release-order', action: 'hold.release', no, controls: release(shown) }),
        ],
  );
}

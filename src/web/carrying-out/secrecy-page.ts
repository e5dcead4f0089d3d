// The tab for secrecy and notice: who must keep silent and until when, who is to be told, and what people answer.

import { daysFor, lastDayFor } from '../../app/casework/terms.ts';
import type { SecrecyOrder } from '../../app/casework/disclosing.ts';
import { casePage } from '../casework/case-page.ts';
import { can, type CaseDesk } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Shown, type Typed } from './act-form.ts';
import { noticesPart } from './notice-view.ts';
import { remediesPart } from './remedies-view.ts';
import { mark, record, records } from './words.ts';

export function secrecyPage(desk: CaseDesk, typed: Typed | undefined): Html {
  const shown: Shown = { desk, area: 'secrecy', typed };
  return casePage({
    desk,
    tab: 'secrecy',
    errors: typed?.errors ?? [],
    main: html`${secrecyPart(shown)}${noticesPart(shown)}${remediesPart(shown)}`,
  });
}

function secrecyPart(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { secrecy } = desk.file.disclosure;
  const running = secrecy.filter(({ end }) => end === null);
  const wished = desk.file.assessment.stated['secrecy.requested']?.value === true;
  return html`<section id="secrecy" class="after"><h2>${t('secrecy.orders.title')}</h2>
<p class="standing" data-tone="${running.length > 0 ? 'maybe' : 'open'}">${t('secrecy.orders.standing', { count: running.length })}</p>
${wished && running.length === 0 && html`<p class="note">${t('secrecy.orders.wished')}</p>`}
${
  secrecy.length > 0 &&
  records(
    secrecy.map((one) => orderRecord(shown, one)),
    '',
  )
}
${actForm(shown, {
  act: 'order-secrecy',
  action: 'secrecy.order',
  controls: [
    { id: 'ground', kind: 'line' },
    { id: 'reasons', kind: 'text' },
    { id: 'until', kind: 'day', value: lastDayFor(desk.work, desk.file, 'secrecy-review'), max: longest(desk) },
    { id: 'reviewOn', kind: 'day', value: lastDayFor(desk.work, desk.file, 'secrecy-review'), max: longest(desk) },
  ],
})}
${!can(desk, 'secrecy.order') && html`<p class="cite">${t('secrecy.orders.whose', { count: daysFor(desk.work, desk.file, 'secrecy-longest').count })}</p>`}</section>`;
}

const longest = (desk: CaseDesk): string => lastDayFor(desk.work, desk.file, 'secrecy-longest');

function orderRecord(shown: Shown, order: SecrecyOrder): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { no, ground, reasons, from, until, reviewOn, history, end } = order;
  const why = { id: 'reasons', kind: 'text' } as const;
  const review = { id: 'reviewOn', kind: 'day' } as const;
  return record(
    t('secrecy.order.title', { no }),
    end ? mark(t(`secrecy.order.${end.how}`), 'open') : mark(t('secrecy.order.runs'), 'maybe'),
    [
      end
        ? t.rich('secrecy.order.over', { from: at(desk, from), to: at(desk, end.on) })
        : t.rich('secrecy.order.until', { until: when(desk, until) }),
      !end && t.rich('secrecy.order.review', { day: when(desk, reviewOn) }),
      t.rich('secrecy.order.ground', { ground: bdi(ground) }),
      bdi(reasons),
      ...history.map((one) =>
        t.rich(`secrecy.order.${one.what}`, {
          who: bdi(desk.nameOf(one.by)),
          on: at(desk, one.on),
          until: at(desk, one.until),
          reasons: bdi(one.reasons),
        }),
      ),
      end && end.reasons !== '' && bdi(end.reasons),
    ],
    end
      ? []
      : [
          actForm(shown, {
            act: 'review-secrecy',
            action: 'secrecy.order',
            no,
            controls: [why, { ...review, value: reviewOn, max: until }],
          }),
          actForm(shown, {
            act: 'renew-secrecy',
            action: 'secrecy.order',
            no,
            controls: [why, { id: 'until', kind: 'day', max: longest(desk) }, review],
          }),
          actForm(shown, { act: 'lift-secrecy', action: 'secrecy.order', no, controls: [why] }),
        ],
  );
}

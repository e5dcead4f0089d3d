// Notices on a page: whom the office owes word, when, why later, and what shows that it came.

import { decisionStands, delayedUntil, isOpen, mayTellFrom, type Notice } from '../../app/casework/notifying.ts';
import { deadlinesOf } from '../../app/casework/project.ts';
import { lastDayFor } from '../../app/casework/terms.ts';
import type { CaseDesk } from '../casework/context.ts';
import { at, when } from '../casework/moments.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { actForm, type Shown } from './act-form.ts';
import { choice, mark, NOT_NEEDED, record, records, YES_NO } from './words.ts';

export function noticesPart(shown: Shown): Html {
  const { t } = shown.desk.page;
  const { notices } = shown.desk.file.notice;
  return html`<section id="notice" class="after"><h2>${t('secrecy.notices.title')}</h2>
<p class="cite">${t('secrecy.notices.why')}</p>
${records(
  notices.map((one) => noticeRecord(shown, one)),
  t('secrecy.notices.none'),
)}</section>`;
}

/** Whose data they are: the account that the pointer of the notice names in the request. */
export function sayPerson({ file, page: { t } }: CaseDesk, person: string): Fragment {
  const target = file.request.content.targets?.[Number(/^\/targets\/(\d+)$/.exec(person)?.[1] ?? -1)];
  return t.rich('secrecy.notice.holderOf', { account: bdi(target?.identifierValue ?? person) });
}

function noticeRecord(shown: Shown, notice: Notice): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { person, dutyBearer, delays, sendings, notNeeded } = notice;
  const due = deadlinesOf(desk.work, desk.file).find(({ key }) => key === `notice.${notice.no}.tell`)?.on;
  const last = sendings.at(-1);
  const open = isOpen(notice);
  const state = notNeeded
    ? mark(t('secrecy.notice.notNeeded'), 'open')
    : last && last.arrived !== 'no'
      ? mark(t(`secrecy.notice.sent.${last.arrived}`), last.arrived === 'yes' ? 'go' : 'maybe')
      : mark(t(delayedUntil(notice) === null ? 'secrecy.notice.due' : 'secrecy.notice.delayed'), 'maybe');
  return record(
    sayPerson(desk, person),
    state,
    [
      t(`secrecy.duty.${dutyBearer}`),
      open &&
        (due !== undefined
          ? t.rich('secrecy.notice.dueOn', { day: when(desk, due) })
          : t('secrecy.notice.afterDecision')),
      ...delays.map((one) =>
        t.rich(one.liftedOn ? 'secrecy.delay.lifted' : 'secrecy.delay.runs', {
          who: bdi(desk.nameOf(one.by)),
          on: at(desk, one.on),
          until: at(desk, one.liftedOn ?? one.until),
          ground: bdi(one.ground),
          reasons: bdi(one.reasons),
        }),
      ),
      ...sendings.map((one) =>
        t.rich(`secrecy.sending.${one.arrived}`, {
          on: at(desk, one.on),
          channel: bdi(one.channel),
          proof: bdi(one.proof),
        }),
      ),
      notNeeded &&
        t.rich('secrecy.notNeededBy', {
          ground: t(`secrecy.notNeeded.${notNeeded.ground}`),
          who: bdi(desk.nameOf(notNeeded.by)),
          on: at(desk, notNeeded.on),
          reasons: bdi(notNeeded.reasons),
        }),
    ],
    acts(shown, notice, open),
  );
}

function acts(shown: Shown, notice: Notice, open: boolean): readonly (Html | false)[] {
  const { desk } = shown;
  const { no, dutyBearer, sendings, notNeeded } = notice;
  const reasons = { id: 'reasons', kind: 'text' } as const;
  const channel = { id: 'channel', kind: 'line' } as const;
  if (notNeeded) return [actForm(shown, { act: 'needed-again', action: 'notice.send', no, controls: [reasons] })];
  if (!open)
    return [
      sendings.at(-1)?.arrived === 'not-known' &&
        actForm(shown, {
          act: 'arrived',
          action: 'notice.send',
          no,
          controls: [choice(desk, 'secrecy', 'arrived', YES_NO), { id: 'proof', kind: 'text' }],
        }),
    ];
  const mayTell = mayTellFrom(notice, desk.file.disclosure) <= desk.work.world.today() && decisionStands(desk.file);
  return [
    dutyBearer === 'here' &&
      mayTell &&
      actForm(shown, { act: 'send-notice', action: 'notice.send', no, primary: true, controls: [channel] }),
    dutyBearer === 'other-side' &&
      actForm(shown, {
        act: 'told-by-other-side',
        action: 'notice.send',
        no,
        controls: [channel, { id: 'proof', kind: 'text' }],
      }),
    actForm(shown, {
      act: 'delay-notice',
      action: 'notice.delay',
      no,
      controls: [
        { id: 'ground', kind: 'line' },
        reasons,
        { id: 'until', kind: 'day', max: lastDayFor(desk.work, desk.file, 'notice-delay-longest') },
      ],
    }),
    delayedUntil(notice) !== null &&
      actForm(shown, { act: 'lift-delay', action: 'notice.delay', no, controls: [reasons] }),
    actForm(shown, {
      act: 'not-needed',
      action: 'notice.delay',
      no,
      controls: [choice(desk, 'secrecy', 'notNeeded', NOT_NEEDED), reasons],
    }),
  ];
}

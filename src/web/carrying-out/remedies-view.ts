// Complaints and reviews on a page: what a person or a State says against what was done, and how it was answered.

import { type Complaint, decisionStands, type Review } from '../../app/casework/notifying.ts';
import { at, when } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Shown } from './act-form.ts';
import { ASKED_BY, choice, COMPLAINTS, mark, record, records, REVIEWS } from './words.ts';

export function remediesPart(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { complaints, reviews, notices } = desk.file.notice;
  const fromNotice = {
    id: 'notice',
    kind: 'choice',
    value: '0',
    options: [
      { value: '0', text: t('secrecy.complaint.noNotice') },
      ...notices.map(({ no }) => ({ value: String(no), text: t('secrecy.complaint.ofNotice', { no }) })),
    ],
  } as const;
  return html`<section id="complaints" class="after"><h2>${t('secrecy.complaints.title')}</h2>
${records(
  complaints.map((one) => complaintRecord(shown, one)),
  t('secrecy.complaints.none'),
)}
${actForm(shown, { act: 'complaint', action: 'complaint.record', controls: [fromNotice, { id: 'text', kind: 'text' }] })}</section>
<section id="reviews" class="after"><h2>${t('secrecy.reviews.title')}</h2>
${records(
  reviews.map((one) => reviewRecord(shown, one)),
  t('secrecy.reviews.none'),
)}
${decisionStands(desk.file) && actForm(shown, { act: 'open-review', action: 'complaint.record', controls: [choice(desk, 'secrecy', 'reviewFor', ASKED_BY), { id: 'why', kind: 'text' }] })}</section>`;
}

function complaintRecord(
  shown: Shown,
  { no, kind, text, receivedOn, acknowledgedOn, acknowledgeBy, answer, answerBy, remediedOn }: Complaint,
): Html {
  const { desk } = shown;
  const { t } = desk.page;
  return record(
    t(kind === 'objection' ? 'notice.staff.objection' : 'secrecy.complaint.title', { no }),
    answer ? mark(t(`secrecy.outcome.${answer.outcome}`), 'go') : mark(t('secrecy.complaint.open'), 'maybe'),
    [
      bdi(text),
      t.rich('secrecy.complaint.received', { on: at(desk, receivedOn) }),
      acknowledgedOn
        ? t.rich('secrecy.complaint.acknowledged', { on: at(desk, acknowledgedOn) })
        : t.rich('secrecy.complaint.acknowledgeBy', { on: when(desk, acknowledgeBy.on) }),
      answer
        ? t.rich('secrecy.complaint.answered', {
            who: bdi(desk.nameOf(answer.by)),
            on: at(desk, answer.on),
            text: bdi(answer.text),
          })
        : t.rich('secrecy.complaint.answerBy', { on: when(desk, answerBy.on) }),
      answer?.remedyBy &&
        t.rich(remediedOn ? 'secrecy.complaint.remedied' : 'secrecy.complaint.remedy', {
          remedy: bdi(answer.remedy),
          on: when(desk, remediedOn ?? answer.remedyBy),
        }),
    ],
    [
      !acknowledgedOn &&
        !answer &&
        actForm(shown, { act: 'acknowledge-complaint', action: 'complaint.record', no, controls: [] }),
      !answer &&
        actForm(shown, {
          act: 'answer-complaint',
          action: 'complaint.answer',
          no,
          controls: [
            choice(desk, 'secrecy', 'outcome', COMPLAINTS),
            { id: 'text', kind: 'text' },
            { id: 'remedy', kind: 'text', optional: true },
            { id: 'remedyBy', kind: 'day', optional: true },
          ],
        }),
      answer?.remedyBy !== null &&
        answer !== null &&
        !remediedOn &&
        actForm(shown, { act: 'remedied', action: 'complaint.answer', no, controls: [] }),
    ],
  );
}

function reviewRecord(shown: Shown, { no, decisionNo, askedBy, why, openedOn, decideBy, outcome }: Review): Html {
  const { desk } = shown;
  const { t } = desk.page;
  return record(
    t('secrecy.review.title', { no, decision: decisionNo }),
    outcome ? mark(t(`secrecy.reviewOutcome.${outcome.outcome}`), 'go') : mark(t('secrecy.review.open'), 'maybe'),
    [
      t.rich('secrecy.review.asked', { who: t(`secrecy.reviewFor.${askedBy}`), on: at(desk, openedOn) }),
      bdi(why),
      outcome
        ? t.rich('secrecy.review.decided', {
            who: bdi(desk.nameOf(outcome.by)),
            at: at(desk, outcome.at),
            reasons: bdi(outcome.reasons),
          })
        : t.rich('secrecy.review.decideBy', { on: when(desk, decideBy.on) }),
    ],
    [
      !outcome &&
        actForm(shown, {
          act: 'decide-review',
          action: 'decision.review',
          no,
          controls: [choice(desk, 'secrecy', 'reviewOutcome', REVIEWS), { id: 'reasons', kind: 'text' }],
        }),
    ],
  );
}

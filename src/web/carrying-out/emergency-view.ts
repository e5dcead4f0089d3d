// An emergency on a page: the call back that must come first, and the validation that must come after.

import { type Opening, verifiedCall } from '../../app/casework/executing.ts';
import { at, toType, when } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Shown } from './act-form.ts';
import { CALLS, choice, mark, record, records } from './words.ts';

/** Nothing, where the request is no emergency and nobody called back. */
export function emergencyPart(shown: Shown): Html | false {
  const { desk } = shown;
  const { t } = desk.page;
  const { execution, request } = desk.file;
  const emergency = request.content.urgency?.level === 'emergency';
  if (!emergency && execution.calls.length === 0) return false;
  const verified = verifiedCall(execution);
  return html`<section id="emergency" class="after"><h2>${t('execution.emergency.title')}</h2>
<p class="standing" data-tone="${verified ? 'go' : 'maybe'}">${t(verified ? 'execution.emergency.verified' : 'execution.emergency.callFirst')}</p>
${execution.openings.map((opening) => opening.validation && validationOf(shown, opening, opening.validation))}
${records(
  execution.calls.map((call) =>
    record(
      at(desk, call.calledAt),
      mark(
        t(`execution.outcome.${call.outcome}`),
        call.outcome === 'verified' ? 'go' : call.outcome === 'no-answer' ? 'open' : 'stop',
      ),
      [
        t.rich('execution.call.number', { number: bdi(call.number), from: bdi(call.numberFrom) }),
        call.answeredBy !== '' && t.rich('execution.call.answeredBy', { who: bdi(call.answeredBy) }),
        call.remarks !== '' && bdi(call.remarks),
        t.rich('execution.call.by', { who: bdi(desk.nameOf(call.calledBy)) }),
      ],
      [],
    ),
  ),
  t('execution.call.none'),
)}
${actForm(shown, {
  act: 'call-back',
  action: 'emergency.call-back',
  primary: emergency && !verified,
  controls: [
    { id: 'number', kind: 'line' },
    { id: 'numberFrom', kind: 'line' },
    { id: 'calledAt', kind: 'moment', value: toType(desk, desk.work.world.now()) },
    choice(desk, 'execution', 'outcome', CALLS),
    { id: 'answeredBy', kind: 'line', optional: true },
    { id: 'remarks', kind: 'text', optional: true },
  ],
})}</section>`;
}

function validationOf(shown: Shown, { decisionNo: no }: Opening, validation: NonNullable<Opening['validation']>): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { state, dueAt, answer, deletion } = validation;
  const tone = { awaited: 'maybe', overdue: 'stop', validated: 'go', failed: 'stop' } as const;
  const authority = { id: 'authority', kind: 'line' } as const;
  const reasons = { id: 'reasons', kind: 'text' } as const;
  return html`<ul class="records">${record(
    t('execution.validation.title', { no }),
    mark(t(`execution.validation.${state}`), tone[state]),
    [
      !answer && t.rich('execution.validation.due', { due: when(desk, dueAt) }),
      answer &&
        t.rich('execution.validation.by', {
          authority: bdi(answer.authority),
          who: bdi(desk.nameOf(answer.by)),
          at: at(desk, answer.at),
        }),
      answer && bdi(answer.reasons),
      deletion &&
        t.rich(`execution.deletion.${deletion.state}`, {
          recipient: bdi(deletion.recipient),
          day: when(desk, deletion.dueOn),
        }),
      deletion && deletion.answer !== '' && bdi(deletion.answer),
    ],
    [
      !answer && actForm(shown, { act: 'validate', action: 'emergency.validate', no, controls: [authority, reasons] }),
      !answer &&
        actForm(shown, {
          act: 'fail-validation',
          action: 'emergency.validate',
          no,
          controls: [
            authority,
            reasons,
            { id: 'recipient', kind: 'line', value: desk.file.request.content.requestingAuthority?.name ?? '' },
          ],
        }),
      deletion &&
        deletion.state !== 'confirmed' &&
        actForm(shown, {
          act: 'deleted',
          action: 'emergency.validate',
          no,
          controls: [{ id: 'answer', kind: 'text' }],
        }),
      deletion?.state === 'demanded' &&
        actForm(shown, {
          act: 'not-deleted',
          action: 'emergency.validate',
          no,
          controls: [{ id: 'answer', kind: 'text' }],
        }),
      deletion?.state === 'refused' &&
        actForm(shown, { act: 'demand-again', action: 'emergency.validate', no, controls: [] }),
    ],
  )}</ul>`;
}

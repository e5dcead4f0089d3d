// What binds the recipient, on a page: conditions, assurances, limits of use, and what the recipient asks for later.

import { type Assurance, CONDITION_MOVES, type Condition, type Ruling } from '../../app/casework/disclosing.ts';
import { at, when } from '../casework/moments.ts';
import { bdi, type Html, html } from '../html.ts';
import { actForm, type Shown } from './act-form.ts';
import { ASSURANCES, choice, mark, record, records, YES_NO } from './words.ts';

export function bindings(shown: Shown): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const { conditions, assurances, limits, otherUses, transfers } = desk.file.disclosure;
  const text = { id: 'text', kind: 'text' } as const;
  const dueOn = { id: 'dueOn', kind: 'day', optional: true } as const;
  const may = 'disclosure.conditions' as const;
  return html`<section id="conditions" class="after"><h2>${t('execution.conditions.title')}</h2>
${records(
  conditions.map((one) => conditionRecord(shown, one)),
  t('execution.conditions.none'),
)}
${actForm(shown, { act: 'propose-condition', action: may, controls: [text, dueOn] })}</section>
<section id="assurances" class="after"><h2>${t('execution.assurances.title')}</h2>
${records(
  assurances.map((one) => assuranceRecord(shown, one)),
  t('execution.assurances.none'),
)}
${actForm(shown, { act: 'ask-assurance', action: may, controls: [choice(desk, 'execution', 'kind', ASSURANCES), { id: 'asked', kind: 'text' }, dueOn] })}</section>
<section id="use" class="after"><h2>${t('execution.use.title')}</h2>
${records(
  limits.map((one) =>
    record(bdi(one.text), '', [one.until && t.rich('execution.use.until', { day: when(desk, one.until) })], []),
  ),
  t('execution.use.none'),
)}
${actForm(shown, { act: 'limit-use', action: may, controls: [text, { id: 'until', kind: 'day', optional: true }] })}
${
  otherUses.length > 0 &&
  records(
    otherUses.map((one) =>
      record(
        t.rich('execution.use.asked', { who: bdi(one.askedBy) }),
        ruled(shown, one.ruling, one.ruling?.answer === 'allowed'),
        [bdi(one.purpose), t.rich('execution.asked.on', { day: at(desk, one.askedOn) }), rulingLine(shown, one.ruling)],
        [!one.ruling && ruleForm(shown, 'rule-use', one.no)],
      ),
    ),
    '',
  )
}
${actForm(shown, {
  act: 'ask-use',
  action: may,
  controls: [
    { id: 'askedBy', kind: 'line' },
    { id: 'purpose', kind: 'text' },
  ],
})}
${
  transfers.length > 0 &&
  records(
    transfers.map((one) =>
      record(
        t.rich('execution.transfer.asked', { who: bdi(one.askedBy), to: bdi(one.to) }),
        ruled(shown, one.ruling, one.ruling?.answer === 'consent-given'),
        [
          bdi(one.what),
          bdi(one.purpose),
          t.rich('execution.asked.on', { day: at(desk, one.askedOn) }),
          rulingLine(shown, one.ruling),
        ],
        [!one.ruling && ruleForm(shown, 'rule-transfer', one.no)],
      ),
    ),
    '',
  )
}
${actForm(shown, {
  act: 'ask-transfer',
  action: may,
  controls: [
    { id: 'askedBy', kind: 'line' },
    { id: 'to', kind: 'line' },
    { id: 'what', kind: 'text' },
    { id: 'purpose', kind: 'text' },
  ],
})}</section>`;
}

const ruleForm = (shown: Shown, act: 'rule-use' | 'rule-transfer', no: number): Html | false =>
  actForm(shown, {
    act,
    action: 'disclosure.other-use',
    no,
    controls: [choice(shown.desk, 'execution', 'allowed', YES_NO), { id: 'reasons', kind: 'text' }],
  });

const ruled = (
  {
    desk: {
      page: { t },
    },
  }: Shown,
  ruling: Ruling<string> | null,
  yes: boolean,
): Html =>
  ruling
    ? mark(t(`execution.ruled.${yes ? 'yes' : 'no'}`), yes ? 'go' : 'stop')
    : mark(t('execution.ruled.open'), 'maybe');

const rulingLine = ({ desk }: Shown, ruling: Ruling<string> | null): Html | null =>
  ruling &&
  desk.page.t.rich('execution.ruled.by', {
    who: bdi(desk.nameOf(ruling.by)),
    at: at(desk, ruling.at),
    reasons: bdi(ruling.reasons),
  });

const CONDITION_TONES = {
  proposed: 'maybe',
  accepted: 'go',
  'not-accepted': 'stop',
  withdrawn: 'open',
  fulfilled: 'go',
  breached: 'stop',
} as const;

function conditionRecord(shown: Shown, one: Condition): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const next = CONDITION_MOVES[one.status];
  return record(
    bdi(one.text),
    mark(t(`execution.condition.${one.status}`), CONDITION_TONES[one.status]),
    [
      one.decisionNo !== null && t('execution.condition.ofDecision', { no: one.decisionNo }),
      one.dueOn && t.rich('execution.condition.due', { day: when(desk, one.dueOn) }),
      one.answeredBy !== '' && t.rich('execution.condition.answeredBy', { who: bdi(one.answeredBy) }),
      one.remarks !== '' && bdi(one.remarks),
    ],
    [
      next.length > 0 &&
        actForm(shown, {
          act: 'condition',
          action: 'disclosure.conditions',
          no: one.no,
          controls: [
            choice(desk, 'execution', 'to', next),
            ...(next.includes('accepted') ? [{ id: 'answeredBy', kind: 'line', optional: true } as const] : []),
            { id: 'remarks', kind: 'text', optional: true },
          ],
        }),
    ],
  );
}

const ASSURANCE_TONES = {
  asked: 'maybe',
  given: 'maybe',
  credible: 'go',
  'not-credible': 'stop',
  withdrawn: 'open',
} as const;

function assuranceRecord(shown: Shown, { no, kind, asked, status, given, judged, dueOn }: Assurance): Html {
  const { desk } = shown;
  const { t } = desk.page;
  const may = 'disclosure.conditions' as const;
  const reasons = { id: 'reasons', kind: 'text' } as const;
  return record(
    t(`execution.kind.${kind}`),
    mark(t(`execution.assurance.${status}`), ASSURANCE_TONES[status]),
    [
      bdi(asked),
      dueOn && t.rich('execution.assurance.due', { day: when(desk, dueOn) }),
      given &&
        t.rich('execution.assurance.givenOn', {
          day: at(desk, given.on),
          who: bdi(given.signedBy),
          text: bdi(given.text),
        }),
      rulingLine(shown, judged),
    ],
    status === 'withdrawn'
      ? []
      : [
          actForm(shown, {
            act: 'give-assurance',
            action: may,
            no,
            controls: [
              { id: 'text', kind: 'text' },
              { id: 'signedBy', kind: 'line' },
            ],
          }),
          given !== null &&
            actForm(shown, {
              act: 'judge-assurance',
              action: may,
              no,
              controls: [choice(desk, 'execution', 'credible', YES_NO), reasons],
            }),
          status !== 'credible' && actForm(shown, { act: 'withdraw-assurance', action: may, no, controls: [reasons] }),
        ],
  );
}

// What stands in the lines of the standing lists, as pages say it and as files for spreadsheets hold it.
// Attacker: writes a formula into their reasons, and waits for oversight to open the file.

import type { AccessAct, CaseList } from '../../app/oversight/book-ports.ts';
import type { Listed, ListedCase } from '../../app/oversight/lists.ts';
import type { Instant } from '../../kernel/instant.ts';
import type { OutcomeName } from '../../law/verdict.ts';
import { casePath } from '../casework/tabs.ts';
import type { Desk } from '../casework/context.ts';
import { whenShort } from '../casework/moments.ts';
import { stateText } from '../check/words.ts';
import { outcomeTag } from '../components/outcome.ts';
import { measureOf } from '../docket/lines.ts';
import { bdi, type Fragment, type Html, html } from '../html.ts';
import { type Column, provePath, state } from './parts.ts';

type NameOf = (person: string | null) => string;

const COLUMNS: { readonly [L in CaseList]: readonly string[] } = {
  overrides: ['case', 'advice', 'decision', 'reasons', 'who'],
  emergencies: ['case', 'received', 'callBack', 'validation'],
  'late-notices': ['case', 'notice', 'due', 'told', 'days'],
  'long-secrecy': ['case', 'ground', 'secret', 'renewals', 'days'],
  complaints: ['case', 'received', 'answerBy', 'days'],
  sealed: ['case', 'sealedOn', 'who', 'reasons'],
  'kept-back': ['case', 'closedOn', 'who', 'reasons'],
};

export const columnsOf = ({ page: { t } }: Desk, list: CaseList): Column[] =>
  COLUMNS[list].map((key) => ({ key, label: t(`oversight.column.${key}`) }));

/** The case: its reference, the other State and the measure, and the way to its proof. */
function caseCell(desk: Desk, { file }: ListedCase): Html {
  const { t, language } = desk.page;
  const other = file.direction === 'incoming' ? file.requestingState : file.requestedState;
  return html`<a class="ds-link case-link" href="${casePath(file.reference)}">${bdi(file.reference)}</a>${
    file.sealed && html` <span class="ds-tag" data-color="neutral">${t('casework.sealed')}</span>`
  }<span class="cite book-under">${t.rich('oversight.case.what', { state: bdi(stateText(other, language)), measure: measureOf(desk, file.measure) })}</span><a class="ds-link cite no-print" href="${provePath(file.reference)}">${t('oversight.prove.short')}</a>`;
}

export const rowsOf = (desk: Desk, listed: ListedCase, nameOf: NameOf): Fragment[][] =>
  listed.entries.map((one) => [caseCell(desk, listed), ...cells(desk, one, listed.file.receivedAt, nameOf)]);

const quote = (text: string): Html => html`<span class="book-quote" dir="auto">${text}</span>`;

function cells(desk: Desk, one: Listed, receivedAt: Instant, nameOf: NameOf): Fragment[] {
  const { t } = desk.page;
  switch (one.is) {
    case 'override': {
      const { proposal } = one;
      const signed = proposal.countersigned;
      return [
        outcomeTag(desk.page, proposal.outcome as OutcomeName),
        html`${t(`events.word.disposition.${proposal.disposition}`)}${signed && html`<span class="cite book-under">${whenShort(desk, signed.at)}</span>`}`,
        quote(proposal.contraryReasons),
        t.rich('oversight.two', { one: bdi(nameOf(proposal.by)), other: bdi(nameOf(signed?.by ?? null)) }),
      ];
    }
    case 'emergency':
      return [whenShort(desk, receivedAt), callCell(desk, one, nameOf), validationCell(desk, one, nameOf)];
    case 'late-notice':
      return [
        t('oversight.notice.no', { no: one.notice, by: one.by }),
        whenShort(desk, one.dueOn),
        one.toldOn === null ? state(t('oversight.notice.untold'), 'stop') : whenShort(desk, one.toldOn),
        t('oversight.days', { days: one.days }),
      ];
    case 'secrecy':
      return [
        html`${quote(one.order.ground)}`,
        html`${whenShort(desk, one.order.from)}<span class="cite book-under">${t.rich('oversight.secrecy.until', { on: whenShort(desk, one.order.until) })}</span>`,
        t('oversight.secrecy.renewals', { count: one.order.history.filter(({ what }) => what === 'renewed').length }),
        t('oversight.days', { days: one.days }),
      ];
    case 'complaint': {
      const { complaint } = one;
      const late = complaint.answerBy.on < desk.page.today;
      return [
        whenShort(desk, complaint.receivedOn),
        html`${late && html`${state(t('oversight.late'), 'stop')} `}${whenShort(desk, complaint.answerBy.on)}`,
        t('oversight.days', { days: one.days }),
      ];
    }
    case 'sealed':
    case 'kept-back':
      return [whenShort(desk, one.at), bdi(nameOf(one.by)), quote(one.reason)];
  }
}

type Emergency = Extract<Listed, { readonly is: 'emergency' }>;

function callCell(desk: Desk, { calls, verified, openedAt }: Emergency, nameOf: NameOf): Html {
  const { t } = desk.page;
  if (verified === null)
    return html`${state(t(openedAt === null ? 'oversight.call.waits' : 'oversight.call.none'), openedAt === null ? 'open' : 'stop')}${
      calls > 0 && html`<span class="cite book-under">${t('oversight.call.tried', { count: calls })}</span>`
    }`;
  const by = verified.calledBy === 'clock' ? null : verified.calledBy;
  return html`${state(t('oversight.call.verified'), 'go')}<span class="cite book-under">${bdi(nameOf(by))}, ${whenShort(desk, verified.calledAt)}</span>`;
}

function validationCell(desk: Desk, { validation, openedAt }: Emergency, nameOf: NameOf): Html {
  const { t } = desk.page;
  if (openedAt === null || validation === null)
    return html`<span class="cite">${t('oversight.validation.none')}</span>`;
  const tone = { awaited: 'open', overdue: 'stop', validated: 'go', failed: 'stop' } as const;
  const { state: is, answer, dueAt } = validation;
  const late = answer !== null && answer.at > dueAt;
  return html`${state(t(`oversight.validation.${is}`), tone[is])}${late && html` ${state(t('oversight.late'), 'stop')}`}<span class="cite book-under">${
    answer === null
      ? t.rich('oversight.validation.due', { at: whenShort(desk, dueAt) })
      : html`${bdi(nameOf(answer.by === 'clock' ? null : answer.by))}, ${whenShort(desk, answer.at)}`
  }</span>`;
}

const FORMULA = /^[=+\-@\t\r]/;
const cell = (value: string | number | null): string => {
  const text = String(value ?? '');
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
/** A line of a file (RFC 4180). */
export const csvLine = (values: readonly (string | number | null)[]): string => `${values.map(cell).join(',')}\r\n`;
/** Spreadsheets take a file for UTF-8 only where it begins with this. */
export const CSV_MARK = '\uFEFF';

const FILE_COLUMNS: { readonly [L in CaseList]: readonly string[] } = {
  overrides: [
    'decision',
    'outcome',
    'disposition',
    'contraryReasons',
    'proposedBy',
    'countersignedBy',
    'countersignedAt',
  ],
  emergencies: [
    'receivedAt',
    'calls',
    'verifiedAt',
    'verifiedBy',
    'openedAt',
    'validation',
    'validationDueAt',
    'validationAt',
    'validationBy',
  ],
  'late-notices': ['notice', 'dutyBearer', 'dueOn', 'toldOn', 'days'],
  'long-secrecy': ['order', 'ground', 'from', 'until', 'renewals', 'days'],
  complaints: ['complaint', 'receivedOn', 'acknowledgedOn', 'answerBy', 'days'],
  sealed: ['sealedAt', 'sealedBy', 'reason'],
  'kept-back': ['closedAt', 'closedBy', 'reason'],
};

export const fileHead = (list: CaseList): string =>
  `${CSV_MARK}${['reference', 'requestingState', 'requestedState', 'measure', 'sealed', ...FILE_COLUMNS[list]].join(',')}\r\n`;

export const fileLines = ({ file, entries }: ListedCase, nameOf: NameOf): string =>
  entries
    .map((one) => [
      file.reference,
      file.requestingState,
      file.requestedState,
      file.measure,
      file.sealed ? 'yes' : 'no',
      ...values(one, nameOf, file.receivedAt),
    ])
    .map(csvLine)
    .join('');

function values(one: Listed, nameOf: NameOf, receivedAt: string): (string | number | null)[] {
  switch (one.is) {
    case 'override': {
      const { no, outcome, disposition, contraryReasons, by, countersigned } = one.proposal;
      return [
        no,
        outcome,
        disposition,
        contraryReasons,
        nameOf(by),
        nameOf(countersigned?.by ?? null),
        countersigned?.at ?? null,
      ];
    }
    case 'emergency': {
      const { calls, verified, openedAt, validation } = one;
      const answer = validation?.answer ?? null;
      const who = (by: string | undefined): string | null => (by === undefined || by === 'clock' ? null : nameOf(by));
      return [
        receivedAt,
        calls,
        verified?.calledAt ?? null,
        who(verified?.calledBy),
        openedAt,
        validation?.state ?? null,
        validation?.dueAt ?? null,
        answer?.at ?? null,
        who(answer?.by),
      ];
    }
    case 'late-notice':
      return [one.notice, one.by, one.dueOn, one.toldOn, one.days];
    case 'secrecy': {
      const { no, ground, from, until, history } = one.order;
      return [no, ground, from, until, history.filter(({ what }) => what === 'renewed').length, one.days];
    }
    case 'complaint': {
      const { no, receivedOn, acknowledgedOn, answerBy } = one.complaint;
      return [no, receivedOn, acknowledgedOn, answerBy.on, one.days];
    }
    case 'sealed':
    case 'kept-back':
      return [one.at, nameOf(one.by), one.reason];
  }
}

export const accessFile = (acts: readonly AccessAct[], nameOf: NameOf): string =>
  `${CSV_MARK}at,by,what,person,facts\r\n${acts
    .map(({ at, by, what, person, facts }) =>
      csvLine([
        at,
        by === null ? null : nameOf(by),
        what,
        person === null ? null : nameOf(person),
        Object.entries(facts)
          .map(([name, value]) => `${name}: ${value}`)
          .join('; '),
      ]),
    )
    .join('')}`;

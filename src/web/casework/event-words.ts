// What happened in a case, as sentences: for each kind of event the values of its message, and what people wrote with it.

import type { CaseEvent } from '../../domain/docket/case-file.ts';
import type { Day } from '../../kernel/calendar.ts';
import { isLanguage } from '../../kernel/language.ts';
import type { FactValue } from '../../law/provision.ts';
import { labelOf, specOf, valueText } from '../check/words.ts';
import { pair } from '../components/joined.ts';
import { bdi, type Html, html } from '../html.ts';
import { OWN_NAME, type RichValues, sayDay } from '../messages.ts';
import type { CaseDesk } from './context.ts';

export type Said = {
  /** The message, where it is not the one that bears the name of the event. */
  readonly key?: string;
  readonly values?: RichValues;
  /** What a person wrote with it: reasons, remarks, texts. */
  readonly quotes?: readonly string[];
  /** What it is about, one thing a line. */
  readonly items?: readonly Html[];
};

type Words = {
  readonly word: (list: string, code: string) => string;
  readonly day: (day: string) => string;
  readonly desk: Pick<CaseDesk, 'page' | 'nameOf'>;
};
type Sayers = {
  readonly [T in CaseEvent['type']]: (event: Extract<CaseEvent, { readonly type: T }>, words: Words) => Said;
};

const yes = (value: boolean): string => (value ? 'yes' : 'no');
const plain = (): Said => ({});
const reasons = (event: { readonly reasons: string }): Said => ({ quotes: [event.reasons] });
const task = (event: { readonly task: number; readonly count?: number; readonly reasons?: string }): Said => ({
  values: { task: event.task, ...(event.count === undefined ? {} : { count: event.count }) },
  quotes: [event.reasons ?? ''],
});
const condition = (event: { readonly condition: number; readonly remarks?: string; readonly text?: string }): Said => ({
  values: { no: event.condition },
  quotes: [event.text ?? '', event.remarks ?? ''],
});

const SAYERS: Sayers = {
  'case.opened': ({ reference }) => ({ values: { reference: bdi(reference) } }),
  'case.assigned': ({ to }, { desk }) =>
    to === null ? { key: 'case.assigned.nobody' } : { values: { name: bdi(desk.nameOf(to)) } },
  'letter.issued': ({ kind, language }, { word }) => ({
    values: { kind: word('letter', kind), language: bdi(isLanguage(language) ? OWN_NAME[language] : language) },
  }),
  'conflict.declared': ({ reason }) => ({ quotes: [reason] }),
  'case.sealed': ({ reason }) => ({ quotes: [reason] }),
  'case.entitled': ({ to, reason }, { desk }) => ({ values: { name: bdi(desk.nameOf(to)) }, quotes: [reason] }),
  'case.disentitled': ({ from, reason }, { desk }) => ({ values: { name: bdi(desk.nameOf(from)) }, quotes: [reason] }),
  'case.unsealed': ({ reason }) => ({ quotes: [reason] }),
  'docket.exported': ({ by, steps, sha256 }, { desk }) => ({
    values: { by: by === null ? 'operator' : 'person', name: by === null ? '' : bdi(desk.nameOf(by)), steps },
    items: [html`SHA-256 <code>${bdi(sha256)}</code>`],
  }),
  'case.closed': ({ result }) => ({ quotes: [result] }),
  'case.reopened': plain,
  'case.erased': ({ reason, orderedBy }) => ({ values: { name: bdi(orderedBy) }, quotes: [reason] }),

  'request.received': ({ channel, sender }, { word }) =>
    sender === undefined
      ? { values: { channel: word('channel', channel) } }
      : { key: 'request.received.sender', values: { sender: bdi(sender) } },
  'request.drafted': plain,
  'request.amended': ({ reason }) => ({ quotes: [reason] }),
  'request.acknowledged': plain,
  'request.returned': ({ text }) => ({ quotes: [text] }),
  'request.supplemented': plain,
  'request.linked': ({ reference, kind }, { word }) => ({
    values: { reference: html`<a href="/requests/${reference}">${bdi(reference)}</a>`, kind: word('link', kind) },
  }),
  'request.sent': plain,
  'request.withdrawn': ({ reason }) => ({ quotes: [reason] }),

  'facts.stated': ({ facts, withdrawn }, { desk }) =>
    facts.length + withdrawn.length === 0
      ? { key: 'facts.stated.none' }
      : {
          values: { count: facts.length, gone: withdrawn.length },
          items: facts.map(({ fact, value }) =>
            pair(desk.page, labelOf(desk.page, fact), answerText(desk, fact, value)),
          ),
        },
  'question.answered': ({ fact, value, reasons: why }, { desk }) => {
    const question = labelOf(desk.page, fact);
    if (value === null) return { key: 'question.answered.back', values: { question }, quotes: [why] };
    return { values: { question, answer: answerText(desk, fact, value) }, quotes: [why] };
  },
  'question.left': ({ facts }, { desk }) => ({
    values: { count: facts.length },
    items: facts.map((fact) => html`${labelOf(desk.page, fact)}`),
  }),
  'assessment.made': ({ no, outcome, open }, { desk }) => ({
    values: { no, outcome: desk.page.t(`site.outcome.${outcome}`), open },
  }),

  'preservation.opened': ({ since, atLeastUntil }, { day }) => ({
    values: { since: day(since), until: day(atLeastUntil) },
  }),
  'preservation.ordered': ({ holder, until, order, reasons: why }, { day }) => ({
    values: { holder: bdi(holder), until: day(until), order },
    quotes: [why],
  }),
  'preservation.confirmed': ({ order, held, notFound, otherProviderInPath }) => ({
    values: { order, held: held.length, missing: notFound.length },
    quotes: [otherProviderInPath],
  }),
  'preservation.extended': ({ order, until, reasons: why }, { day }) => ({
    values: { order, until: day(until) },
    quotes: [why],
  }),
  'preservation.request-pending': ({ request }) => ({ values: { request: bdi(request) } }),
  'preservation.request-decided': ({ request, execute }) => ({
    values: { request: bdi(request), execute: yes(execute) },
  }),
  'preservation.order-released': ({ order, ground, reasons: why, message }, { word }) => ({
    values: { order, ground: word('release', ground) },
    quotes: [why, message],
  }),
  'preservation.released': ({ ground, reasons: why }, { word }) => ({
    values: { ground: word('release', ground) },
    quotes: [why],
  }),
  'preservation.order-lapsed': ({ order, on }, { day }) => ({ values: { order, on: day(on) } }),
  'preservation.lapsed': ({ on }, { day }) => ({ values: { on: day(on) } }),

  'consultation.held': ({ with: whom, on, result }, { day }) => ({
    values: { with: bdi(whom), on: day(on) },
    quotes: [result],
  }),
  'decision.proposed': ({ proposal }, { word }) => ({
    values: { no: proposal.no, disposition: word('disposition', proposal.disposition) },
    quotes: [proposal.reasons, proposal.contraryReasons],
  }),
  'decision.sent-back': ({ no, remark }) => ({ values: { no }, quotes: [remark] }),
  'decision.withdrawn': ({ no }) => ({ values: { no } }),
  'decision.voided': ({ no, because }, { word }) => ({ values: { no, because: word('because', because) } }),
  'decision.countersigned': ({ no }) => ({ values: { no } }),

  'execution.called-back': ({ outcome, remarks }, { word }) => ({
    values: { outcome: word('call', outcome) },
    quotes: [remarks],
  }),
  'execution.opened': ({ decisionNo, lane, tasks }) => ({
    values: { decision: decisionNo, lane, count: tasks.length },
  }),
  'execution.given': (event) => ({ values: { task: event.task, unit: bdi(event.unit) } }),
  'execution.produced': task,
  'execution.partly-produced': task,
  'execution.not-held': task,
  'execution.impossible': task,
  'execution.cancelled': task,
  'execution.completed': plain,
  'execution.validation-overdue': ({ decisionNo }) => ({ values: { decision: decisionNo } }),
  'execution.validated': ({ decisionNo, authority, reasons: why }) => ({
    values: { decision: decisionNo, authority: bdi(authority) },
    quotes: [why],
  }),
  'execution.validation-failed': ({ decisionNo, authority, reasons: why }) => ({
    values: { decision: decisionNo, authority: bdi(authority) },
    quotes: [why],
  }),
  'execution.deletion-demanded': ({ recipient, dueOn }, { day }) => ({
    values: { recipient: bdi(recipient), until: day(dueOn) },
  }),
  'execution.deletion-confirmed': ({ answer }) => ({ quotes: [answer] }),
  'execution.deletion-refused': ({ answer }) => ({ quotes: [answer] }),

  'evidence.received': ({ no, task: of, receivedFrom, name, flags }) => ({
    values: { no, task: of, from: bdi(receivedFrom), flags: flags.length },
    quotes: [name],
  }),
  'evidence.redacted': ({ no, ofNo, removed, flags }) => ({
    values: { no, of: ofNo, flags: flags.length },
    quotes: [removed],
  }),
  'evidence.flag-answered': ({ no, flag, say, reasons: why }, { word }) => ({
    values: { object: no, flag, say: word('flagSay', say) },
    quotes: [why],
  }),
  'evidence.seen': ({ no, how }) => ({ values: { object: no, how } }),
  'evidence.copied': ({ no, to, purpose }) => ({
    values: { object: no, to: bdi(to) },
    quotes: [purpose],
  }),
  'evidence.key-entered': ({ no, name }) => ({ values: { no, name: bdi(name) } }),
  'evidence.key-confirmed': ({ no, how }) => ({ values: { no }, quotes: [how] }),
  'evidence.packaged': ({ no, recipient, objects, purpose }) => ({
    values: { no, to: bdi(recipient.name), count: objects.length },
    quotes: [purpose],
  }),
  'evidence.kept-back': ({ objects, reasons: why }) => ({ values: { count: objects.length }, quotes: [why] }),
  'evidence.handed-over': ({ no, to, how }) => ({ values: { no, to: bdi(to) }, quotes: [how] }),
  'evidence.confirmed': ({ no, by }) => ({ values: { no, who: bdi(by) } }),

  'disclosure.condition-proposed': condition,
  'disclosure.condition-accepted': (event) => ({ values: { no: event.condition, who: bdi(event.answeredBy) } }),
  'disclosure.condition-not-accepted': (event) => ({
    values: { no: event.condition, who: bdi(event.answeredBy) },
    quotes: [event.remarks],
  }),
  'disclosure.condition-withdrawn': condition,
  'disclosure.condition-fulfilled': condition,
  'disclosure.condition-breached': condition,
  'disclosure.assurance-asked': ({ assurance, kind, asked }, { word }) => ({
    values: { no: assurance, kind: word('assurance', kind) },
    quotes: [asked],
  }),
  'disclosure.assurance-given': ({ assurance, signedBy, on, text }, { day }) => ({
    values: { no: assurance, who: bdi(signedBy), on: day(on) },
    quotes: [text],
  }),
  'disclosure.assurance-judged': ({ assurance, credible, reasons: why }) => ({
    values: { no: assurance, credible: yes(credible) },
    quotes: [why],
  }),
  'disclosure.assurance-withdrawn': ({ assurance, reasons: why }) => ({ values: { no: assurance }, quotes: [why] }),
  'disclosure.use-limited': ({ until, text }, { day }) => ({
    values: { until: until === null ? 'none' : 'day', day: until === null ? '' : day(until) },
    quotes: [text],
  }),
  'disclosure.other-use-asked': ({ askedBy, purpose }) => ({ values: { who: bdi(askedBy) }, quotes: [purpose] }),
  'disclosure.other-use-ruled': ({ use, allowed, reasons: why }) => ({
    values: { use, allowed: yes(allowed) },
    quotes: [why],
  }),
  'disclosure.transfer-asked': ({ askedBy, to, what, purpose }) => ({
    values: { who: bdi(askedBy), to: bdi(to) },
    quotes: [what, purpose],
  }),
  'disclosure.transfer-ruled': ({ transfer, consent, reasons: why }) => ({
    values: { transfer, consent: yes(consent) },
    quotes: [why],
  }),
  'disclosure.secrecy-ordered': ({ until, reviewOn, ground, reasons: why }, { day }) => ({
    values: { until: day(until), review: day(reviewOn) },
    quotes: [ground, why],
  }),
  'disclosure.secrecy-reviewed': ({ reviewOn, reasons: why }, { day }) => ({
    values: { review: day(reviewOn) },
    quotes: [why],
  }),
  'disclosure.secrecy-renewed': ({ until, reviewOn, reasons: why }, { day }) => ({
    values: { until: day(until), review: day(reviewOn) },
    quotes: [why],
  }),
  'disclosure.secrecy-lifted': reasons,
  'disclosure.secrecy-ended': ({ on }, { day }) => ({ values: { on: day(on) } }),

  'notice.scheduled': ({ notice, dutyBearer }) => ({
    values: { no: notice, bearer: dutyBearer === 'here' ? 'here' : 'there' },
  }),
  'notice.delayed': ({ notice, until, ground, reasons: why }, { day }) => ({
    values: { no: notice, until: day(until), ground: bdi(ground) },
    quotes: [why],
  }),
  'notice.delay-lifted': ({ notice, reasons: why }) => ({ values: { no: notice }, quotes: [why] }),
  'notice.sent': ({ notice, channel }) => ({ values: { no: notice, channel: bdi(channel) } }),
  'notice.delivered': ({ notice, proof }) => ({ values: { no: notice }, quotes: [proof] }),
  'notice.not-delivered': ({ notice, proof }) => ({ values: { no: notice }, quotes: [proof] }),
  'notice.not-needed': ({ notice, ground, reasons: why }, { word }) => ({
    values: { no: notice, ground: word('notNeeded', ground) },
    quotes: [why],
  }),
  'notice.needed-again': ({ notice, reasons: why }) => ({ values: { no: notice }, quotes: [why] }),
  'notice.complaint-received': ({ complaint, text, kind = 'complaint', through }) =>
    through === undefined
      ? { values: { no: complaint }, quotes: [text] }
      : { key: 'notice.complaint-received.code', values: { no: complaint, kind }, quotes: [text] },
  'notice.complaint-acknowledged': ({ complaint }) => ({ values: { no: complaint } }),
  'notice.complaint-answered': ({ complaint, outcome, text, remedy }, { word }) => ({
    values: { no: complaint, outcome: word('complaint', outcome) },
    quotes: [text, remedy],
  }),
  'notice.complaint-remedied': ({ complaint }) => ({ values: { no: complaint } }),
  'notice.review-opened': ({ review, decisionNo, askedBy, why }) => ({
    values: { no: review, decision: decisionNo, by: askedBy === 'person' ? 'person' : 'state' },
    quotes: [why],
  }),
  'notice.review-decided': ({ review, outcome, reasons: why }, { word }) => ({
    values: { no: review, outcome: word('review', outcome) },
    quotes: [why],
  }),
};

function answerText({ page }: Words['desk'], fact: string, value: FactValue): string | Html {
  const spec = specOf(page, fact);
  return spec ? valueText(page, spec, value) : bdi(String(value));
}

/** Every kind of event that can be said. */
export const EVENT_TYPES = Object.keys(SAYERS) as readonly CaseEvent['type'][];

/** An event as a sentence in the reader's language, and the words that people put into it. */
export function sayEvent(
  desk: Pick<CaseDesk, 'page' | 'nameOf'>,
  event: CaseEvent,
): { readonly sentence: Html; readonly quotes: readonly string[]; readonly items: readonly Html[] } {
  const { t, language } = desk.page;
  const words: Words = {
    desk,
    word: (list, code) => (t.has(`events.word.${list}.${code}`) ? t(`events.word.${list}.${code}`) : code),
    day: (day) => sayDay(day as Day, language),
  };
  // The table has a line for each type, so the line found fits the event.
  const said = (SAYERS[event.type] as (event: CaseEvent, words: Words) => Said)(event, words);
  return {
    sentence: t.rich(`events.${said.key ?? event.type}`, said.values ?? {}),
    quotes: (said.quotes ?? []).filter((quote) => quote.trim() !== ''),
    items: said.items ?? [],
  };
}

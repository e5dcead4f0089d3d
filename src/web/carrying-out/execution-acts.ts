// The acts of the execution tab: what each form sends, and the use case it goes to.

import * as disclosing from '../../app/casework/disclosing.ts';
import * as executing from '../../app/casework/executing.ts';
import * as holding from '../../app/casework/holding.ts';
import type { Reference } from '../../domain/docket/case-file.ts';
import type { Handler, Handlers } from './handlers.ts';
import type { Reading } from './reading.ts';
import { ASSURANCES, CALLS, itemsFrom, RELEASES, YES_NO } from './words.ts';

const release = (read: Reading) => ({
  ground: read.choice('ground', RELEASES),
  reasons: read.text('reasons'),
  message: read.text('message'),
});
const answer = (read: Reading) => ({
  decisionNo: read.no,
  authority: read.text('authority'),
  reasons: read.text('reasons'),
});

/** The first order opens the hold, a later one joins it. */
const hold: Handler = ({ work, actor }, target, read) => {
  const order = {
    holder: read.text('holder'),
    what: itemsFrom(read.all('what')),
    until: read.day('until'),
    reasons: read.text('reasons'),
  };
  return () => holding.orderHold(work, actor, target, order);
};

export const EXECUTION_ACTS: Handlers = {
  hold,
  'hold-more': hold,
  confirm: ({ work, actor }, target, read) => {
    const held = itemsFrom(read.all('held'));
    const notFound = itemsFrom(read.all('notFound'));
    const otherProviderInPath = read.text('otherProvider');
    return () => holding.confirmOrder(work, actor, target, { order: read.no, held, notFound, otherProviderInPath });
  },
  extend: ({ work, actor }, target, read) => {
    const input = { order: read.no, until: read.day('until'), reasons: read.text('reasons') };
    return () => holding.extendOrder(work, actor, target, input);
  },
  'release-order': ({ work, actor }, target, read) => {
    const input = { order: read.no, ...release(read) };
    return () => holding.letOrderGo(work, actor, target, input);
  },
  'release-hold': ({ work, actor }, target, read) => {
    const input = release(read);
    return () => holding.letHoldGo(work, actor, target, input);
  },
  'wait-for': ({ work, actor }, target, read) => {
    const request = read.text('request').trim() as Reference;
    return () => holding.waitForRequest(work, actor, target, { request });
  },
  settled: ({ work, actor }, target, read) => {
    const request = read.text('request').trim() as Reference;
    return () => holding.requestSettled(work, actor, target, { request });
  },
  'call-back': ({ work, actor }, target, read) => {
    const call = {
      number: read.text('number'),
      numberFrom: read.text('numberFrom'),
      calledAt: read.moment('calledAt'),
      outcome: read.choice('outcome', CALLS),
      answeredBy: read.text('answeredBy'),
      remarks: read.text('remarks'),
    };
    return () => executing.callBack(work, actor, target, call);
  },
  validate: ({ work, actor }, target, read) => {
    const given = answer(read);
    return () => executing.validateEmergency(work, actor, target, given);
  },
  'fail-validation': ({ work, actor }, target, read) => {
    const given = { ...answer(read), recipient: read.text('recipient') };
    return () => executing.failEmergency(work, actor, target, given);
  },
  deleted: ({ work, actor }, target, read) => {
    const reply = { decisionNo: read.no, answer: read.text('answer') };
    return () => executing.confirmDeletion(work, actor, target, reply);
  },
  'not-deleted': ({ work, actor }, target, read) => {
    const reply = { decisionNo: read.no, answer: read.text('answer') };
    return () => executing.refuseDeletion(work, actor, target, reply);
  },
  'demand-again':
    ({ work, actor }, target, read) =>
    () =>
      executing.demandDeletionAgain(work, actor, target, { decisionNo: read.no }),
  give: ({ work, actor }, target, read) => {
    const input = { task: read.no, unit: read.text('unit') };
    return () => executing.giveTask(work, actor, target, input);
  },
  report: ({ work, actor }, target, read) => {
    const report = {
      task: read.no,
      came: read.choice('came', executing.REPORTS),
      count: read.count('count'),
      hashes: read.lines('hashes'),
      reasons: read.text('reasons'),
    };
    return () => executing.reportTask(work, actor, target, report);
  },
  'cancel-task': ({ work, actor }, target, read) => {
    const input = { task: read.no, reasons: read.text('reasons') };
    return () => executing.cancelTask(work, actor, target, input);
  },
  'propose-condition': ({ work, actor }, target, read) => {
    const input = { text: read.text('text'), dueOn: read.dayOrNone('dueOn') };
    return () => disclosing.proposeCondition(work, actor, target, input);
  },
  condition: ({ work, actor }, target, read) => {
    const to = read.choice('to', disclosing.CONDITION_ENDS);
    const input = { condition: read.no, to, answeredBy: read.text('answeredBy'), remarks: read.text('remarks') };
    return () => disclosing.moveCondition(work, actor, target, input);
  },
  'ask-assurance': ({ work, actor }, target, read) => {
    const input = { kind: read.choice('kind', ASSURANCES), asked: read.text('asked'), dueOn: read.dayOrNone('dueOn') };
    return () => disclosing.askAssurance(work, actor, target, input);
  },
  'give-assurance': ({ work, actor }, target, read) => {
    const input = { assurance: read.no, text: read.text('text'), signedBy: read.text('signedBy') };
    return () => disclosing.giveAssurance(work, actor, target, input);
  },
  'judge-assurance': ({ work, actor }, target, read) => {
    const credible = read.choice('credible', YES_NO) === 'yes';
    const input = { assurance: read.no, credible, reasons: read.text('reasons') };
    return () => disclosing.judgeAssurance(work, actor, target, input);
  },
  'withdraw-assurance': ({ work, actor }, target, read) => {
    const input = { assurance: read.no, reasons: read.text('reasons') };
    return () => disclosing.withdrawAssurance(work, actor, target, input);
  },
  'limit-use': ({ work, actor }, target, read) => {
    const input = { text: read.text('text'), until: read.dayOrNone('until') };
    return () => disclosing.limitUse(work, actor, target, input);
  },
  'ask-use': ({ work, actor }, target, read) => {
    const input = { askedBy: read.text('askedBy'), purpose: read.text('purpose') };
    return () => disclosing.askOtherUse(work, actor, target, input);
  },
  'rule-use': ({ work, actor }, target, read) => {
    const input = { use: read.no, allowed: read.choice('allowed', YES_NO) === 'yes', reasons: read.text('reasons') };
    return () => disclosing.ruleOtherUse(work, actor, target, input);
  },
  'ask-transfer': ({ work, actor }, target, read) => {
    const [askedBy, to, what, purpose] = [
      read.text('askedBy'),
      read.text('to'),
      read.text('what'),
      read.text('purpose'),
    ];
    return () => disclosing.askTransfer(work, actor, target, { askedBy, to, what, purpose });
  },
  'rule-transfer': ({ work, actor }, target, read) => {
    const consent = read.choice('allowed', YES_NO) === 'yes';
    const input = { transfer: read.no, consent, reasons: read.text('reasons') };
    return () => disclosing.ruleTransfer(work, actor, target, input);
  },
};

// What ties a form to its use case: a name, what is read from it, and beside which field a refusal belongs.

import type { Acted, Target } from '../../app/casework/act.ts';
import type { Desk } from '../casework/context.ts';
import type { Reading } from './reading.ts';

/** Reads the form and gives the step to take; it is taken only when everything could be read. */
export type Handler = (desk: Desk, target: Target, read: Reading) => () => Promise<Acted>;
export type Handlers = { readonly [act: string]: Handler };

/** The fields that a refusal may be about; the first that the form has is meant. */
export const FIELD_OF: { readonly [code: string]: readonly string[] } = {
  'preservation.holder-missing': ['holder'],
  'preservation.items-missing': ['what'],
  'preservation.reasons-missing': ['reasons'],
  'preservation.message-missing': ['message'],
  'preservation.ends-in-the-past': ['until'],
  'preservation.order-too-long': ['until'],
  'preservation.extension-not-longer': ['until'],
  'preservation.request-missing': ['request'],
  'preservation.already-pending': ['request'],
  'preservation.too-early': ['ground'],
  'preservation.to-be-produced': ['ground'],
  'preservation.request-waits': ['ground'],
  'preservation.not-confirmed-as-not-held': ['ground'],
  'requests.link-itself': ['request'],
  'execution.unit-missing': ['unit'],
  'execution.reasons-missing': ['reasons', 'remarks'],
  'execution.count-missing': ['count'],
  'execution.hashes-missing': ['hashes'],
  'execution.number-missing': ['number'],
  'execution.number-not-on-file': ['numberFrom'],
  'execution.call-in-the-future': ['calledAt'],
  'execution.call-out-of-order': ['calledAt'],
  'execution.nobody-answered': ['answeredBy'],
  'execution.answered-by-missing': ['answeredBy'],
  'execution.authority-missing': ['authority'],
  'execution.recipient-missing': ['recipient'],
  'execution.answer-missing': ['answer'],
  'disclosure.text-missing': ['text', 'asked', 'what'],
  'disclosure.due-in-the-past': ['dueOn'],
  'disclosure.answered-by-missing': ['answeredBy'],
  'disclosure.remarks-missing': ['remarks'],
  'disclosure.signature-missing': ['signedBy'],
  'disclosure.reasons-missing': ['reasons'],
  'disclosure.asked-by-missing': ['askedBy'],
  'disclosure.purpose-missing': ['purpose'],
  'disclosure.recipient-missing': ['to'],
  'disclosure.ground-missing': ['ground'],
  'disclosure.secrecy-in-the-past': ['until'],
  'disclosure.secrecy-too-long': ['until'],
  'disclosure.renewal-not-longer': ['until'],
  'disclosure.review-outside': ['reviewOn'],
  'notice.ground-missing': ['ground'],
  'notice.reasons-missing': ['reasons', 'text', 'why'],
  'notice.delay-without-effect': ['until'],
  'notice.delay-too-long': ['until'],
  'notice.channel-missing': ['channel'],
  'notice.proof-missing': ['proof'],
  'notice.complaint-empty': ['text'],
  'notice.remedy-missing': ['remedy'],
  'notice.remedy-without-ground': ['remedy'],
  'notice.remedy-in-the-past': ['remedyBy'],
};

// Use cases of letters: which letters a case can send, and issuing one - printed, kept by its hash, on record, or none of it.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import { may } from '../../domain/registry/policy.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { Day } from '../../kernel/calendar.ts';
import { isLanguage, type Language } from '../../kernel/language.ts';
import { accept } from '../../kernel/outcome.ts';
import { no } from '../../kernel/refusal.ts';
import { compose } from '../letters/compose.ts';
import type { LetterDocument } from '../letters/document.ts';
import type { Letter } from '../letters/letter.ts';
import type { LetterPress, LetterWords } from '../letters/ports.ts';
import { standing } from '../../domain/decisions/decision.ts';
import type { Proposal } from '../../domain/decisions/decision.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import { requestFileText } from './front-desk.ts';
import {
  acknowledgementOf,
  type CaseCode,
  type Desk,
  decisionOf,
  endLetterOf,
  noticeOf,
  orderLetterOf,
  outgoingOf,
  type Returned,
  returnOf,
  type Signing,
} from './letter-from.ts';
import { dayHere } from './letter-head.ts';
import { coveredCode, isCodeOf } from './notice-codes.ts';
import type { Actor, Document } from './ports.ts';
import { deadlinesOf } from './project.ts';

/** What letters need besides casework. */
export type Letters = { readonly press: Pick<LetterPress, 'print'>; readonly words: LetterWords };

/** A letter that the case can send: its kind, and which order or notice it is about where there are several. */
export type Sendable = {
  readonly kind: Exclude<Letter['kind'], 'refusal'>;
  readonly no: number | null;
};
export const sendableKey = ({ kind, no: number }: Sendable): string => (number === null ? kind : `${kind}.${number}`);

/**
 * The letters that the file gives cause for, in the order of a case's life. Notices are not among them: each carries a
 * code that is told once, so it is written where the code is made (`issueNotice`).
 */
export function sendable(file: CaseFile): readonly Sendable[] {
  const { request, decisions, preservation, direction } = file;
  const one = (kind: Sendable['kind'], number: number | null = null): Sendable => ({ kind, no: number });
  return [
    ...(direction === 'outgoing' && request.sentAt ? [one('outgoing-request')] : []),
    ...(request.acknowledgedAt ? [one('acknowledgement')] : []),
    ...preservation.orders.map((order) => one('preservation-order', order.no)),
    // What was decided by two goes out as their decision, with its grounds.
    ...(request.returns.length > 0 && standing(decisions)?.disposition !== 'return' ? [one('return')] : []),
    ...(standing(decisions) ? [one('decision')] : []),
    ...preservation.orders.filter(({ end }) => end !== null).map((order) => one('end-of-preservation', order.no)),
  ];
}

/** The language that a letter is offered in first: of the decision, of the request, or of this office. */
export function ownLanguage({ office }: Pick<Casework, 'office'>, file: CaseFile): Language {
  const decided = standing(file.decisions)?.language;
  const asked = file.request.content.languageOfRequest?.split('-')[0] ?? '';
  const first = office().languages.find(isLanguage) ?? 'en';
  return decided ?? (isLanguage(asked) ? asked : first);
}

/** Prints a letter of the case and puts it on record; a letter with other words than those on file cannot come about. */
export async function issueLetter(
  work: Casework,
  letters: Letters,
  actor: Actor,
  target: Target,
  wanted: { readonly key: string; readonly language: Language },
): Promise<Acted> {
  return issue(work, letters, actor, target, wanted.language, async (desk) => {
    const found = sendable(desk.file).find((one) => sendableKey(one) === wanted.key);
    return found && written(work, desk, actor, found);
  });
}

/** A notice as it was printed for the person; empty when it was not. */
export type PrintedNotice = { readonly acted: Acted; readonly pdf: Uint8Array; readonly name: string };

/**
 * Prints the notice to a person with the code that their last sending made; whoever does not have that code prints none.
 * What stays in the case is the same letter with the code covered: nobody reads it from the files (ADR 11).
 */
export async function issueNotice(
  work: Casework,
  letters: Letters,
  actor: Actor,
  target: Target,
  wanted: { readonly notice: number; readonly language: Language } & CaseCode,
): Promise<PrintedNotice> {
  const { caseCode, lookUp, language } = wanted;
  let pdf = new Uint8Array();
  let name = '';
  const acted = await issue(work, letters, actor, target, language, async (desk) => {
    const { file } = desk;
    const notice = file.notice.notices.find((one) => one.no === wanted.notice);
    if (!notice || !isCodeOf(work.world, file, notice.no, caseCode)) return undefined;
    const handed = noticeOf(desk, actor.id, notice, { caseCode, lookUp });
    pdf = new Uint8Array(await printed(letters, handed, file));
    name = letterName(file.reference, handed);
    return noticeOf(desk, actor.id, notice, { caseCode: coveredCode(caseCode), lookUp });
  });
  return acted.is === 'done' ? { acted, pdf, name } : { acted, pdf: new Uint8Array(), name: '' };
}

const printed = ({ press, words }: Letters, letter: Letter, file: CaseFile): Promise<Uint8Array> =>
  press.print(compose(letter, words(letter.language)), attachmentOf(letter, file));

/** What a letter is called as a document of its case. */
export const letterName = (
  reference: string,
  { kind, language }: { readonly kind: string; readonly language: string },
): string => `${reference}-${kind}-${language}.pdf`;

/** Prints a letter, keeps it, and puts it on record. */
async function issue(
  work: Casework,
  letters: Letters,
  actor: Actor,
  target: Target,
  language: Language,
  letterOf: (desk: Desk) => Promise<Letter | undefined>,
): Promise<Acted> {
  if (!may(actor.roles, 'letter.issue')) return { is: 'not-allowed' };
  const file = await work.store.read(actor.id, target.reference, 'letters');
  if (file === undefined) return { is: 'absent' };
  if (target.version !== null && target.version !== file.version) return { is: 'conflict', file };
  const { words } = letters;
  const names = await work.store.names([actor.id, ...signersOf(file)]);
  const letter = await letterOf({ work, file, language, names, words, date: work.world.today() });
  if (letter === undefined) return { is: 'refused', refusals: no('letters.no-cause').faults };
  // Printed before the transaction, from the version that the transaction then insists on.
  const pdf = await printed(letters, letter, file);
  const { sha256, size } = await work.files.put(pdf, { by: actor.id, caseId: file.id });
  const document: Omit<Document, 'addedAt'> = {
    id: work.world.newId(),
    kind: letter.kind,
    name: letterName(file.reference, letter),
    mediaType: 'application/pdf',
    size,
    sha256,
    language,
    addedBy: actor.id,
  };
  return act(work, actor, 'letter.issue', { ...target, version: file.version }, async (now, at, tx) => {
    await tx.addDocument(now.id, { ...document, addedAt: at });
    return accept([{ type: 'letter.issued', document: document.id, kind: letter.kind, language, sha256 }]);
  });
}

/** What travels inside for machines: a request of ours as its file, any other letter as its data. */
const attachmentOf = (letter: Letter, file: CaseFile) =>
  letter.kind === 'outgoing-request'
    ? ({ name: 'request.json', bytes: utf8(requestFileText(file)) } as const)
    : ({ name: 'letter.json', bytes: utf8(canonicalJson(letter as unknown as Json)) } as const);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

async function written(work: Casework, desk: Desk, { id }: Actor, { kind, no: number }: Sendable) {
  const { file } = desk;
  const order = file.preservation.orders.find((one) => one.no === number);
  switch (kind) {
    case 'acknowledgement':
      return acknowledgementOf(desk, id, (due) => dueDay(work, file, due));
    case 'return': {
      const returned = await lastReturn(work, id, file);
      return returned && returnOf(desk, id, returned);
    }
    case 'decision': {
      const decided = standing(file.decisions);
      return decided && decisionOf(desk, decided, { proposed: decided, countersigned: decided.countersigned });
    }
    case 'preservation-order':
      return order && orderLetterOf(desk, id, order);
    case 'end-of-preservation':
      return order?.end ? endLetterOf(desk, id, order, order.end) : undefined;
    case 'outgoing-request':
      return outgoingOf(desk, id);
    case 'notice':
      return undefined;
  }
}

/** The last time it was sent back, with the words that went with it. */
async function lastReturn(work: Casework, by: Actor['id'], file: CaseFile): Promise<Returned | undefined> {
  const steps = await work.store.history(by, file.id);
  const last = steps.findLast(({ event }) => event.type === 'request.returned');
  return last?.event.type === 'request.returned'
    ? { missing: last.event.missing, text: last.event.text, at: last.at }
    : undefined;
}

function dueDay(work: Casework, file: CaseFile, kind: string): Day | null {
  const due = deadlinesOf(work, file).find((one) => one.kind === kind);
  if (!due) return null;
  return due.on.length === 10 ? (due.on as Day) : dayHere(work, due.on as Desk['file']['receivedAt']);
}

const signersOf = ({ decisions }: CaseFile): Actor['id'][] =>
  decisions.proposals.flatMap(({ by, countersigned }) => (countersigned ? [by, countersigned.by] : [by]));

/** The letter that a proposal will become, in its words of today. Nothing is printed or recorded. */
export async function letterOfProposal(
  work: Casework,
  { words }: Pick<Letters, 'words'>,
  file: CaseFile,
  proposal: Proposal,
  signing: Signing,
): Promise<LetterDocument> {
  const people = [signing.proposed.by, ...(signing.countersigned ? [signing.countersigned.by] : [])];
  const names = await work.store.names(people);
  const { language } = proposal;
  const desk: Desk = { work, file, language, names, words, date: work.world.today() };
  return compose(decisionOf(desk, proposal, signing), words(language));
}

// Who is told that something waits for them: whoever's turn a step makes it, and whoever a term that ran out concerns.

import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { NextStep } from '../../domain/docket/next.ts';
import { type By, isRole, type PersonId, type Role } from '../../domain/registry/person.ts';
import type { Call, Term } from './ports.ts';

/** Roles whose turn means that the one person who has the case goes on with it; an approver is never the assignee's self. */
const OF_THE_ASSIGNEE: readonly Role[] = ['duty-officer', 'reviewer'];

/** Whom a step calls, as `next` says what comes next: the new assignee, and the role or assignee whose turn it now is and was not before. */
export function callsFor(next: (file: CaseFile) => NextStep, before: CaseFile | null, after: CaseFile, by: By): Call[] {
  const except = by === 'clock' ? null : by;
  const calls: Call[] = [];
  if (after.assignee !== null && after.assignee !== before?.assignee)
    calls.push({ person: after.assignee, role: null, except });
  const { turn, step } = next(after);
  const last = before && next(before);
  // It came by the page for people concerned: nobody of the office knows of it yet.
  if (by === 'clock' && after.notice.complaints.length > (before?.notice.complaints.length ?? 0))
    calls.push(...callsOf(after, 'approver', null));
  if (isRole(turn) && (last?.turn !== turn || last.step !== step)) calls.push(...callsOf(after, turn, except));
  return each(calls);
}

/** A second person is called once, however many reasons there are. */
const each = (calls: readonly Call[]): Call[] =>
  calls.filter((call, n) => calls.findIndex((one) => same(one, call)) === n);

const same = (a: Call, b: Call): boolean => a.person === b.person && a.role === b.role;

/** The assignee, the role, or of a sealed case those who may open it: nobody else may learn that it is there. */
function callsOf({ assignee, sealed, entitled }: CaseFile, role: Role, except: PersonId | null): Call[] {
  if (assignee !== null && OF_THE_ASSIGNEE.includes(role)) return [{ person: assignee, role: null, except }];
  return sealed ? entitled.map((person) => ({ person, role: null, except })) : [{ person: null, role, except }];
}

/** Whose work a term is when it runs out. What the other side or a holder owes, a reviewer asks after. */
const ROLE_OF_TERM: { readonly [kind: string]: Role } = {
  acknowledge: 'duty-officer',
  'confirm-order': 'duty-officer',
  'extend-order': 'duty-officer',
  'order-ends-soon': 'duty-officer',
  'order-lapses': 'duty-officer',
  'order-data-held': 'duty-officer',
  'validate-soon': 'approver',
  validate: 'approver',
  delete: 'approver',
  'deletion-refused': 'approver',
  'rule-other-use': 'approver',
  'rule-transfer': 'approver',
  'review-secrecy': 'approver',
  'secrecy-ends-soon': 'approver',
  'secrecy-ends': 'approver',
  'ask-delay-again': 'approver',
  'answer-complaint': 'approver',
  'acknowledge-complaint': 'approver',
  'remedy-complaint': 'approver',
  'decide-review': 'approver',
};

/** Whom terms that ran out call, each once. */
export const callsForTerms = (file: CaseFile, terms: readonly Term[]): Call[] =>
  each(terms.flatMap(({ kind }) => callsOf(file, ROLE_OF_TERM[kind] ?? 'reviewer', null)));

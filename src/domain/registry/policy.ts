// Who may do what: one table, deny by default. What no line names is refused, an unknown action or role included.

import type { Role } from './person.ts';

/** Roles that work on cases; the others read all (oversight) or none (registrar). */
const STAFF: readonly Role[] = ['duty-officer', 'reviewer', 'approver'];

/** Every act in the office, and the roles that may do it. Tests make their matrix from this table. */
export const POLICY = {
  'case.read': [...STAFF, 'executing-unit', 'oversight'],
  'docket.read': [...STAFF, 'oversight'],
  'request.receive': ['duty-officer', 'reviewer'],
  'request.draft': ['duty-officer', 'reviewer'],
  'request.amend': ['duty-officer', 'reviewer'],
  'request.return': ['duty-officer', 'reviewer'],
  'request.supplement': ['duty-officer', 'reviewer'],
  'request.withdraw': ['duty-officer', 'reviewer'],
  'request.link': STAFF,
  'request.send': ['approver'],
  'emergency.call-back': ['duty-officer'],
  'emergency.validate': ['approver'],
  'hold.order': ['duty-officer', 'reviewer'],
  'hold.confirm': ['duty-officer', 'executing-unit'],
  'hold.extend': ['duty-officer', 'reviewer'],
  'hold.release': ['reviewer', 'approver'],
  'assessment.answer': ['reviewer', 'approver'],
  'assessment.state': ['duty-officer', 'reviewer'],
  'decision.consult': ['reviewer', 'approver'],
  'decision.propose': ['reviewer', 'approver'],
  'decision.withdraw': ['reviewer', 'approver'],
  'decision.send-back': ['approver'],
  'decision.countersign': ['approver'],
  'decision.review': ['approver'],
  'execution.assign': ['duty-officer', 'reviewer'],
  'execution.report': ['executing-unit'],
  'evidence.receive': ['duty-officer', 'executing-unit'],
  'evidence.look': [...STAFF, 'executing-unit'],
  'evidence.copy': ['reviewer', 'approver'],
  'evidence.redact': ['reviewer', 'executing-unit'],
  'evidence.scope': ['reviewer', 'approver'],
  'evidence.key-enter': STAFF,
  'evidence.key-confirm': ['reviewer', 'approver'],
  'evidence.package': ['reviewer', 'approver'],
  'evidence.hand-over': ['reviewer', 'approver'],
  'disclosure.conditions': ['reviewer', 'approver'],
  'disclosure.other-use': ['approver'],
  'secrecy.order': ['approver'],
  'notice.delay': ['approver'],
  'notice.send': ['reviewer', 'approver'],
  'complaint.record': STAFF,
  'complaint.answer': ['approver'],
  'letter.issue': STAFF,
  'case.assign': STAFF,
  'case.seal': ['approver'],
  'case.unseal': ['approver'],
  'case.close': ['reviewer', 'approver'],
  'case.export': ['approver', 'oversight'],
  'conflict.declare': [...STAFF, 'executing-unit'],
  'figures.publish': ['approver', 'registrar'],
  'figures.threshold': ['approver', 'registrar'],
  'people.manage': ['registrar'],
  'office.manage': ['registrar'],
  'oversight.read': ['oversight'],
  'oversight.record': ['oversight'],
  'finding.answer': ['approver', 'registrar'],
} as const satisfies { readonly [action: string]: readonly Role[] };

export type Action = keyof typeof POLICY;

/** Whether one of these roles may do it. */
export const may = (roles: readonly Role[], action: Action): boolean =>
  Object.hasOwn(POLICY, action) && roles.some((role) => (POLICY[action] as readonly Role[]).includes(role));

// What must be so before objects leave: two people decided, the other side accepted the conditions, and whatever goes
// beyond the request has been answered by a named person, who is not the one who hands it over.

import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Countersigned } from '../decisions/decision.ts';
import type { Execution } from '../execution/execution.ts';
import type { PersonId } from '../registry/person.ts';
import { type Evidence, type EvidenceObject, type ObjectId, objectOf, type Recipient } from './evidence.ts';

/** What the rest of the case says about handing over. */
export type Release = {
  /** The decision that stands and executes. */
  readonly decision: Countersigned | undefined;
  readonly execution: Pick<Execution, 'openings'>;
  /** Numbers of conditions that the other side has not accepted, and of assurances that nobody found credible. */
  readonly conditions: readonly number[];
  readonly assurances: readonly number[];
};

/** Everything that stands in the way of handing these objects over, for the person who would. */
export function standsInTheWay(
  state: Evidence,
  release: Release,
  objects: readonly ObjectId[],
  by: PersonId,
): readonly Refusal[] {
  const found: Refusal[] = [...caseNotReady(release)];
  if (objects.length === 0) found.push(...no('evidence.no-objects').faults);
  if (new Set(objects).size < objects.length) found.push(...no('evidence.object-twice').faults);
  for (const id of objects) {
    const one = objectOf(state, id);
    found.push(
      ...(one
        ? objectNotReady(state, one, release.decision, by)
        : no('evidence.no-such-object', { object: id }).faults),
    );
  }
  return found;
}

/** What holds whichever objects are meant. */
export function caseNotReady({ decision, execution, conditions, assurances }: Release): readonly Refusal[] {
  if (decision === undefined) return no('evidence.not-decided').faults;
  const validation = execution.openings.find((one) => one.decisionNo === decision.no)?.validation;
  return [
    // What was executed on trust in an emergency does not leave after the trust ran out.
    ...(validation?.state === 'overdue' || validation?.state === 'failed'
      ? no('evidence.not-validated', { decision: decision.no }).faults
      : []),
    ...conditions.flatMap((condition) => no('evidence.condition-open', { condition }).faults),
    ...assurances.flatMap((assurance) => no('evidence.assurance-open', { assurance }).faults),
  ];
}

function objectNotReady(
  state: Evidence,
  { no: object, flags, source, covers }: EvidenceObject,
  decision: Countersigned | undefined,
  by: PersonId,
): readonly Refusal[] {
  const found: Refusal[] = [];
  for (const [n, { answer }] of flags.entries()) {
    const facts = { object, flag: n + 1 };
    if (answer === null) found.push(...no('evidence.flag-open', facts).faults);
    else if (answer.say === 'left-out') found.push(...no('evidence.left-out', facts).faults);
    else if (answer.say === 'redacted') found.push(...no('evidence.replaced', facts).faults);
    else if (answer.by === by) found.push(...no('evidence.own-answer', facts).faults);
  }
  // A later decision may order less than the one it was produced under.
  const root = source.kind === 'redaction' ? objectOf(state, source.of) : undefined;
  const under = source.kind === 'task' ? source.decisionNo : root?.source.kind === 'task' ? root.source.decisionNo : 0;
  const flagged = flags.some(({ code }) => code === 'account' || code === 'category' || code === 'not-decided');
  if (decision && under !== decision.no && !flagged) {
    const missing = covers.find(
      ({ account, category }) => !decision.items.some((item) => item.target === account && item.category === category),
    );
    if (missing) found.push(...no('evidence.of-other-decision', { object, account: missing.account }).faults);
  }
  return found;
}

/** Hybrid post-quantum recipients of age; a classical one; and neither. */
export function keyKind(key: string): 'hybrid' | 'classical' | undefined {
  if (/^age1pq1[02-9ac-hj-np-z]{1900,2000}$/.test(key)) return 'hybrid';
  return /^age1[02-9ac-hj-np-z]{58}$/.test(key) ? 'classical' : undefined;
}

/** What is wrong with whom it is for. */
export function unfitRecipient({ name, keys }: Recipient): readonly Refusal[] {
  if (name.trim() === '') return no('evidence.recipient-missing').faults;
  const kinds = new Set(keys.map(keyKind));
  if (keys.length === 0 || kinds.has(undefined)) return no('evidence.recipient-key').faults;
  // The weaker key would open it, so the stronger one would protect nothing.
  return kinds.size > 1 ? no('evidence.keys-mixed').faults : [];
}

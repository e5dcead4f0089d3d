// What must be so before objects leave: two people decided, the other side accepted the conditions, and whatever goes
// beyond the request has been answered by a named person, who is not the one who hands it over.

import { no, type Refusal } from '../../kernel/refusal.ts';
import type { Countersigned } from '../decisions/decision.ts';
import type { Execution } from '../execution/execution.ts';
import type { PersonId } from '../registry/person.ts';
import { type Evidence, type EvidenceObject, type ObjectId, objectOf } from './evidence.ts';

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

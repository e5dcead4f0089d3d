// What the rest of a case says about whether its evidence may leave.

import { executes, standing } from '../../domain/decisions/decision.ts';
import { standsInTheWay } from '../../domain/disclosure/disclosure.ts';
import type { CaseFile } from '../../domain/docket/case-file.ts';
import type { Release } from '../../domain/evidence/package.ts';

export function releaseOf({ decisions, execution, disclosure }: CaseFile): Release {
  const decision = standing(decisions);
  const open = standsInTheWay(disclosure);
  return {
    decision: decision && executes(decision.disposition) ? decision : undefined,
    execution,
    conditions: open.conditions.map(({ no }) => no),
    assurances: open.assurances.map(({ no }) => no),
  };
}

// Use case: a case is closed, with a sentence on how it ended.

import { close } from '../../domain/docket/close.ts';
import { type Acted, act, type Casework, type Target } from './act.ts';
import type { Actor } from './ports.ts';

export { mayStay, type Running, stillRunning } from '../../domain/docket/close.ts';

export const closeCase = (
  work: Casework,
  actor: Actor,
  target: Target,
  result: string,
  keptBack = '',
): Promise<Acted> => act(work, actor, 'case.close', target, (file) => close(file, result, keptBack));

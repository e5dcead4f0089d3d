// Assessment, decision and letters of a case, mounted as one.

import { Hono } from 'hono';
import type { Casework } from '../../app/casework/act.ts';
import type { Letters } from '../../app/casework/letters.ts';
import { type DeskEnv, signedIn } from '../casework/context.ts';
import type { AccessPorts } from '../session.ts';
import { assessingRoutes } from './assessing-routes.ts';
import { decidingRoutes } from './deciding-routes.ts';
import { lettersRoutes } from './letters-routes.ts';
import { prover } from './step-up.ts';

export type DecidingPorts = {
  readonly work: Casework;
  readonly letters: Letters;
  /** For the proof that a proposal and a countersignature ask for. */
  readonly access: AccessPorts;
};

/** The tabs `assessment`, `decision` and `letters` of a case. */
export function decisionRoutes({ work, letters, access }: DecidingPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  for (const tab of ['assessment', 'decision', 'letters']) {
    app.use(`/requests/:reference/${tab}`, signedIn(work));
    app.use(`/requests/:reference/${tab}/*`, signedIn(work));
  }
  return app
    .route('/', assessingRoutes(work))
    .route('/', decidingRoutes({ work, letters, prove: prover(access) }))
    .route('/', lettersRoutes(work, letters));
}

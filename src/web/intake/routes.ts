// The front door: requests come in, are keyed in or drafted, and are looked after as requests.

import { Hono } from 'hono';
import type { FrontDesk } from '../../app/casework/drafts.ts';
import { type DeskEnv, signedIn } from '../casework/context.ts';
import type { AccessPorts } from '../session.ts';
import { caseRoutes } from './case-routes.ts';
import { formRoutes } from './form-routes.ts';
import { startRoutes } from './start-routes.ts';

/** `/requests/new...` and the request tab of each case; `access` proves who is there before a request is sent. */
export function intakeRoutes(front: FrontDesk, access: AccessPorts): Hono<DeskEnv> {
  const app = new Hono<DeskEnv>();
  app.use('/requests/*', signedIn(front));
  return app.route('/', startRoutes(front)).route('/', formRoutes(front)).route('/', caseRoutes(front, access));
}

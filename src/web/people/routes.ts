// All pages of people and access: the doors, one's own account, step-up, and the people of the office.

import { Hono } from 'hono';
import type { WebEnv } from '../context.ts';
import type { AccessPorts } from '../session.ts';
import { entryRoutes } from './entry.ts';
import { meRoutes } from './me.ts';
import { officeRoutes } from './office.ts';
import { stepUpRoutes } from './step-up.ts';

/** Mounted onto a frame whose `sessions` are those of the same ports. */
export function peopleRoutes(access: AccessPorts): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .route('/', entryRoutes(access))
    .route('/', meRoutes(access))
    .route('/', stepUpRoutes(access))
    .route('/', officeRoutes(access));
}

// Routes of the self-audit: its runs, for oversight and the head of the office, and its word to both on every page they see.

import { Hono, type MiddlewareHandler } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import type { World } from '../../app/casework/ports.ts';
import { alarmFor, auditsFor } from '../../app/log/daily.ts';
import type { AuditRuns } from '../../app/log/daily-ports.ts';
import { type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import type { WebEnv } from '../context.ts';
import { requireRole } from '../session.ts';
import { AUDITS, auditPage } from './audit-page.ts';

export function auditRoutes(work: Casework, runs: AuditRuns): Hono<DeskEnv> {
  return new Hono<DeskEnv>()
    .use(AUDITS, requireRole('office.manage', 'oversight.read') as never, signedIn(work))
    .get(AUDITS, async (c) => {
      const { desk } = c.var;
      const shown = await auditsFor(runs, desk.actor, work.world.now());
      return shown === undefined ? nothingHere(c) : c.html(auditPage(desk, shown));
    });
}

/** Puts the alarm on the pages of those who watch; whoever else asks costs no question. */
export const auditAlarm =
  (world: Pick<World, 'now'>, runs: AuditRuns): MiddlewareHandler<WebEnv> =>
  async (c, next) => {
    const { session, page } = c.var;
    if (session !== undefined && page !== undefined) {
      const alarm = await alarmFor(runs, { id: session.person.id, roles: session.person.roles }, world.now());
      if (alarm !== null) c.set('page', { ...page, alarm });
    }
    await next();
  };

// Route of the record of oversight's readings: for oversight, and for whoever heads the office.

import { Hono } from 'hono';
import type { Casework } from '../../app/casework/casework.ts';
import type { ReadingRecords } from '../../app/oversight/ports.ts';
import { readingsFor } from '../../app/oversight/readings.ts';
import { type DeskEnv, nothingHere, signedIn } from '../casework/context.ts';
import { requireRole } from '../session.ts';
import { READINGS, readingsPage } from './readings-page.ts';

export function readingsRoutes(work: Casework, records: ReadingRecords): Hono<DeskEnv> {
  return new Hono<DeskEnv>()
    .use(READINGS, requireRole('office.manage', 'oversight.read') as never, signedIn(work))
    .get(READINGS, async (c) => {
      const { desk } = c.var;
      const below = /^\d{1,15}$/.exec(c.req.query('below') ?? '')?.[0];
      const { timeZone } = work.office().settings.calendar;
      const found = await readingsFor(
        { records, world: work.world, timeZone },
        desk.actor,
        below === undefined ? null : Number(below),
      );
      if (found === undefined) return nothingHere(c);
      const people = found.is === 'each' ? found.readings : found.days;
      const names = await work.store.names([...new Set(people.map(({ by }) => by))]);
      return c.html(readingsPage(desk, found, (person) => names[person] ?? person));
    });
}

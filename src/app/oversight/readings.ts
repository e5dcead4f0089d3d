// Use case: what oversight read is shown to oversight itself, case by case, and to whoever heads the office, counted by day.

import { may } from '../../domain/registry/policy.ts';
import { addDays, type Day } from '../../kernel/calendar.ts';
import { startOfDay } from '../../kernel/instant.ts';
import type { Actor, World } from '../casework/ports.ts';
import type { DayOfReading, Reading, ReadingRecords } from './ports.ts';

export type Readings =
  | { readonly is: 'each'; readonly readings: readonly Reading[]; readonly next: number | null }
  | { readonly is: 'by-day'; readonly days: readonly DayOfReading[]; readonly since: Day };

const MOST = 50;
/** How many days back the counts go. */
const DAYS = 90;

/** The record as this person may see it; undefined for everybody else. */
export async function readingsFor(
  { records, world, timeZone }: { records: ReadingRecords; world: Pick<World, 'today'>; timeZone: string },
  actor: Actor,
  below: number | null,
): Promise<Readings | undefined> {
  if (may(actor.roles, 'oversight.read')) {
    const found = await records.each(actor.id, MOST + 1, below);
    const readings = found.slice(0, MOST);
    return { is: 'each', readings, next: found.length > MOST ? (readings.at(-1)?.no ?? null) : null };
  }
  if (!may(actor.roles, 'office.manage')) return undefined;
  const since = addDays(world.today(), -DAYS);
  return { is: 'by-day', days: await records.byDay(actor.id, startOfDay(since), timeZone), since };
}

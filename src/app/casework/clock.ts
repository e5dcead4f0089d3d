// The clock: what follows in a case when a term runs out, once, however often and from however many processes it is asked.

import type { OfficeCalendar } from '../../domain/calendar/office.ts';
import { endSecrecy } from '../../domain/disclosure/secrecy.ts';
import type { CaseEvent, CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { isUnread } from '../../domain/docket/standing.ts';
import { noteOverdue } from '../../domain/execution/emergency.ts';
import { lapse } from '../../domain/preservation/end.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Defect } from '../../kernel/outcome.ts';
import { write } from './act.ts';
import { callsForTerms } from './calls.ts';
import type { Casework } from './casework.ts';
import { project } from './project.ts';

/** What a look of the clock came to. A case that failed is named with why; it did not keep the others waiting. */
export type Ticked = {
  readonly looked: number;
  readonly failed: readonly { readonly reference: Reference; readonly error: unknown }[];
};

/** How many cases are asked for at a time; each is looked at in a transaction of its own. */
const BATCH = 100;
/** A term can fall due between two looks; not many can. */
const MOST_LOOKS = 3;

/**
 * Looks at every open case with a term that has run out and was not looked at since, until there is none. Each look is
 * one transaction on the locked case, so a second process finds it done, and after a standstill all is caught up.
 */
export async function tick(work: Casework): Promise<Ticked> {
  const failed: { reference: Reference; error: unknown }[] = [];
  const looks = new Map<Reference, number>();
  let looked = 0;
  for (;;) {
    const due = await work.store.dueTerms(
      work.world.now(),
      BATCH,
      failed.map(({ reference }) => reference),
    );
    if (due.length === 0) return { looked, failed };
    for (const reference of new Set(due.map((term) => term.reference))) {
      try {
        const times = (looks.get(reference) ?? 0) + 1;
        looks.set(reference, times);
        // A look settles everything that is due; a case that comes back and back would keep the clock here for ever.
        if (times > MOST_LOOKS) throw new Defect(`the terms of ${reference} do not settle`);
        await look(work, reference);
        looked++;
      } catch (error) {
        failed.push({ reference, error });
      }
    }
  }
}

/** Takes the clock's steps in one case, and tells people of the terms that have run out in it. */
const look = (work: Casework, reference: Reference): Promise<void> =>
  work.store.transaction('clock', async (tx) => {
    const file = await tx.load(reference);
    if (file === undefined) return;
    const at = work.world.now();
    const events = clockDecides(file, at, work.office().settings.calendar);
    const after = events.length === 0 && !isUnread(file) ? file : await write(work, tx, file, events, 'clock', at);
    if (after === undefined) return;
    // The office may have changed its calendar since the terms were written: they are put down as they are counted today.
    const over = await tx.settleTerms(after.id, project(work, after).terms, at);
    await tx.call(callsForTerms(after, over), at);
  });

/** What the clock decides by itself: holds lapse, secrecy ends, a validation is overdue. Nothing, where nothing has run out. */
export function clockDecides(file: CaseFile, at: Instant, calendar: OfficeCalendar): CaseEvent[] {
  if (file.closed) return [];
  const decided = [
    lapse(file.preservation, 'clock', at, calendar),
    endSecrecy(file.disclosure, 'clock', at, calendar),
    noteOverdue(file.execution, 'clock', at),
  ];
  return decided.flatMap((outcome): readonly CaseEvent[] => (outcome.ok ? outcome.value : []));
}

// After a change of the office, or of the law that it works by, the terms of every open case are counted anew, case by case, and where it stops it goes on.

import type { Reference } from '../../domain/docket/case-file.ts';
import { addMinutes, type Instant } from '../../kernel/instant.ts';
import type { Casework } from '../casework/casework.ts';
import { FOLD } from '../casework/ports.ts';
import { PROJECTED, project } from '../casework/project.ts';
import type { OfficeRecords } from './ports.ts';

/** How many cases are asked for at a time; each is written in a transaction of its own. */
const BATCH = 100;
/** Another process may go on counting by the old settings for as long. */
const SETTLES_IN_MINUTES = 1;

export type Counted = {
  readonly counted: number;
  readonly failed: readonly { readonly reference: Reference; readonly error: unknown }[];
};

/** By what lines and terms are written: the law, the profile, and the forms in which cases are folded and projected. */
export const countedBy = ({ law }: Pick<Casework, 'law'>): string =>
  [law.book.hash, law.policy.hash ?? '-', `${FOLD}.${PROJECTED}`].join(' ');

/**
 * Writes the terms of all open cases as the office and the law count today; nothing where no change asks for it. As often and from as
 * many processes as one likes: what is written twice is the same.
 */
export async function countAnew(work: Casework, records: OfficeRecords): Promise<Counted> {
  const failed: { reference: Reference; error: unknown }[] = [];
  let counted = 0;
  const by = countedBy(work);
  const asked = await records.toCount(by);
  if (asked === undefined || isFresh(asked.changedAt, work.world.now())) return { counted, failed };
  // What this process keeps in memory is brought up to date first.
  await records.standing();
  let { after } = asked;
  for (;;) {
    const batch = await work.store.openAfter(after, BATCH);
    for (const { reference } of batch) {
      try {
        await countOne(work, reference);
        counted++;
      } catch (error) {
        failed.push({ reference, error });
      }
    }
    after = batch.at(-1)?.id ?? null;
    const unchanged = await records.counted(asked.version, by, batch.length < BATCH ? null : after);
    if (batch.length < BATCH || !unchanged) return { counted, failed };
  }
}

const isFresh = (changedAt: Instant | null, now: Instant): boolean =>
  changedAt !== null && now < addMinutes(changedAt, SETTLES_IN_MINUTES);

const countOne = (work: Casework, reference: Reference): Promise<void> =>
  work.store.transaction('clock', async (tx) => {
    const file = await tx.load(reference);
    if (file !== undefined && !file.closed) await tx.record(file, [], file, { ...project(work, file), marks: [] });
  });

// Reading a request that was received: its facts, what the law says of it, who is to be told and by when. It has a transaction of its
// own, so that what came in is safe before the law is asked, and stays so where the law cannot answer.

import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { isUnread } from '../../domain/docket/standing.ts';
import { write } from './act.ts';
import type { Casework } from './casework.ts';

/** Reads a case that is unread; whoever comes second finds it done. Undefined where it is gone, or another step came in between. */
export const read = (work: Casework, reference: Reference): Promise<CaseFile | undefined> =>
  work.store.transaction('clock', async (tx) => {
    const file = await tx.load(reference);
    return file && isUnread(file) ? write(work, tx, file, [], 'clock', work.world.now()) : file;
  });

/** The case as it is read for the page that follows; as it was received where it cannot be read, which the clock tries again. */
export async function readAtOnce(work: Casework, received: CaseFile): Promise<CaseFile> {
  try {
    return (await read(work, received.reference)) ?? received;
  } catch (error) {
    work.unread(received.reference, error);
    return received;
  }
}

/** Reads cases in the background, one after another. What it has not come to when the node ends is left to the clock. */
export type Reader = {
  readonly later: (reference: Reference) => void;
  /** When everything is read that was put down until then. */
  readonly idle: () => Promise<void>;
  /** Leaves all but the one under way, and waits for that. */
  readonly stop: () => Promise<void>;
};

/** A reader that gives way to requests that are coming in, each time for as long as a lull takes to come and no longer. */
export function openReader(work: Casework): Reader {
  const waiting = new Set<Reference>();
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const reference of waiting) {
      await work.store.lull();
      waiting.delete(reference);
      try {
        await read(work, reference);
      } catch (error) {
        work.unread(reference, error);
      }
    }
    running = undefined;
  };
  return {
    later: (reference) => {
      waiting.add(reference);
      running ??= run();
    },
    idle: async () => running,
    stop: async () => {
      waiting.clear();
      await running;
    },
  };
}

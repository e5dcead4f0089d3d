// The file with which a person checks that what they were told is what was recorded: docs/spec/notice.md.

import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { Defect } from '../../kernel/outcome.ts';
import { BrokenLog } from '../log/grow.ts';
import type { LogPlace } from '../casework/export-ports.ts';
import type { NoticeDoor, Opened } from './door.ts';
import type { ToldStep } from './told-steps.ts';

export type Places = readonly (LogPlace | null)[] | 'disturbed';

/** For each step told, its place in the public log, null while it waits for one. A log that does not hold keeps nobody from their story. */
export async function placesOf(
  { log }: Pick<NoticeDoor, 'log'>,
  { caseId, story: { steps } }: Opened,
): Promise<Places> {
  if (log === undefined) return steps.map(() => null);
  try {
    return await log.places(
      caseId,
      steps.map(({ step }) => step.commitment),
    );
  } catch (error) {
    if (error instanceof BrokenLog || error instanceof Defect) return 'disturbed';
    throw error;
  }
}

/** The file in canonical form. */
export async function toldFile(door: NoticeDoor, opened: Opened): Promise<string> {
  const { story, caseId } = opened;
  const { work, log } = door;
  const { name, state } = work.office();
  const places = await placesOf(door, opened);
  return canonicalJson({
    form: 'rogatory/notice/v1',
    madeAt: work.world.now(),
    office: { name, state },
    case: { id: caseId, reference: story.reference },
    notice: story.notice,
    steps: story.steps.map((one, n) => ({ ...shown(one), log: places === 'disturbed' ? null : (places[n] ?? null) })),
    log: log ? { vkey: log.vkey } : null,
  } as Json);
}

function shown({ step, open }: ToldStep) {
  if (open === 'place') return { seq: step.seq, commitment: step.commitment };
  return open === 'words' ? step : { ...step, body: null };
}

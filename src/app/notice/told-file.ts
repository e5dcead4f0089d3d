// The file with which a person checks that what they were told is what was recorded: docs/spec/notice.md.

import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import type { LogPlace } from '../casework/export-ports.ts';
import type { NoticeDoor, Opened } from './door.ts';
import type { ToldStep } from './told-steps.ts';

/** For each step told, its place in the public log; null while it waits for one. */
export const placesOf = async (
  { log }: Pick<NoticeDoor, 'log'>,
  steps: readonly ToldStep[],
): Promise<readonly (LogPlace | null)[]> =>
  (await log?.places(steps.map(({ step }) => step.commitment))) ?? steps.map(() => null);

/** The file in canonical form. */
export async function toldFile(door: NoticeDoor, { story, caseId }: Opened): Promise<string> {
  const { work, log } = door;
  const { name, state } = work.office();
  const places = await placesOf(door, story.steps);
  return canonicalJson({
    form: 'rogatory/notice/v1',
    madeAt: work.world.now(),
    office: { name, state },
    case: { id: caseId, reference: story.reference },
    notice: story.notice,
    steps: story.steps.map((one, n) => ({ ...shown(one), log: places[n] ?? null })),
    log: log ? { vkey: log.vkey } : null,
  } as Json);
}

function shown({ step, open }: ToldStep) {
  if (open === 'place') return { seq: step.seq, commitment: step.commitment };
  return open === 'words' ? step : { ...step, body: null };
}

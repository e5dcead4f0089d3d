// The door for people concerned: a code in, their story out; and what they say to it taken in. Nothing is kept of a visit.
// Attacker: guesses codes, holds somebody else's, or one of a case that has become secret again; writes rows of the database.

import { type CaseEvent, type CaseId, folded, type Recorded } from '../../domain/docket/case-file.ts';
import { type ComplaintKind, isTold, mayTellFrom } from '../../domain/notice/notice.ts';
import type { Casework } from '../casework/casework.ts';
import type { ExportPorts } from '../casework/export-ports.ts';
import { findNotice, isCodeOf } from '../casework/notice-codes.ts';
import type { NoticeCodes } from '../casework/notice-ports.ts';
import { takeComplaint } from '../casework/notifying.ts';
import { even, type Timer } from './even-time.ts';
import { type Story, storyOf } from './story.ts';

export type NoticeDoor = {
  readonly work: Casework;
  readonly codes: NoticeCodes;
  readonly timer: Timer;
} & Pick<ExportPorts, 'steps' | 'log'>;

export type Opened = { readonly story: Story; readonly caseId: CaseId };

/**
 * The story that a code stands for. Undefined, after one and the same time, for a code that is none, one that another has
 * replaced, and one of a case about which the person may not be told at this moment; nobody at the door can tell which.
 */
export const openNotice = (door: NoticeDoor, code: string): Promise<Opened | undefined> =>
  even(door.timer, async () => {
    const { work } = door;
    const found = await findNotice({ codes: door.codes, world: work.world }, code);
    if (found === undefined) return undefined;
    const steps = await door.steps('clock', found.caseId);
    const history = steps.map(
      ({ seq, at, actor, body }): Recorded => ({ seq, at, by: actor, event: JSON.parse(body) as CaseEvent }),
    );
    const file = folded(history);
    const notice = file?.notice.notices.find(({ no }) => no === found.notice);
    // The record of the case decides whose code it is: whoever wrote a mark of their own into the table gets nowhere.
    if (!file || !notice || !isCodeOf(work.world, file, notice.no, code)) return undefined;
    if (!isTold(notice) || notice.notNeeded !== null) return undefined;
    if (mayTellFrom(notice, file.disclosure) > work.world.today()) return undefined;
    return { story: storyOf(work, file, notice, history, steps), caseId: file.id };
  });

export const LONGEST_TEXT = 10_000;
/** So many may wait for an answer at once; whoever has the code cannot bury the office in them. */
export const MOST_OPEN = 10;

export type Complained =
  | { readonly is: 'received'; readonly no: number }
  | { readonly is: 'empty' | 'too-long' | 'too-many' | 'not-now' };

/** Takes in what the person says. The same words sent twice, as a browser does that loads a page anew, are one complaint. */
export async function complain(
  door: NoticeDoor,
  { story }: Opened,
  said: { readonly kind: ComplaintKind; readonly text: string },
): Promise<Complained> {
  const text = said.text.replaceAll('\r\n', '\n').trim();
  if (text === '') return { is: 'empty' };
  if (text.length > LONGEST_TEXT || !text.isWellFormed() || text.includes('\0')) return { is: 'too-long' };
  const open = story.complaints.filter(({ answer }) => answer === null);
  const same = open.find((one) => one.text === text);
  if (same) return { is: 'received', no: same.no };
  if (open.length >= MOST_OPEN) return { is: 'too-many' };
  const acted = await takeComplaint(door.work, story.reference, {
    notice: story.notice,
    ...said,
    text,
    through: 'code',
  });
  const no = acted.is === 'done' ? acted.file.notice.complaints.at(-1)?.no : undefined;
  return no === undefined ? { is: 'not-now' } : { is: 'received', no };
}

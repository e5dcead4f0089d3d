// Oversight at work in the demonstration: a finding that the office has answered, and a sample that nobody chose.

import type { PersonId } from '../../domain/registry/person.ts';
import { standing } from '../../domain/decisions/decision.ts';
import type { CaseFile, Reference } from '../../domain/docket/case-file.ts';
import { addDays } from '../../kernel/calendar.ts';
import { Defect } from '../../kernel/outcome.ts';
import type { Actor } from '../casework/ports.ts';
import type { OversightPorts } from '../oversight/book-ports.ts';
import { answerFinding, recordFinding } from '../oversight/findings.ts';
import { beginSample, type BookActed, drawNow, readSample, recordLook } from '../oversight/samples.ts';
import { entryAt } from '../oversight/seed.ts';
import type { DemoStaff } from './seed.ts';

/** What oversight says in the demonstration, and what the office answers. */
export type DemoOversight = {
  readonly finding: { readonly title: string; readonly text: string; readonly recommendation: string };
  readonly reply: string;
  readonly sample: { readonly purpose: string; readonly count: number };
  readonly look: string;
};

const DAYS_TO_REPLY = 14;
const DAYS_TO_MEND = 30;
/** Cases that the finding names, and cases of the sample that are looked at; the rest is for whoever visits. */
const [NAMED, LOOKED_AT] = [2, 2];

/** Takes the steps that can be taken by now; false while the log has not brought what the next one waits for. */
export async function overseeDemonstration(
  ports: OversightPorts,
  { oversight, approver }: Pick<DemoStaff, 'oversight' | 'approver'>,
  said: DemoOversight,
): Promise<boolean> {
  const { book, work } = ports;
  // The first of each: a visitor may have made others.
  const finding = (await book.all(oversight.id, 'finding')).at(-1);
  if (finding === undefined) {
    const references = await toldByOthers(ports, oversight.id);
    const replyBy = addDays(work.world.today(), DAYS_TO_REPLY);
    const asked = { to: 'approver', ...said.finding, references, sample: null, replyBy } as const;
    const no = taken(await recordFinding(ports, oversight, asked));
    const doneBy = addDays(work.world.today(), DAYS_TO_MEND);
    taken(await answerFinding(ports, approver, no, { stance: 'accepted', text: said.reply, doneBy }));
    return false;
  }
  const no = (await book.all(oversight.id, 'sample')).at(-1)?.no;
  if (no === undefined) {
    // Steps enter the log in their order: once the finding is in, nothing is left that would make the sample come too late.
    if ((await entryAt(ports, oversight, finding)) === null) return false;
    const everybody = { kind: 'by-risk', from: null, to: null, only: [], lock: null } as const;
    taken(await beginSample(ports, oversight, { ...everybody, ...said.sample }));
    return false;
  }
  const read = await readSample(ports, oversight, no);
  if (read === undefined || read.sample.lapsed !== null || read.sample.drawn !== null) return true;
  if (!read.log.ready) return false;
  taken(await drawNow(ports, oversight, no, ''));
  await look(ports, oversight, no, said.look);
  return true;
}

/** Cases in which nobody was told, because the other State had done so. */
async function toldByOthers({ work: { store } }: OversightPorts, oversight: PersonId): Promise<readonly Reference[]> {
  const { lines } = await store.docket(oversight, { sort: 'received', size: 200, closed: true });
  const found: Reference[] = [];
  for (const { reference } of lines) {
    if (found.length === NAMED) break;
    const file = await store.read(oversight, reference, 'request');
    if (file?.notice.notices.some(({ notNeeded }) => notNeeded?.ground === 'already-told')) found.push(reference);
  }
  return found;
}

/** What is noted of a case is true of it: only of one that two people decided. */
async function look(ports: OversightPorts, oversight: Actor, no: number, note: string): Promise<void> {
  const read = await readSample(ports, oversight, no);
  const files: CaseFile[] = [];
  for (const { reference } of read?.sample.drawn?.drawn ?? []) {
    const file = await ports.work.store.read(oversight.id, reference, 'request');
    if (file !== undefined && standing(file.decisions) !== undefined) files.push(file);
  }
  for (const { reference } of files.slice(0, LOOKED_AT))
    taken(await recordLook(ports, oversight, no, { reference, result: 'in-order', note }));
}

function taken(acted: BookActed): number {
  if (acted.is !== 'done') throw new Defect(`the demonstration's oversight stands still: ${JSON.stringify(acted)}`);
  return acted.no;
}

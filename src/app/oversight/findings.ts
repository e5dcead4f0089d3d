// Use cases of findings: oversight makes them and follows them up, the office answers. Whoever does not see one of the cases
// that a finding names does not see the finding.

import { closeFinding, followUp, makeFinding, replyTo } from '../../domain/oversight/decide.ts';
import { findingFrom } from '../../domain/oversight/evolve.ts';
import { type Addressee, ADDRESSEES, type Finding, type Stance, turnOf } from '../../domain/oversight/finding.ts';
import type { CaseId, Reference } from '../../domain/docket/case-file.ts';
import { type Action, may } from '../../domain/registry/policy.ts';
import type { Day } from '../../kernel/calendar.ts';
import { accept } from '../../kernel/outcome.ts';
import { no } from '../../kernel/refusal.ts';
import type { Actor } from '../casework/ports.ts';
import type { OversightPorts } from './book-ports.ts';
import { type BookActed, ended } from './samples.ts';

export { turnOf };
type Needs = Pick<OversightPorts, 'book' | 'work'>;

export type FindingAsked = {
  readonly to: Addressee;
  readonly title: string;
  readonly text: string;
  readonly recommendation: string;
  readonly references: readonly string[];
  readonly sample: number | null;
  readonly replyBy: Day;
};

/** Makes the next finding. Cases are read in order to be named, and that is on record. */
export async function recordFinding(ports: Needs, actor: Actor, asked: FindingAsked): Promise<BookActed> {
  if (!may(actor.roles, 'oversight.record')) return { is: 'absent' };
  const { book, work } = ports;
  const cases: { id: CaseId; reference: Reference }[] = [];
  for (const text of asked.references) {
    const file = await work.store.read(actor.id, text as Reference, 'finding');
    if (file === undefined) return refused('no-such-case', text);
    cases.push({ id: file.id, reference: file.reference });
  }
  if (asked.sample !== null && (await book.find(actor.id, 'sample', asked.sample)) === undefined)
    return refused('no-such-sample', String(asked.sample));
  const { references: _, ...own } = asked;
  const id = work.world.newId();
  const begun = await book.begin(actor.id, 'finding', { id, at: work.world.now() }, (number) => {
    const made = makeFinding({ id, no: number, ...own, cases }, work.world.today());
    if (!made.ok) return made;
    return accept({
      event: made.value,
      addressedTo: own.to,
      cases: cases.map((one) => one.id),
      population: null,
    });
  });
  return begun.ok ? { is: 'done', no: begun.value } : { is: 'refused', refusals: begun.faults };
}

const refused = (code: 'no-such-case' | 'no-such-sample', what: string): BookActed => ({
  is: 'refused',
  refusals: no(`oversight.${code}`, { what }).faults,
});

/** One step in a finding that is there for this person. */
async function step(
  { book, work }: Needs,
  actor: Actor,
  action: Action,
  number: number,
  decide: (finding: Finding, today: Day) => ReturnType<typeof replyTo>,
): Promise<BookActed> {
  if (!may(actor.roles, action)) return { is: 'absent' };
  const { now, today } = work.world;
  const entered = await book.enter(actor.id, 'finding', number, now(), ({ steps }) =>
    decide(findingFrom(steps), today()),
  );
  return ended(number, entered);
}

/** The office answers what is addressed to a role of the person. */
export const answerFinding = (
  ports: Needs,
  actor: Actor,
  number: number,
  reply: { readonly stance: Stance; readonly text: string; readonly doneBy: Day | null },
): Promise<BookActed> =>
  step(ports, actor, 'finding.answer', number, (finding, today) => replyTo(finding, reply, today));

export const followUpFinding = (
  ports: Needs,
  actor: Actor,
  number: number,
  asked: { readonly text: string; readonly replyBy: Day | null },
): Promise<BookActed> =>
  step(ports, actor, 'oversight.record', number, (finding, today) => followUp(finding, asked, today));

export const endFinding = (ports: Needs, actor: Actor, number: number, text: string): Promise<BookActed> =>
  step(ports, actor, 'oversight.record', number, (finding) => closeFinding(finding, { text }));

/** All of them to oversight; to the office those that are addressed to a role of this person, and which they may see. */
export async function findingsFor({ book }: Pick<Needs, 'book'>, actor: Actor): Promise<readonly Finding[]> {
  if (!may(actor.roles, 'oversight.read') && !may(actor.roles, 'finding.answer')) return [];
  return (await book.all(actor.id, 'finding')).map(({ steps }) => findingFrom(steps));
}

export async function readFinding(
  { book }: Pick<Needs, 'book'>,
  actor: Actor,
  number: number,
): Promise<Finding | undefined> {
  if (!may(actor.roles, 'oversight.read') && !may(actor.roles, 'finding.answer')) return undefined;
  const file = await book.find(actor.id, 'finding', number);
  return file && findingFrom(file.steps);
}

export const isAddressee = (text: string): text is Addressee => (ADDRESSEES as readonly string[]).includes(text);

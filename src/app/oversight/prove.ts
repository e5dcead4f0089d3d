// Proving a case: every step opened and held against the public log, the two people of every decision, the case against its steps.
// It is the node that checks itself here; `rogatory verify case` checks the same on a copy, with other code.

import { proposalHash } from '../casework/deciding.ts';
import {
  type CaseEvent,
  type CaseFile,
  type CaseId,
  folded,
  type Recorded,
  type Reference,
} from '../../domain/docket/case-file.ts';
import { executes, type Proposal } from '../../domain/decisions/decision.ts';
import { may } from '../../domain/registry/policy.ts';
import type { Instant } from '../../kernel/instant.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { Defect } from '../../kernel/outcome.ts';
import { utf8 } from '../../transparency/bytes.ts';
import { commit } from '../../transparency/opening.ts';
import type { OpenedStep } from '../casework/export-ports.ts';
import type { Actor } from '../casework/ports.ts';
import { BrokenLog } from '../log/grow.ts';
import { receiptFor } from '../log/receipt.ts';
import type { OversightPorts } from './book-ports.ts';
import { publishedBy } from './seed.ts';

/** What can be wrong with a step. */
export const STEP_FAULTS = [
  'gap',
  'changed',
  'chain',
  'not-ours',
  'receipt',
  'order',
  'one-person',
  'no-decision',
] as const;
export type StepFault = (typeof STEP_FAULTS)[number];

export type ProvenStep = {
  readonly seq: number;
  readonly at: Instant;
  readonly actor: string;
  readonly type: string;
  /** Its words; undefined where they are not those of an event. */
  readonly event: CaseEvent | undefined;
  /** Its salt was destroyed: it can be read and not proven. */
  readonly erased: boolean;
  readonly faults: readonly StepFault[];
  /** Its place in the log; null while it waits. */
  readonly index: number | null;
};

export type Proof = {
  readonly file: CaseFile;
  readonly steps: readonly ProvenStep[];
  /** Decisions that two people made over the same words. */
  readonly decided: number;
  /** Whether the case as pages show it is what its steps make. */
  readonly asShown: boolean;
  /** The published checkpoint; null where nothing was published yet. */
  readonly log: { readonly origin: string; readonly size: number } | null;
  /** What stands in the way of checking the log at all, in the words of the node; empty where nothing does. */
  readonly broken: string;
};

/** Undefined: there is no such case, or it is not for this person. The reading is on record. */
export async function proveCase(ports: OversightPorts, actor: Actor, reference: Reference): Promise<Proof | undefined> {
  if (!may(actor.roles, 'oversight.read')) return undefined;
  const file = await ports.work.store.read(actor.id, reference, 'proof');
  if (file === undefined) return undefined;
  const opened = await ports.steps(actor.id, file.id);
  const history = opened.map(recorded);
  const published = await publishedBy(ports.log);
  const places = await placesOf(ports, file.id, opened);
  const steps = opened.map((step, n): ProvenStep => {
    const faults = [
      ...stepFaults(ports, file, opened, n),
      ...(places.faults[n] ?? []),
      ...(isLate(places.index, n) ? (['order'] as const) : []),
      ...peopleFaults(ports, file, history, n),
    ];
    const { seq, at, actor: by, type, salt } = step;
    const event = history[n]?.event;
    return { seq, at, actor: by, type, event, erased: salt === null, faults, index: places.index[n] ?? null };
  });
  return {
    file,
    steps,
    decided: steps.filter(({ type, faults }) => type === 'decision.countersigned' && faults.length === 0).length,
    asShown: file.version === opened.length && isWhatStepsMake(file, history),
    log: published === undefined ? null : { origin: published.origin, size: published.size },
    broken: places.broken,
  };
}

/** A step as it was recorded; undefined where somebody wrote over its words. */
function recorded({ seq, at, actor, type, body }: OpenedStep): Recorded | undefined {
  try {
    const event = JSON.parse(body) as CaseEvent;
    return event.type === type ? { seq, at, by: actor, event } : undefined;
  } catch {
    // What is no JSON is what was changed; the commitment says so.
    return undefined;
  }
}

function stepFaults({ digest }: OversightPorts, file: CaseFile, all: readonly OpenedStep[], n: number): StepFault[] {
  const step = all[n];
  if (step === undefined) return [];
  const { seq, at, actor, type, previous, body, salt, commitment } = step;
  const faults: StepFault[] = [];
  if (seq !== n + 1) faults.push('gap');
  if (previous !== (all[n - 1]?.commitment ?? null)) faults.push('chain');
  if (salt === null) return faults;
  const made = commit(Uint8Array.fromHex(salt), {
    caseId: file.id,
    seq,
    previous: previous === null ? null : Uint8Array.fromHex(previous),
    at,
    actor,
    type,
    bodyHash: digest(utf8(body)),
  });
  if (made.toHex() !== commitment || recorded(step) === undefined) faults.push('changed');
  return faults;
}

/** Where each stands in the log, shown by a receipt that is checked as a stranger would. */
async function placesOf({ log }: OversightPorts, of: CaseId, steps: readonly OpenedStep[]) {
  const index: (number | null)[] = [];
  const faults: StepFault[][] = [];
  let broken = '';
  for (const { commitment } of steps) {
    try {
      const receipt = await receiptFor(log, Uint8Array.fromHex(commitment), { of });
      index.push(receipt.ok ? receipt.value.index : null);
      faults.push(!receipt.ok && receipt.faults[0]?.code === 'log.unknown' ? ['not-ours'] : []);
    } catch (error) {
      // What does not hold is what is looked for here; it is shown and not thrown.
      if (!(error instanceof BrokenLog || error instanceof Defect)) throw error;
      broken = error.message;
      index.push(null);
      faults.push(['receipt']);
    }
  }
  return { index, faults, broken };
}

/** Whether an earlier step stands behind it in the log. */
function isLate(index: readonly (number | null)[], n: number): boolean {
  const own = index[n] ?? null;
  return own !== null && index.slice(0, n).some((other) => other !== null && other > own);
}

/** A decision is made by two, over exactly what was proposed; nothing is carried out without one. */
function peopleFaults(
  { work }: OversightPorts,
  file: CaseFile,
  history: readonly (Recorded | undefined)[],
  n: number,
): StepFault[] {
  const step = history[n];
  const before = history.slice(0, n).filter((one) => one !== undefined);
  if (step?.event.type === 'decision.countersigned')
    return madeByTwo({ work }, file, before, step) === undefined ? ['one-person'] : [];
  if (step?.event.type !== 'execution.opened') return [];
  const { decisionNo } = step.event;
  const signed = before.findLast(({ event }) => event.type === 'decision.countersigned' && event.no === decisionNo);
  const proposal = signed && madeByTwo({ work }, file, before.slice(0, before.indexOf(signed)), signed);
  return proposal && executes(proposal.disposition) ? [] : ['no-decision'];
}

function madeByTwo(
  { work }: Pick<OversightPorts, 'work'>,
  file: CaseFile,
  before: readonly Recorded[],
  { by, event: signed }: Recorded,
): Proposal | undefined {
  if (signed.type !== 'decision.countersigned' || by === 'clock') return undefined;
  const found = before.findLast(
    ({ event }) => event.type === 'decision.proposed' && event.proposal.no === signed.no && event.hash === signed.hash,
  );
  if (found?.event.type !== 'decision.proposed' || found.by === 'clock' || found.by === by) return undefined;
  return proposalHash(work, file, found.event.proposal) === signed.hash ? found.event.proposal : undefined;
}

function isWhatStepsMake(file: CaseFile, history: readonly (Recorded | undefined)[]): boolean {
  const steps = history.filter((one) => one !== undefined);
  if (steps.length < history.length) return false;
  const made = folded(steps);
  const text = (one: CaseFile): string => canonicalJson(one as unknown as Json);
  return made !== null && (made.fold !== file.fold || text(made) === text(file));
}

export type Tally = {
  readonly proven: number;
  readonly waiting: number;
  readonly erased: number;
  readonly wrong: number;
};

/** How many steps hold, wait for the log, can no longer be proven, and do not hold. */
export function tallyOf({ steps }: Pick<Proof, 'steps'>): Tally {
  const wrong = steps.filter(({ faults }) => faults.length > 0).length;
  const sound = steps.filter(({ faults }) => faults.length === 0);
  const erased = sound.filter((one) => one.erased).length;
  const waiting = sound.filter((one) => !one.erased && one.index === null).length;
  return { proven: sound.length - erased - waiting, waiting, erased, wrong };
}

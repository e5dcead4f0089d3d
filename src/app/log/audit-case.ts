// Opens every commitment of a case: whether each step is what was committed to, none is missing, and each has its place in the log.

import { folded } from '../casework/ports.ts';
import { canonicalJson, type Json } from '../../kernel/canonical-json.ts';
import { sameBytes, utf8 } from '../../transparency/bytes.ts';
import { commit } from '../../transparency/opening.ts';
import type { Hash, KeptCase, KeptChain, KeptStep } from './audit-ports.ts';

/** What is wrong with a chain of steps, each in a sentence that names the step. Empty: every step opens. */
export function auditChain(kept: KeptChain, hash: Hash): string[] {
  const found: string[] = [];
  const steps = new Map(kept.steps.map((step) => [step.seq, step]));
  const last = Math.max(kept.version, ...steps.keys(), 0);
  let previous: Uint8Array | null = null;
  let index = -1;
  for (let seq = 1; seq <= last; seq++) {
    const step = steps.get(seq);
    const name = `step ${seq}${step?.event ? ` (${step.event.type})` : ''} of ${kept.reference}`;
    found.push(...auditStep(kept, step, previous, hash).map((what) => `${name} ${what}`));
    const place = step?.opening?.index ?? null;
    if (place !== null && place < index) found.push(`${name} stands in the log before the step that it follows`);
    index = Math.max(index, place ?? -1);
    previous = step?.opening?.commitment ?? null;
  }
  if (kept.version < last)
    found.push(`${kept.reference} is kept as it was after ${kept.version} steps, and has ${last}`);
  return [...found, ...auditErasure(kept, steps, hash)];
}

/** Salts are gone by a step of the case and not otherwise; what the database says of it opens the commitment of that step. */
function auditErasure(
  { id, reference, erased }: KeptChain,
  steps: ReadonlyMap<number, KeptStep>,
  hash: Hash,
): string[] {
  if (erased === null) return [];
  const { seq, salt, reason, orderedBy } = erased;
  const step = seq === null ? undefined : steps.get(seq);
  if (seq === null || salt === null || reason === null || orderedBy === null || step?.event?.type !== 'case.erased')
    return [`${reference} is called erased, and none of its steps says so`];
  const { at, actor, type } = step.event;
  const bodyHash = hash(utf8(canonicalJson({ type, reason, orderedBy })));
  const previous = step.opening?.previous ?? null;
  const made = commit(salt, { caseId: id, seq, previous, at, actor, type, bodyHash });
  return sameBytes(made, step.opening?.commitment ?? new Uint8Array())
    ? []
    : [`the reason, or who ordered it, in the record of the erasure of ${reference} is not what was committed to`];
}

function auditStep(kept: KeptChain, step: KeptStep | undefined, previous: Uint8Array | null, hash: Hash): string[] {
  if (step?.event === undefined) {
    const place = step?.opening?.index ?? null;
    return [place === null ? 'is missing' : `is missing, and entry ${place} of the log is its commitment`];
  }
  const { event, opening } = step;
  if (opening === undefined) return ['has nothing that opens a commitment: it was added or its opening was taken away'];
  const found: string[] = [];
  if (!opening.known) found.push('has an opening for a commitment that is gone');
  if (opening.passedOver) found.push('waits for the log although later steps have entered');
  const gone = kept.erased?.seq != null && step.seq <= kept.erased.seq;
  if (gone && (opening.salt === null || event.body === undefined)) return found;
  if (opening.salt === null) return [...found, 'has lost its salt, and no erasure is on record'];
  if (event.body === undefined) return [...found, 'does not open with the key of its case'];
  if (!sameBytes(opening.previous ?? new Uint8Array(), previous ?? new Uint8Array()))
    found.push('names another step before it than the one that is there');
  const made = commit(opening.salt, {
    caseId: kept.id,
    seq: step.seq,
    previous: opening.previous,
    at: event.at,
    actor: event.actor,
    type: event.type,
    bodyHash: hash(event.body),
  });
  if (!sameBytes(made, opening.commitment))
    found.push(
      `is not what was committed to${opening.index === null ? '' : `: entry ${opening.index} of the log is of another text, person or moment`}`,
    );
  return found;
}

/** The case as it is shown and decided on is what its steps make of it. */
export function auditState({ reference, erased, state, history }: KeptCase): string[] {
  if (erased && (state === undefined || history === undefined)) return [];
  if (state === undefined || history === undefined) return [`${reference} does not open`];
  const made = folded(history);
  // Kept in the form of an earlier version, it is folded anew when it is read.
  if (made === null || state.fold !== made.fold) return [];
  const same = canonicalJson(made as unknown as Json) === canonicalJson(state as unknown as Json);
  return same ? [] : [`${reference} is kept otherwise than its steps make it: its state was changed`];
}

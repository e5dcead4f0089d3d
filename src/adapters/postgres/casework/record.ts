// Writing one step of a case: events, their commitments, and every current row, in the transaction that is under way.

import { type Kysely, sql } from 'kysely';
import { changingColumns } from '../../../app/casework/line-ports.ts';
import type { Projection } from '../../../app/casework/ports.ts';
import type { CaseKeys } from '../../../app/casework/sealing-ports.ts';
import type { CaseEvent, CaseFile, Recorded } from '../../../domain/docket/case-file.ts';
import type { By } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { Defect } from '../../../kernel/outcome.ts';
import { writeKeyRows } from '../evidence/key-rows.ts';
import type { Tables } from '../schema.ts';
import { chain, queued } from './chain.ts';
import { type CaseKey, forgetKey, keptEvent, keptState, keyOf, passKey, reseal, sealWithNewKey } from './sealed.ts';

type Tx = Kysely<Tables>;
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

/** Who takes the step, and the keys of sealed cases. */
type Writer = { readonly by: By; readonly keys: CaseKeys };

/** Writes it whole; false, and nothing written, when the case is no longer at the version the step was decided on. */
export async function record(
  tx: Tx,
  writer: Writer,
  before: CaseFile,
  steps: readonly Recorded[],
  after: CaseFile,
  projection: Projection,
): Promise<boolean> {
  const { from, to } = await keysFor(tx, writer, before, after, steps);
  if (!(await writeLine(tx, writer.keys, to, before, after, projection))) {
    if (from !== to) throw new Defect(`the case ${after.reference} was sealed or unsealed by somebody else meanwhile`);
    return false;
  }
  if (from !== to) await reseal(tx, writer.keys, after.id, from, to);
  await writeEvents(tx, writer.keys, to, after, steps);
  if (to !== null) await passKey(tx, writer.keys, to, after.id, steps);
  else if (from !== null) await forgetKey(tx, after.id);
  for (const { event, at, by } of steps) {
    await writeRows(tx, after, event, at);
    await writeKeyRows(tx, after, event, by);
  }
  await writeTerms(tx, after.id, projection.terms);
  await writeMarks(tx, after.id, projection.marks);
  await writeConflicts(tx, after, steps);
  return true;
}

/** The key under which the case lies before the step, and the one after it: the same one, unless its seal is put on or taken off. */
async function keysFor(
  tx: Tx,
  { by, keys }: Writer,
  before: CaseFile,
  after: CaseFile,
  steps: readonly Recorded[],
): Promise<{ from: CaseKey; to: CaseKey }> {
  const from = before.sealed ? await keyOf(tx, keys, by, after.id) : null;
  if (from !== null || !after.sealed) return { from, to: after.sealed ? from : null };
  const at = steps[0]?.at ?? after.receivedAt;
  return { from, to: await sealWithNewKey(tx, keys, after, by, at) };
}

async function writeLine(
  tx: Tx,
  keys: CaseKeys,
  key: CaseKey,
  before: CaseFile,
  after: CaseFile,
  { line, words }: Projection,
): Promise<boolean> {
  const row = {
    ...changingColumns(line, after),
    version: after.version,
    state: keptState(keys, key, after.id, bytes(JSON.stringify(after))),
    search: sql<string>`to_tsvector('simple', ${words})`,
  };
  const done = await tx
    .updateTable('case_file')
    .set(row)
    .where('id', '=', after.id)
    .where('version', '=', before.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

async function writeEvents(tx: Tx, keys: CaseKeys, key: CaseKey, after: CaseFile, steps: readonly Recorded[]) {
  if (steps.length === 0) return;
  const events = [];
  const openings = [];
  for (const link of chain(after.id, await lastCommitment(tx, after.id), steps)) {
    const { seq, at, by, type, plain, commitment, previous } = link;
    const person = by === 'clock' ? null : by;
    const { body, salt } = keptEvent(keys, key, after.id, seq, plain, link.salt);
    events.push({ case_id: after.id, seq, type, at, person, body, sealed: after.sealed });
    openings.push({ case_id: after.id, seq, commitment, salt, previous, entry: queued(commitment) });
  }
  await tx.insertInto('event').values(events).execute();
  await tx.insertInto('opening').values(openings).execute();
}

async function lastCommitment(tx: Tx, id: string): Promise<Uint8Array | null> {
  const last = await tx
    .selectFrom('opening')
    .select('commitment')
    .where('case_id', '=', id)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.commitment ?? null;
}

/** The rows whose constraints hold the law's answer and the four eyes whatever the program does. */
async function writeRows(tx: Tx, file: CaseFile, event: CaseEvent, at: Instant) {
  const case_id = file.id;
  switch (event.type) {
    case 'assessment.made': {
      await tx
        .insertInto('assessment')
        .values({ case_id, no: event.no, outcome: event.outcome, made_at: at })
        .execute();
      return;
    }
    case 'decision.proposed': {
      const { no, disposition, assessmentNo, outcome } = event.proposal;
      const by = file.decisions.proposals.find((one) => one.no === no)?.by ?? '';
      const hash = Buffer.from(event.hash, 'hex');
      await tx
        .insertInto('decision')
        .values({
          case_id,
          no,
          disposition,
          assessment_no: assessmentNo,
          outcome,
          hash,
          state: 'open',
          proposed_by: by,
          countersigned_by: null,
          countersigned_hash: null,
        })
        .execute();
      return;
    }
    case 'decision.sent-back':
    case 'decision.withdrawn':
    case 'decision.voided': {
      const state = event.type === 'decision.voided' ? 'void' : event.type.replace('decision.', '');
      await tx
        .updateTable('decision')
        .set({ state })
        .where('case_id', '=', case_id)
        .where('no', '=', event.no)
        .execute();
      return;
    }
    case 'decision.countersigned': {
      const by = file.decisions.proposals.find((one) => one.no === event.no)?.countersigned?.by ?? null;
      await tx
        .updateTable('decision')
        .set({ state: 'countersigned', countersigned_by: by, countersigned_hash: Buffer.from(event.hash, 'hex') })
        .where('case_id', '=', case_id)
        .where('no', '=', event.no)
        .execute();
      return;
    }
    case 'execution.opened':
      await tx
        .insertInto('execution_task')
        .values(
          event.tasks.map((task) => ({
            case_id,
            id: String(task.task),
            decision_no: event.decisionNo,
            status: 'open',
          })),
        )
        .execute();
      return;
    default:
      if (event.type.startsWith('execution.') && 'task' in event) {
        const status = file.execution.tasks.find((task) => task.no === event.task)?.status ?? 'open';
        await tx
          .updateTable('execution_task')
          .set({ status })
          .where('case_id', '=', case_id)
          .where('id', '=', String(event.task))
          .execute();
      }
  }
}

/** Puts the terms of a case down as they are now; what is no longer due goes. */
export async function writeTerms(tx: Tx, id: string, terms: Projection['terms']) {
  const keys = terms.map((term) => term.key);
  let gone = tx.deleteFrom('deadline').where('case_id', '=', id);
  if (keys.length > 0) gone = gone.where('key', 'not in', keys);
  await gone.execute();
  if (terms.length === 0) return;
  await tx
    .insertInto('deadline')
    .values(terms.map(({ key, kind, whose, at }) => ({ case_id: id, key, kind, whose, on_at: at, done: false })))
    .onConflict((on) =>
      on.columns(['case_id', 'key']).doUpdateSet((eb) => ({
        kind: eb.ref('excluded.kind'),
        whose: eb.ref('excluded.whose'),
        on_at: eb.ref('excluded.on_at'),
        // A term that was put off will run out anew.
        done: sql<boolean>`deadline.done and deadline.on_at = excluded.on_at`,
      })),
    )
    .execute();
}

async function writeMarks(tx: Tx, id: string, marks: Projection['marks']) {
  if (marks.length === 0) return;
  await tx
    .insertInto('case_mark')
    .values(marks.map((mark) => ({ case_id: id, mark })))
    .onConflict((on) => on.doNothing())
    .execute();
}

/** Last of all: from this row on the case is not there for whoever declared the conflict, in this transaction too. */
async function writeConflicts(tx: Tx, { id }: CaseFile, steps: readonly Recorded[]) {
  for (const { event, by, at } of steps)
    if (event.type === 'conflict.declared' && by !== 'clock')
      await tx.insertInto('conflict_of_interest').values({ case_id: id, person: by, declared_at: at }).execute();
}

// What steps hold, read: once to begin with, on a node from before there were such steps, and each day by the self-audit.

import { type Kysely, sql } from 'kysely';
import type { KeptHeld, KeptStep } from '../../../app/log/audit-ports.ts';
import { HELD_KINDS, type HeldKind, type NodeMark, type Row } from '../../../app/log/held-ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { HELD_LOCK } from '../locks.ts';
import type { Tables } from '../schema.ts';
import { HELD } from './held-kinds.ts';
import { chainOf, enterStep } from './held-steps.ts';
import { stepColumns, stepFrom, stepJoins, type StepRow } from './kept-step.ts';
import { OFFICE, ownedRows } from './plain-rows.ts';

type Tx = Kysely<Tables>;

/**
 * Enters all rows of each kind as they are found, with the lines of its record: once, at the first start, also where there are none.
 * Whatever is there before is taken for what it says, and nothing afterwards.
 */
export const enterFound = (db: Db, mark: NodeMark, at: Instant): Promise<void> =>
  asPerson(db, 'clock', async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(HELD_LOCK)}, 0)`.execute(tx);
    for (const kind of HELD_KINDS) {
      const begun = tx.selectFrom('held_step').select('seq').where('chain', 'like', `${kind}/%`).limit(1);
      if ((await begun.executeTakeFirst()) !== undefined) continue;
      const lines = await linesOf(tx, kind);
      const rows = await ownedRows(tx, HELD[kind].rows, 'all');
      for (const of of new Set([OFFICE, ...rows.keys(), ...lines.keys()])) {
        const found = { before: null, after: rows.get(of) ?? {}, lines: lines.get(of) ?? [] };
        await enterStep(tx, mark, chainOf(kind, of), { at, by: null, type: 'found', facts: {}, ...found });
      }
    }
  });

/** The lines of the record of a kind, by whom they are about. */
async function linesOf(tx: Tx, kind: HeldKind): Promise<Map<string, Row[]>> {
  const { lines = {}, among } = HELD[kind];
  const found = await ownedRows(tx, lines, 'all', among);
  return new Map([...found].map(([of, tables]) => [of, Object.values(tables).flat()]));
}

/** Every chain with the rows and lines that it holds: of whoever has any of these. */
export async function heldKept(tx: Tx): Promise<KeptHeld[]> {
  const steps = await stepsByChain(tx);
  const kept: KeptHeld[] = [];
  for (const kind of HELD_KINDS) {
    const [lines, rows] = [await linesOf(tx, kind), await ownedRows(tx, HELD[kind].rows, 'all')];
    const chains = [...steps.keys()].filter((chain) => chain.startsWith(`${kind}/`));
    const ofSteps = chains.map((chain) => chain.slice(kind.length + 1));
    for (const of of new Set([...rows.keys(), ...lines.keys(), ...ofSteps]))
      kept.push({
        kind,
        of,
        id: chainOf(kind, of),
        steps: steps.get(chainOf(kind, of)) ?? [],
        rows: rows.get(of) ?? {},
        lines: lines.get(of) ?? [],
      });
  }
  return kept;
}

async function stepsByChain(tx: Tx): Promise<Map<string, KeptStep[]>> {
  const { rows } = await sql<StepRow & { readonly chain: string }>`
select h.chain, ${stepColumns('h')} from held_step h
${stepJoins('h')}
order by h.chain, h.seq`.execute(tx);
  const byChain = Map.groupBy(rows, ({ chain }) => chain);
  return new Map([...byChain].map(([chain, own]) => [chain, own.map(stepFrom)]));
}

// A step of a chain beside cases as the self-audit reads it: with what opens its commitment, and where that stands in the log.

import { type RawBuilder, sql } from 'kysely';
import type { KeptStep } from '../../../app/log/audit-ports.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { LOOK_BACK } from './entries.ts';

export type StepRow = {
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly person: string | null;
  readonly body: Uint8Array;
  readonly commitment: Uint8Array;
  readonly salt: Uint8Array;
  readonly previous: Uint8Array | null;
  readonly known: boolean;
  readonly index: number | null;
  readonly passed_over: boolean;
};

/** The columns of such a row, of the table that goes by the alias, after `stepJoins` of the same. A young step may still get its place. */
export const stepColumns = (of: string): RawBuilder<StepRow> =>
  sql.raw(`${of}.seq, ${of}.type, ${of}.at, ${of}.person, ${of}.body, ${of}.commitment, ${of}.salt, ${of}.previous,
  c.id is not null as known, l.index,
  coalesce(l.index is null and c.id <= (select max(settled) from log_slot) and ${of}.at < now() - interval '${LOOK_BACK}', false) as passed_over`);

export const stepJoins = (of: string): RawBuilder<unknown> =>
  sql.raw(`left join commitment c on c.id = ${of}.entry and c.value = ${of}.commitment
left join log_entry l on l.commitment = c.id`);

export const stepFrom = (row: StepRow): KeptStep => {
  const { seq, type, at, person, body, commitment, previous, salt, known, index, passed_over: passedOver } = row;
  return {
    seq,
    event: { type, at, actor: person ?? 'clock', body },
    opening: { commitment, previous, salt, known, index, passedOver },
  };
};

// Terms that run out, with the cases they are of.

import { type Kysely, sql } from 'kysely';
import type { Falling } from '../../../../app/casework/ports.ts';
import type { Instant } from '../../../../kernel/instant.ts';
import type { Tables } from '../../schema.ts';
import { LINE, lineOf, type Row } from './line.ts';

/** Terms of open cases that run out before a moment. */
export async function falling(tx: Kysely<Tables>, before: Instant, most: number, from?: Instant): Promise<Falling[]> {
  let terms = tx
    .selectFrom('deadline')
    .select(['case_id', 'key', 'kind', 'whose', 'on_at'])
    .where('on_at', '<', before);
  // What is still to come was not settled yet, and of those there is an index.
  if (from !== undefined) terms = terms.where('on_at', '>=', from).where(sql<boolean>`not done`);
  const rows = await tx
    .selectFrom(terms.orderBy('on_at').orderBy('key').limit(most).as('term'))
    .innerJoin('case_file', 'case_file.id', 'term.case_id')
    .select(LINE.map((column) => `case_file.${column}` as const))
    .select(['term.key', 'term.kind', 'term.whose', 'term.on_at'])
    .where(sql<boolean>`not case_file.closed`)
    .orderBy('term.on_at')
    .orderBy('term.key')
    .execute();
  return rows.map(({ key, kind, whose, on_at, ...row }) => ({
    term: { key, kind, whose, at: on_at },
    line: lineOf(row as Row),
  }));
}

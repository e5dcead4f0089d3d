// Proposals of another threshold of public figures, over PostgreSQL: they are added and never changed, each by a step that bears `mark`; the latest counts.

import type { Selectable } from 'kysely';
import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { ThresholdProposals } from '../../../app/reporting/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Proposed } from '../../../domain/reporting/proposal.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { enterHeld, foundBefore } from '../log/held-steps.ts';
import type { Tables } from '../schema.ts';

export const thresholdProposals = (db: Db, mark: NodeMark): ThresholdProposals => ({
  latest: () =>
    asPerson(db, 'clock', async (tx) => {
      const proposals = tx.selectFrom('threshold_proposal').selectAll();
      const row = await proposals.orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row && thresholdFrom(row);
    }),
  propose: ({ what, by, at }) =>
    asPerson(db, by, async (tx) => {
      const found = await foundBefore(tx, 'settings');
      await tx.insertInto('threshold_proposal').values({ threshold: what, proposed_by: by, proposed_at: at }).execute();
      await enterHeld(tx, mark, found, { at, by, type: 'threshold-proposed', facts: {}, lines: [] });
    }),
});

export const thresholdFrom = (row: Selectable<Tables['threshold_proposal']>): Proposed<number> => ({
  id: row.id,
  what: row.threshold,
  by: row.proposed_by as PersonId,
  at: row.proposed_at,
});

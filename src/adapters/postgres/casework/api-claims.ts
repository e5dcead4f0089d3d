// That a program handed something in, written in the transaction of the case that came of it.

import type { Kysely } from 'kysely';
import type { IntakeTx } from '../../../app/casework/intake-ports.ts';
import type { Tables } from '../schema.ts';

export const intakeTx = (tx: Kysely<Tables>): IntakeTx => ({
  claim: async ({ key, repetition, bodyHash, at }) => {
    const added = await tx
      .insertInto('api_intake')
      .values({ api_key: key, repetition, body_sha256: Buffer.from(bodyHash, 'hex'), at })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    return added.numInsertedOrUpdatedRows === 1n;
  },
  fulfil: async ({ key, repetition }, caseId, reference) => {
    await tx
      .updateTable('api_intake')
      .set({ case_id: caseId, reference })
      .where('api_key', '=', key)
      .where('repetition', '=', repetition)
      .execute();
  },
});

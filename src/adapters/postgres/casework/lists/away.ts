// For whom a person stands in while they are away.

import type { Kysely } from 'kysely';
import type { Away } from '../../../../app/casework/ports.ts';
import type { PersonId } from '../../../../domain/registry/person.ts';
import type { Day } from '../../../../kernel/calendar.ts';
import type { Tables } from '../../schema.ts';

export async function awayFor(tx: Kysely<Tables>, deputy: PersonId, on: Day): Promise<Away[]> {
  const rows = await tx
    .selectFrom('absence')
    .select(['person', 'until_day'])
    .where('deputy', '=', deputy)
    .where('from_day', '<=', on)
    .where('until_day', '>=', on)
    .execute();
  return rows.map(({ person, until_day }) => ({ person: person as PersonId, until: until_day }));
}

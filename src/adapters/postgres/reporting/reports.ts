// Public figures over PostgreSQL: the node counts, a person publishes, and everybody reads.

import { type Kysely, type RawBuilder, type Selectable, sql } from 'kysely';
import type { NodeMark } from '../../../app/log/held-ports.ts';
import type { Fact, LogOfPeriod, Published, ReportStore, SignedTree, Span } from '../../../app/reporting/ports.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { queued } from '../casework/chain.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import { enterHeld, foundBefore } from '../log/held-steps.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;
const UNIQUE = '23505';

/** Who proposed and who published stands in no report: it is a step that bears `mark`. */
export function reportStore(db: Db, mark: NodeMark): ReportStore {
  const asNode = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => asPerson(db, 'clock', work);
  return {
    taken: (quarter) => asNode((tx) => takenIn(tx, quarter)),
    steps: (span) => asNode((tx) => stepsIn(tx, span)),
    takeDown: (quarter, span, at) => asNode((tx) => takeDown(tx, quarter, span, at)),
    first: () =>
      asNode(async (tx) => {
        const row = await tx
          .selectFrom('case_file')
          .select('received_at')
          .orderBy('received_at')
          .limit(1)
          .executeTakeFirst();
        return row?.received_at ?? null;
      }),
    all: () =>
      asNode(async (tx) => (await tx.selectFrom('report').selectAll().orderBy('no').execute()).map(publishedFrom)),
    find: (period) =>
      asNode(async (tx) => {
        const row = await tx.selectFrom('report').selectAll().where('period', '=', period).executeTakeFirst();
        return row && publishedFrom(row);
      }),
    logOf: (span) => asNode((tx) => logOf(tx, span)),
    proposed: (period) =>
      asNode(async (tx) => {
        const proposals = tx.selectFrom('report_proposal').selectAll().where('period', '=', period);
        const row = await proposals.orderBy('id', 'desc').limit(1).executeTakeFirst();
        return (
          row && {
            id: row.id,
            what: row.hash.toHex(),
            by: row.proposed_by as PersonId,
            at: row.proposed_at,
          }
        );
      }),
    propose: (period, body, { by, at, what }) =>
      asPerson(db, by, async (tx) => {
        const row = { period, body, hash: Buffer.from(what, 'hex'), proposed_by: by, proposed_at: at };
        const found = await foundBefore(tx, 'figures');
        await tx.insertInto('report_proposal').values(row).execute();
        await enterHeld(tx, mark, found, { at, by, type: 'proposed', facts: { period }, lines: [] });
      }),
    publish: async ({ proposed, by }, { report, body, commitment, previous, salt }, secret) => {
      try {
        await asPerson(db, by, async (tx) => {
          const found = await foundBefore(tx, 'figures');
          await tx
            .insertInto('report')
            .values({
              no: report.no,
              period: report.period.name,
              made_at: report.madeAt,
              made_by: by,
              proposal: proposed.id,
              proposed_by: proposed.by,
              body,
              commitment: Buffer.from(commitment),
              previous: previous && Buffer.from(previous),
              salt: Buffer.from(salt),
              entry: queued(commitment),
            })
            .execute();
          await tx
            .insertInto('report_secret')
            .values({ no: report.no, secret: Buffer.from(secret) })
            .execute();
          const facts = { period: report.period.name };
          await enterHeld(tx, mark, found, { at: report.madeAt, by, type: 'published', facts, lines: [] });
        });
        return true;
      } catch (error) {
        if ((error as { readonly code?: string }).code === UNIQUE) return false;
        throw error;
      }
    },
    secret: (by, period) =>
      asPerson(db, by, async (tx) => {
        const row = await tx
          .selectFrom('report_secret')
          .innerJoin('report', 'report.no', 'report_secret.no')
          .select('secret')
          .where('period', '=', period)
          .executeTakeFirst();
        return row?.secret;
      }),
  };
}

const stepsIn = (tx: Tx, { from, to }: Span): Promise<readonly Fact[]> =>
  together(tx, sql`rogatory_figures(${from}::timestamptz, ${to}::timestamptz)`);

/** The steps of a quarter as they were taken down; undefined while they were not. */
export async function takenIn(tx: Tx, quarter: string): Promise<readonly Fact[] | undefined> {
  const row = await tx.selectFrom('report_fact').select('quarter').where('quarter', '=', quarter).executeTakeFirst();
  if (row === undefined) return undefined;
  return together(
    tx,
    sql`(select f ->> 'of', f -> 'at', decode(f ->> 'commitment', 'hex'), (f ->> 'hours')::double precision
      from report_fact r, jsonb_array_elements(r.facts) f where r.quarter = ${quarter})`,
  );
}

/** The database puts together what no figure tells apart: a hundred thousand steps are a few hundred rows, quickly counted here. */
async function together(tx: Tx, steps: RawBuilder<unknown>): Promise<readonly Fact[]> {
  const { rows } = await sql<Fact>`
select s.kind as "of", s."at", count(*)::integer as n, string_agg(s.commitment, '') as commitments,
  coalesce(json_agg(s.hours) filter (where s.hours is not null), '[]') as hours
from ${steps} s (kind, "at", commitment, hours)
group by s.kind, s."at" order by s.kind, s."at"`.execute(tx);
  return rows;
}

async function takeDown(tx: Tx, quarter: string, { from, to }: Span, at: Instant): Promise<void> {
  await sql`
insert into report_fact (quarter, taken_at, facts)
select ${quarter}, ${at}::timestamptz, coalesce(jsonb_agg(jsonb_build_object('of', s.kind, 'at', s."at",
    'commitment', encode(s.commitment, 'hex')) ||
  case when s.hours is null then '{}' else jsonb_build_object('hours', s.hours) end), '[]')
from rogatory_figures(${from}::timestamptz, ${to}::timestamptz) s
on conflict do nothing`.execute(tx);
}

const publishedFrom = (row: Selectable<Tables['report']>): Published => ({
  report: JSON.parse(row.body) as Published['report'],
  body: row.body,
  commitment: new Uint8Array(row.commitment),
  previous: row.previous && new Uint8Array(row.previous),
  salt: new Uint8Array(row.salt),
});

async function logOf(tx: Tx, { from, to }: Span): Promise<LogOfPeriod> {
  const before = async (moment: Instant): Promise<SignedTree | null> =>
    (await tx
      .selectFrom('log_head')
      .select(['size', 'root'])
      .where('signed_at', '<', moment)
      .orderBy('size', 'desc')
      .limit(1)
      .executeTakeFirst()) ?? null;
  const [start, end] = [await before(from), await before(to)];
  const batches = await tx
    .selectFrom('log_slot')
    .select(({ fn }) => ['places', fn.countAll<number>().as('count')])
    .where('first', '>=', start?.size ?? 0)
    .where('first', '<', end?.size ?? 0)
    .groupBy('places')
    .orderBy('places')
    .execute();
  return { start, end, batches };
}

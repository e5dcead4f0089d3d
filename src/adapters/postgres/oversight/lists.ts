// The standing lists read from the database: which cases may belong on one, by what lies in the clear for cases of every seal.

import { type RawBuilder, type Kysely, sql } from 'kysely';
import type {
  AccessAct,
  Candidate,
  CaseList,
  Counting,
  Happened,
  Lists,
  Span,
} from '../../../app/oversight/book-ports.ts';
import type { CaseId, Reference } from '../../../domain/docket/case-file.ts';
import type { Risk } from '../../../domain/oversight/drawing.ts';
import type { PersonId } from '../../../domain/registry/person.ts';
import type { Instant } from '../../../kernel/instant.ts';
import { asPerson } from '../casework/store.ts';
import type { Db } from '../connection.ts';
import type { Tables } from '../schema.ts';

type Tx = Kysely<Tables>;
type Sql = RawBuilder<unknown>;

/** The last event of a type in the case `f`, or the first. */
const moment = (which: 'max' | 'min', type: string): Sql =>
  sql`(select ${sql.raw(which)}(e.at) from event e where e.case_id = f.id and e.type = ${type})`;
const some = (type: string): Sql => sql`exists (select from event e where e.case_id = f.id and e.type = ${type})`;
const count = (type: string): Sql => sql`(select count(*) from event e where e.case_id = f.id and e.type = ${type})`;

/** As `isContrary` of the domain has it: the law left the choice, and two people chose against the advice. */
const OVERRIDE = sql`exists (
  select from decision d where d.case_id = f.id and d.state = 'countersigned' and (
    (d.disposition in ('execute', 'execute-in-part', 'execute-with-conditions') and d.outcome = 'may-refuse')
    or (d.disposition = 'refuse' and d.outcome in ('may-execute', 'needs-conditions'))))`;

const overdue = ({ now }: Counting): Sql =>
  sql`(select min(dl.on_at) from deadline dl where dl.case_id = f.id and dl.kind = 'tell-person' and dl.on_at < ${now}::timestamptz)`;
const longSecret = ({ longDays }: Counting): Sql => sql`exists (
  select from deadline dl join event e on e.case_id = dl.case_id and e.type = 'disclosure.secrecy-ordered'
  where dl.case_id = f.id and dl.kind = 'secrecy-ends' and dl.on_at - e.at > make_interval(days => ${longDays}))`;

/** Who belongs on a list, and what it is sorted by. */
const LISTS: {
  readonly [L in CaseList]: { readonly is: (counting: Counting) => Sql; readonly at: (c: Counting) => Sql };
} = {
  overrides: { is: () => OVERRIDE, at: () => moment('max', 'decision.countersigned') },
  emergencies: { is: () => sql`f.urgency = 'emergency'`, at: () => sql`f.received_at` },
  'late-notices': { is: (counting) => sql`${overdue(counting)} is not null`, at: overdue },
  'long-secrecy': { is: longSecret, at: () => moment('min', 'disclosure.secrecy-ordered') },
  complaints: {
    is: () =>
      sql`${some('notice.complaint-received')} and ${count('notice.complaint-received')} > ${count('notice.complaint-answered')}`,
    at: () => moment('min', 'notice.complaint-received'),
  },
  'kept-back': { is: () => some('evidence.kept-back'), at: () => moment('max', 'evidence.kept-back') },
  sealed: { is: () => sql`f.sealed`, at: () => sql`coalesce(${moment('max', 'case.sealed')}, f.received_at)` },
};

const RISK_OF: { readonly [R in Risk]: (counting: Counting) => Sql } = {
  override: LISTS.overrides.is,
  emergency: LISTS.emergencies.is,
  'late-notice': LISTS['late-notices'].is,
  'long-secrecy': LISTS['long-secrecy'].is,
  complaint: LISTS.complaints.is,
  sealed: LISTS.sealed.is,
  refused: () => sql`coalesce(f.disposition = 'refuse', false)`,
};

/** On the page of late notices stand those too that have been given, too late perhaps: their words say which. */
function candidatesOf(list: CaseList, counting: Counting): { readonly is: Sql; readonly at: Sql } {
  const { is, at } = LISTS[list];
  if (list !== 'late-notices') return { is: is(counting), at: at(counting) };
  return {
    is: sql`(${overdue(counting)} is not null or ${some('notice.sent')})`,
    at: sql`coalesce(${overdue(counting)}, ${moment('max', 'notice.sent')})`,
  };
}

const within = (at: Sql, { since, before }: Span): Sql => sql`
  (${since}::timestamptz is null or ${at} >= ${since}::timestamptz) and (${before}::timestamptz is null or ${at} < ${before}::timestamptz)`;

export function oversightLists(db: Db): Lists {
  return {
    counts: (by, counting) =>
      asPerson(db, by, async (tx) => {
        const names = Object.keys(LISTS) as CaseList[];
        const { rows } = await sql<{ list: CaseList; cases: number }>`${sql.join(
          names.map(
            (list) =>
              sql`select ${list}::text as list, count(*)::integer as cases from case_file f where ${LISTS[list].is(counting)}`,
          ),
          sql` union all `,
        )}`.execute(tx);
        return Object.fromEntries(rows.map(({ list, cases }) => [list, cases])) as { [L in CaseList]: number };
      }),
    candidates: (by, list, { since, before, after, most, ...counting }) =>
      asPerson(db, by, async (tx) => {
        const { is, at } = candidatesOf(list, counting);
        const [lastAt = null, lastId = null] = after?.split('|') ?? [];
        const { rows } = await sql<{ id: CaseId; reference: Reference; at: Instant }>`
select * from (select f.id, f.reference, ${at} as at from case_file f where ${is}) as found
where ${within(sql`found.at`, { since, before })}
  and (${lastAt}::timestamptz is null or (found.at, found.id) < (${lastAt}::timestamptz, ${lastId}::uuid))
order by found.at desc, found.id desc limit ${most}`.execute(tx);
        return rows as Candidate[];
      }),
    access: (by, { since, before, after, most }) =>
      asPerson(db, by, async (tx) => {
        const [lastAt = null, lastKey = null] = after?.split('|') ?? [];
        const { rows } = await sql<AccessAct & { key: string }>`
select at, by, person, what, facts, key from (${ACTS}) as acts
where ${within(sql`acts.at`, { since, before })}
  and (${lastAt}::timestamptz is null or (acts.at, acts.key) < (${lastAt}::timestamptz, ${lastKey}::text))
order by acts.at desc, acts.key desc limit ${most}`.execute(tx);
        return rows as (AccessAct & { key: string; by: PersonId | null })[];
      }),
    happened: (by, span) => asPerson(db, by, (tx) => happened(tx, span)),
    inDraw: (by, { since, before, only, ...counting }) =>
      asPerson(db, by, async (tx) => {
        const risks = Object.keys(RISK_OF) as Risk[];
        const { rows } = await sql<{ id: CaseId; reference: Reference; risks: Risk[] }>`
select f.id, f.reference, array_remove(array[${sql.join(
          risks.map((risk) => sql`case when ${RISK_OF[risk](counting)} then ${risk}::text end`),
        )}], null) as risks
from case_file f where ${within(sql`f.received_at`, { since, before })} order by f.reference`.execute(tx);
        return only.length === 0 ? rows : rows.filter((one) => one.risks.some((risk) => only.includes(risk)));
      }),
  };
}

/** Signing in is no act upon anybody. Keys for programs have no record beside their row. */
const ACTS = sql`
select at, by_person as by, person, what, facts, 'p' || lpad(id::text, 12, '0') as key from person_event where what <> 'signed-in'
union all select made_at, made_by, null, 'key-made', jsonb_build_object('office', office, 'state', state), 'k' || id::text from api_key
union all select revoked_at, revoked_by, null, 'key-revoked', jsonb_build_object('office', office, 'state', state), 'r' || id::text
  from api_key where revoked_at is not null`;

/** The kinds of step that are counted; the index of migration 015 is of these. */
const COUNTED = [
  'decision.countersigned',
  'execution.called-back',
  'execution.validated',
  'execution.validation-overdue',
  'execution.validation-failed',
  'disclosure.secrecy-ordered',
  'disclosure.secrecy-renewed',
  'disclosure.secrecy-lifted',
  'disclosure.secrecy-ended',
  'notice.sent',
  'notice.complaint-received',
  'notice.complaint-answered',
  'case.sealed',
  'case.unsealed',
];

async function happened(tx: Tx, span: Span): Promise<Happened> {
  const { rows: steps } = await sql<{ type: string; steps: number; cases: number }>`
select e.type, count(*)::integer as steps, count(distinct e.case_id)::integer as cases
from event e where e.type = any (${COUNTED}::text[]) and ${within(sql`e.at`, span)} group by 1`.execute(tx);
  const { rows } = await sql<{
    overrides: number;
    emergencies: number;
    received: number;
    decided: number;
    access: number;
    pages: number;
    cases: number;
  }>`
select
  (select count(*) from case_file f where ${OVERRIDE} and ${within(moment('max', 'decision.countersigned'), span)})::integer as overrides,
  (select count(*) from case_file f where f.urgency = 'emergency' and ${within(sql`f.received_at`, span)})::integer as emergencies,
  (select count(*) from case_file f where ${within(sql`f.received_at`, span)})::integer as received,
  (select count(distinct e.case_id) from event e where e.type = 'decision.countersigned' and ${within(sql`e.at`, span)})::integer as decided,
  (select count(*) from (${ACTS}) as acts where ${within(sql`acts.at`, span)})::integer as access,
  (select count(*) from reading r where ${within(sql`r.at`, span)})::integer as pages,
  (select count(distinct r.case_id) from reading r where ${within(sql`r.at`, span)})::integer as cases`.execute(tx);
  const [row] = rows;
  const { pages = 0, cases = 0, ...others } = row ?? {};
  return {
    steps: Object.fromEntries(steps.map(({ type, ...counts }) => [type, counts])),
    overrides: 0,
    emergencies: 0,
    received: 0,
    decided: 0,
    access: 0,
    ...others,
    readings: { pages, cases },
  };
}

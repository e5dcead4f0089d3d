// How many cases there are of each kind, kept as they change; and indexes that answer a page of the docket by themselves.

import { type Kysely, sql } from 'kysely';

/** What cases are counted by; `taken` is whether somebody has the case. */
export const KIND =
  'closed, sealed, executing, direction, requesting_state, requested_state, measure, stage, outcome, turn, urgency, taken';
export const kindOf = (row: string): string =>
  KIND.split(', ')
    .map((column) =>
      column === 'taken'
        ? `${row}.assignee is not null`
        : column === 'outcome'
          ? `coalesce(${row}.outcome, '')`
          : `${row}.${column}`,
    )
    .join(', ');
const COLUMNS = `
  closed boolean not null, sealed boolean not null, executing boolean not null, direction text not null,
  requesting_state text not null, requested_state text not null, measure text not null, stage text not null,
  outcome text not null, turn text not null, urgency text not null, taken boolean not null`;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Counts of all cases, sealed ones too: the application's role reads neither table, only what rogatory_counted tells it.
create table docket_count (${COLUMNS}, n bigint not null, primary key (${KIND}));
-- A change of a count is a row of its own, so that no writer waits for another; from time to time one of them adds them up.
create table docket_change (id bigint generated always as identity, ${COLUMNS}, n integer not null);

create function rogatory_add_up() returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Whoever comes second leaves it to the first.
  if not pg_try_advisory_xact_lock(hashtext('docket_count')) then return; end if;
  with gone as (delete from docket_change returning *)
  insert into docket_count as c (${KIND}, n)
    select ${KIND}, sum(n) from gone group by ${KIND} having sum(n) <> 0
    on conflict (${KIND}) do update set n = c.n + excluded.n;
end $$;

create function rogatory_count_case() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare newest bigint;
begin
  if tg_op <> 'INSERT' then
    insert into docket_change (${KIND}, n) values (${kindOf('old')}, -1) returning id into newest;
  end if;
  if tg_op <> 'DELETE' then
    insert into docket_change (${KIND}, n) values (${kindOf('new')}, 1) returning id into newest;
  end if;
  if newest % 256 = 0 then perform rogatory_add_up(); end if;
  return null;
end $$;
revoke execute on function rogatory_add_up(), rogatory_count_case() from public;
create trigger case_file_comes after insert on case_file for each row execute function rogatory_count_case();
create trigger case_file_goes after delete on case_file for each row execute function rogatory_count_case();
create trigger case_file_moves after update on case_file for each row
  when ((${kindOf('old')}) is distinct from (${kindOf('new')})) execute function rogatory_count_case();

-- Counts everything anew, for whoever wrote cases past the trigger.
create function rogatory_count_anew() returns void language plpgsql set search_path = public, pg_temp set row_security = off as $$
begin
  lock table case_file in share row exclusive mode;
  delete from docket_change;
  delete from docket_count;
  insert into docket_count (${KIND}, n) select ${kindOf('f')}, count(*) from case_file f group by ${kindOf('f')};
end $$;
revoke execute on function rogatory_count_anew() from public;

-- The kinds of those of a person's cases that a conflict of interest keeps from them: what must be taken off a count.
create function rogatory_kept_from(cases uuid[]) returns table (${COLUMNS.replaceAll(' not null', '')})
  language plpgsql security definer rows 10 set search_path = public, pg_temp as $$
declare conflicts text := current_setting('rogatory.conflicts');
begin
  if cardinality(cases) = 0 then return; end if;
  -- An owner whom policies bind sees what the asker sees, so for this one question there is no conflict.
  perform set_config('rogatory.conflicts', '{}', true);
  return query select ${kindOf('f')} from case_file f where f.id = any (cases);
  perform set_config('rogatory.conflicts', conflicts, true);
end $$;
revoke execute on function rogatory_kept_from(uuid[]) from public;

-- How many cases of each stage and urgency whoever asks may see: the same rows as by the policy of case_file, and no others.
-- An argument that is null asks for nothing.
create function rogatory_counted(is_closed boolean, of_direction text, of_state text, of_measure text, of_outcome text,
    of_turns text[], of_urgency text, is_taken boolean)
  returns table (stage text, urgency text, n bigint)
  language plpgsql security definer rows 20 set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with me as materialized (
      select roles && array['clock', 'oversight'] as watches,
        roles && array['duty-officer', 'reviewer', 'approver'] as works,
        'executing-unit' = any (roles) as executes,
        rogatory_granted() as granted, rogatory_conflicts() as conflicts
      from (select rogatory_roles() as roles) as mine
    ), counted as (
      select ${KIND}, n, true as by_kind from docket_count
      union all select ${KIND}, n, true from docket_change
      -- Of what is sealed only what was given to them, one by one.
      union all select ${kindOf('f')}, 1, false from case_file f, me
        where not me.watches and f.sealed and f.id = any (me.granted) and f.id <> all (me.conflicts)
      union all select ${KIND}, -1, true from rogatory_kept_from((select conflicts from me))
    )
    select c.stage, c.urgency, sum(c.n)::bigint from counted c, me
    where c.closed = is_closed
      and (me.watches or ((me.works or (me.executes and c.executing)) and (not c.sealed or not c.by_kind)))
      and (of_direction is null or c.direction = of_direction)
      and (of_state is null or of_state in (c.requesting_state, c.requested_state))
      and (of_measure is null or c.measure = of_measure)
      and (of_outcome is null or c.outcome = of_outcome)
      and (of_turns is null or c.turn = any (of_turns))
      and (of_urgency is null or c.urgency = of_urgency)
      and (is_taken is null or c.taken = is_taken)
    group by c.stage, c.urgency having sum(c.n) <> 0;
end $$;
revoke execute on function rogatory_counted(boolean, text, text, text, text, text[], text, boolean) from public;
grant execute on function rogatory_counted(boolean, text, text, text, text, text[], text, boolean) to rogatory_app;

-- An owner whom policies bind would count nothing.
alter table case_file no force row level security;
select rogatory_count_anew();
alter table case_file force row level security;

-- The policy says what it said. To the planner a list of roles that overlaps another looked like one row in two hundred, so it
-- read and sorted whole tables for a page; of a case expression it expects that every second row passes.
alter policy seen on case_file using (
  id <> all ((select rogatory_conflicts())::uuid[])
  and case
    when (select rogatory_roles()) && array['clock', 'oversight'] then true
    when (select rogatory_roles()) && array['duty-officer', 'reviewer', 'approver']
      or (executing and 'executing-unit' = any ((select rogatory_roles())::text[]))
      then not sealed or id = any ((select rogatory_granted())::uuid[])
    else false
  end
);

-- The docket as it is mostly asked for, in its order; with everything that filters look at, so that a filter that leaves
-- little is tried on the index alone.
drop index case_file_open_due;
create index case_file_open_due on case_file (due_at nulls last, id)
  include (direction, requesting_state, requested_state, measure, stage, outcome, turn, urgency, assignee, to_call, sealed, executing)
  where not closed;
create index case_file_closed_due on case_file (due_at nulls last, id) where closed;

-- What somebody typed as a question to the index; the last word may be unfinished. Without a word it finds nothing.
create function rogatory_wanted(asked text) returns tsquery language sql immutable parallel safe
  as $$ select case when numnode(plain) = 0 then plain else (plain::text || ':*')::tsquery end
    from plainto_tsquery('simple', asked) as plain $$;
revoke execute on function rogatory_wanted(text) from public;
grant execute on function rogatory_wanted(text) to rogatory_app;

-- The first of what is found, in no order, up to \`most\`: so many and no more are worth sorting. Under row-level security an
-- index answers only leakproof operators, and @@ is none, so this asks as the owner, and only for what whoever asks may see.
-- It is planned anew each time: a word that many cases have is found in another way than one that few have.
drop function rogatory_found(text);
create function rogatory_found(asked text, most integer, is_closed boolean, of_direction text, of_state text, of_measure text,
    of_stage text, of_outcome text, of_turns text[], of_urgency text, is_taken boolean, of_assignees uuid[], before timestamptz)
  returns uuid[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  roles text[] := rogatory_roles();
  found uuid[];
begin
  execute '
    select array_agg(id) from (
      select f.id from case_file f
      where f.search @@ $1 and not f.sealed and case when $2 then f.closed else not f.closed end and f.id <> all ($3)
        and ($4 or ($5 and f.executing))
        and ($6 is null or f.direction = $6)
        and ($7 is null or f.requesting_state = $7 or f.requested_state = $7)
        and ($8 is null or f.measure = $8)
        and ($9 is null or f.stage = $9)
        and ($10 is null or f.outcome = $10)
        and ($11 is null or f.turn = any ($11))
        and ($12 is null or f.urgency = $12)
        and ($13 is null or (f.assignee is not null) = $13)
        and ($14 is null or f.assignee = any ($14))
        and ($15 is null or f.due_at < $15)
      limit $16) as first'
    into found
    using rogatory_wanted(asked), is_closed, rogatory_conflicts(),
      roles && array['clock', 'oversight', 'duty-officer', 'reviewer', 'approver'], 'executing-unit' = any (roles),
      of_direction, of_state, of_measure, of_stage, of_outcome, of_turns, of_urgency, is_taken, of_assignees, before, most;
  return coalesce(found, '{}');
end $$;
revoke execute on function rogatory_found(text, integer, boolean, text, text, text, text, text, text[], text, boolean, uuid[], timestamptz)
  from public;
grant execute on function rogatory_found(text, integer, boolean, text, text, text, text, text, text[], text, boolean, uuid[], timestamptz)
  to rogatory_app;
`)
    .execute(db);
}

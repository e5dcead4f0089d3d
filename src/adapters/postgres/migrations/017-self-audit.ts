// The self-audit: what it found each day, and what it needs to hold counts, terms and erasures against the steps of cases.

import { type Kysely, sql } from 'kysely';
import { KIND, kindOf } from './009-counts.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
-- Kinds of cases of which the docket keeps another count than there are cases. The application's role reads no count itself.
create function rogatory_counts_off() returns table (kind text, kept bigint, there bigint)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not ('clock' = any (rogatory_roles())) then
    raise exception 'the node itself counts' using errcode = 'insufficient_privilege';
  end if;
  return query
    with kept as (
      select ${KIND}, sum(n)::bigint as n from (
        select ${KIND}, n from docket_count union all select ${KIND}, n from docket_change) as both_kept
      group by ${KIND} having sum(n) <> 0
    ), there as (
      select * from (select ${kindOf('f')}, count(*) from case_file f group by ${kindOf('f')}) as counted (${KIND}, n)
    )
    select concat_ws(' ', stage, direction, measure, urgency), coalesce(k.n, 0), coalesce(t.n, 0)
    from kept k full join there t using (${KIND}) where k.n is distinct from t.n;
end $$;
revoke execute on function rogatory_counts_off() from public;
grant execute on function rogatory_counts_off() to rogatory_app;
`)
    .execute(db);
  await sql`
-- By which law, profile and way of folding the lines and terms of all open cases were written, beside the version of the office.
alter table office add column counted_by text;

-- An erasure is a step of its case too. What opens the commitment of that step stays here: its body follows from this row.
alter table case_erasure
  add column seq integer,
  add column salt bytea check (length(salt) = 32),
  add column reason text,
  add column ordered_by text;
drop function rogatory_erase_salts(uuid, timestamptz, uuid);
create function rogatory_erase_salts(of_case uuid, at_moment timestamptz, of_seq integer, own_salt bytea, why text, by_order text)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not ('clock' = any (rogatory_roles())) then
    raise exception 'salts are destroyed by the node itself' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select from case_file f where f.id = of_case and f.closed and f.version = of_seq)
    or exists (select from deadline d where d.case_id = of_case)
    or not exists (select from event e where e.case_id = of_case and e.seq = of_seq and e.type = 'case.erased') then
    raise exception 'only a case that is closed, in which no term runs, is erased, and by a step of its own'
      using errcode = 'check_violation';
  end if;
  insert into case_erasure (case_id, at, seq, salt, reason, ordered_by) values (of_case, at_moment, of_seq, own_salt, why, by_order);
  update opening set salt = null where case_id = of_case;
  delete from case_grant where case_id = of_case;
  delete from case_key where case_id = of_case;
end $$;
revoke execute on function rogatory_erase_salts(uuid, timestamptz, integer, bytea, text, text) from public;
grant execute on function rogatory_erase_salts(uuid, timestamptz, integer, bytea, text, text) to rogatory_app;

-- Each run of the self-audit with how much of each kind it found; and each finding, which may name a case, for oversight alone.
create table log_audit (
  no bigint generated always as identity primary key,
  began_at timestamptz not null,
  ended_at timestamptz not null check (ended_at >= began_at),
  entries bigint not null,
  cases bigint not null,
  found jsonb not null
);
create table log_audit_finding (
  audit bigint not null references log_audit,
  no integer not null check (no > 0),
  kind text not null,
  reference text,
  says text not null,
  primary key (audit, no)
);
grant select, insert on log_audit, log_audit_finding to rogatory_app;
`.execute(db);

  for (const table of ['log_audit', 'log_audit_finding'])
    await sql`
create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
  for each row execute function rogatory_append_only();
create trigger ${sql.raw(table)}_is_never_emptied before truncate on ${sql.raw(table)}
  for each statement execute function rogatory_append_only();
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
create policy added on ${sql.raw(table)} for insert with check ('clock' = any ((select rogatory_roles())::text[]));
`.execute(db);
  await sql`
-- The node holds the lists that samples are drawn from against their hashes.
create policy held on oversight_population for select using ('clock' = any ((select rogatory_roles())::text[]));
create policy seen on log_audit for select using ((select rogatory_roles()) && array['clock', 'oversight', 'registrar']);
create policy seen on log_audit_finding for select using ((select rogatory_roles()) && array['clock', 'oversight']);
`.execute(db);
}

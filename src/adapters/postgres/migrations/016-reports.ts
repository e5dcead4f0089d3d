// Public figures: the one function that gives steps without people, the steps of each quarter as they were taken down, and reports.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- A report asks for the events of a quarter; they lie in the table in the order of their moments, nearly.
create index event_at on event using brin (at);

-- What is counted of the steps between two moments: of which kind, by what they are told apart, their commitment, and how long
-- after the request. No case, no person, no word. Of a sealed case it is told that there was one, and nothing else.
create function rogatory_figures(since timestamptz, till timestamptz)
  returns table (kind text, "at" jsonb, commitment bytea, hours double precision)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not ('clock' = any (rogatory_roles())) then
    raise exception 'the node itself counts' using errcode = 'insufficient_privilege';
  end if;
  return query
  with step as materialized (
    select e.case_id, e.seq, e.type, e.at as moment, o.commitment as mark, f.sealed as shut,
      extract(epoch from e.at - f.received_at)::double precision / 3600 as since_arrival,
      jsonb_build_object('state', f.requesting_state, 'measure', f.measure, 'instrument', coalesce(f.instrument, '-'),
        'urgency', f.urgency) as what,
      case when f.sealed then null else convert_from(e.body, 'UTF8')::jsonb end as said
    from event e
    join case_file f on f.id = e.case_id
    join opening o on o.case_id = e.case_id and o.seq = e.seq
    where e.at < till and f.direction = 'incoming'
      and (e.at >= since or (e.type = 'disclosure.secrecy-ordered' and not f.sealed))
      and e.type in ('case.opened', 'request.acknowledged', 'decision.countersigned', 'execution.completed', 'case.closed',
        'preservation.opened', 'execution.validated', 'execution.validation-failed', 'execution.validation-overdue',
        'disclosure.secrecy-ordered', 'disclosure.secrecy-ended', 'disclosure.secrecy-lifted', 'notice.sent', 'notice.delayed',
        'notice.not-needed', 'notice.complaint-received', 'notice.complaint-answered')
  ), own as (
    select s.*, not exists (select from event p where p.case_id = s.case_id and p.type = s.type and p.seq < s.seq) as is_first
    from step s where not s.shut and s.moment >= since
  )
  select 'sealed', '{}'::jsonb, s.mark, null::double precision from step s where s.shut and s.type = 'case.opened' and s.moment >= since
  union all
  select 'received', o.what, o.mark, null from own o where o.type = 'case.opened'
  union all
  select case o.type when 'request.acknowledged' then 'acknowledged' when 'decision.countersigned' then 'answered'
      when 'execution.completed' then 'executed' else 'closed' end, o.what, o.mark, o.since_arrival
    from own o where o.is_first
      and o.type in ('request.acknowledged', 'decision.countersigned', 'execution.completed', 'case.closed')
  union all
  select 'decided', o.what || jsonb_build_object('outcome', d.disposition) ||
      case when d.disposition in ('refuse', 'postpone') then jsonb_build_object('ground', coalesce((
        select convert_from(p.body, 'UTF8')::jsonb #>> '{proposal,grounds,0,provision}' from event p
        where p.case_id = o.case_id and p.type = 'decision.proposed' and p.seq < o.seq order by p.seq desc limit 1), '-'))
      else '{}' end, o.mark, null
    from own o join decision d on d.case_id = o.case_id and d.no = (o.said ->> 'no')::integer
    where o.type = 'decision.countersigned'
  union all
  select 'held', o.what, o.mark, null from own o where o.type = 'preservation.opened'
  union all
  select 'validation', o.what || jsonb_build_object('how', case o.type when 'execution.validated' then 'validated'
      when 'execution.validation-failed' then 'failed' else 'overdue' end), o.mark, null
    from own o where o.type like 'execution.validat%'
  union all
  select 'secrecy-ordered', o.what, o.mark, null from own o where o.type = 'disclosure.secrecy-ordered'
  union all
  select 'secrecy-ended', o.what || jsonb_build_object('how', case o.type when 'disclosure.secrecy-ended' then 'ended' else 'lifted' end),
    o.mark, null
    from own o where o.type in ('disclosure.secrecy-ended', 'disclosure.secrecy-lifted')
  union all
  select 'secrecy-open', s.what, s.mark, null from step s
    where s.type = 'disclosure.secrecy-ordered' and not s.shut and not exists (
      select from event e where e.case_id = s.case_id and e.at < till
        and e.type in ('disclosure.secrecy-ended', 'disclosure.secrecy-lifted')
        and convert_from(e.body, 'UTF8')::jsonb -> 'order' = s.said -> 'order')
  union all
  select 'told', o.what, o.mark, null from own o where o.type = 'notice.sent' and not exists (
      select from event p where p.case_id = o.case_id and p.type = 'notice.sent' and p.seq < o.seq
        and convert_from(p.body, 'UTF8')::jsonb -> 'notice' = o.said -> 'notice')
  union all
  select case o.type when 'notice.delayed' then 'notice-delayed' when 'notice.not-needed' then 'notice-not-needed' else 'complaint' end,
    o.what, o.mark, null
    from own o where o.type in ('notice.delayed', 'notice.not-needed', 'notice.complaint-received')
  union all
  select 'complaint-answered', o.what || jsonb_build_object('how', o.said ->> 'outcome'), o.mark, null
    from own o where o.type = 'notice.complaint-answered'
  order by 1, 3;
end $$;
revoke execute on function rogatory_figures(timestamptz, timestamptz) from public;
grant execute on function rogatory_figures(timestamptz, timestamptz) to rogatory_app;

-- The steps of a quarter as they were taken down for its first report. A year is the sum of its quarters as they stand here.
create table report_fact (
  quarter text primary key check (quarter ~ '^\\d{4}-Q[1-4]$'),
  taken_at timestamptz not null,
  facts jsonb not null
);

create table report (
  no integer primary key check (no > 0),
  period text not null unique check (period ~ '^\\d{4}(-Q[1-4])?$'),
  made_at timestamptz not null,
  made_by uuid not null references person,
  -- Canonical JSON: these bytes are committed to.
  body text not null,
  commitment bytea not null unique references commitment (value),
  previous bytea references report (commitment),
  salt bytea not null check (length(salt) = 32),
  check ((no = 1) = (previous is null))
);

-- What the salts of a report's proofs are made from: with it, and a guess of which steps, a figure could be tried.
create table report_secret (
  no integer primary key references report,
  secret bytea not null check (length(secret) = 32)
);
grant select, insert on report_fact, report, report_secret to rogatory_app;

create function rogatory_report_follows() returns trigger language plpgsql as $$
begin
  if new.no <> 1 + coalesce((select max(no) from report), 0)
      or new.previous is distinct from (select r.commitment from report r where r.no = new.no - 1) then
    raise exception 'a report follows on the one before' using errcode = 'unique_violation';
  end if;
  return new;
end $$;
create trigger report_follows before insert on report for each row execute function rogatory_report_follows();
`.execute(db);

  for (const table of ['report_fact', 'report', 'report_secret'])
    await sql`
create trigger ${sql.raw(table)}_append_only before update or delete on ${sql.raw(table)}
  for each row execute function rogatory_append_only();
create trigger ${sql.raw(table)}_is_never_emptied before truncate on ${sql.raw(table)}
  for each statement execute function rogatory_append_only();
alter table ${sql.raw(table)} enable row level security;
alter table ${sql.raw(table)} force row level security;
`.execute(db);

  await sql`
create policy seen on report_fact for select using ((select rogatory_roles()) && array['clock', 'oversight']);
create policy added on report_fact for insert with check ('clock' = any ((select rogatory_roles())::text[]));
-- A report is there for everybody.
create policy seen on report for select using (true);
create policy added on report for insert with check (
  (select rogatory_roles()) && array['approver', 'registrar'] and made_by = rogatory_person());
create policy seen on report_secret for select using ((select rogatory_roles()) && array['clock', 'oversight']);
create policy added on report_secret for insert with check ((select rogatory_roles()) && array['approver', 'registrar']);
`.execute(db);
}

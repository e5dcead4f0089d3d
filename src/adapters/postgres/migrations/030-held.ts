// Steps of what no case holds, each with its commitment: what people sign in with, and what else may change only by an act on record.
// Sessions, and what works once, bear a mark of the node, so that whoever has the database writes none.

import { type Kysely, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- A chain for each account. The text of a step has the marks of the rows that it left, made under a secret of the node.
create table held_step (
  chain text not null,
  seq integer not null check (seq > 0),
  type text not null,
  at timestamptz not null,
  person uuid references person,
  body bytea not null,
  commitment bytea not null unique references commitment (value),
  salt bytea not null check (length(salt) = 32),
  previous bytea check (length(previous) = 32),
  primary key (chain, seq),
  check ((seq = 1) = (previous is null))
);
grant select, insert on held_step to rogatory_app;

-- Without one nobody is let in: who was signed in does so again, and links that were not used yet are made anew.
alter table session add column mark text;
alter table one_time add column mark text;

create function rogatory_held_step_follows() returns trigger language plpgsql as $$
begin
  if new.seq > 1 and not exists (
      select from held_step h where h.chain = new.chain and h.seq = new.seq - 1 and h.commitment = new.previous) then
    raise exception 'a step follows another' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger held_step_follows before insert on held_step for each row execute function rogatory_held_step_follows();
create trigger held_step_append_only before update or delete on held_step
  for each row execute function rogatory_append_only();
create trigger held_step_is_never_emptied before truncate on held_step
  for each statement execute function rogatory_append_only();
`.execute(db);
}

-- Whose contact, preferences or blocked addresses changed: what a replica drops from its memory before it decides again. Written by
-- triggers, so that nobody who changes a recipient can forget to.

create table recipient_change (
  position    bigint not null,              -- of the journal, which whoever changes a recipient holds: it rises in the order of commit
  tenant      text collate "C" not null,
  customer_id text collate "C",             -- null: anybody of the tenant
  changed_at  timestamptz not null default now()
) with (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 1000);
create index recipient_change_by_position on recipient_change (position);

create function note_customers() returns trigger language plpgsql set search_path from current as $$
begin
  insert into recipient_change (position, tenant, customer_id) select distinct h.position, c.tenant, c.id from changed c cross join journal_head h;
  return null;
end $$;
create trigger customer_came    after insert on customer referencing new table as changed for each statement execute function note_customers();
create trigger customer_changed after update on customer referencing new table as changed for each statement execute function note_customers();
create trigger customer_went    after delete on customer referencing old table as changed for each statement execute function note_customers();

create function note_preferences() returns trigger language plpgsql set search_path from current as $$
begin
  insert into recipient_change (position, tenant, customer_id) select distinct h.position, c.tenant, c.customer_id from changed c cross join journal_head h;
  return null;
end $$;
create trigger preference_came    after insert on preference referencing new table as changed for each statement execute function note_preferences();
create trigger preference_changed after update on preference referencing new table as changed for each statement execute function note_preferences();
create trigger preference_went    after delete on preference referencing old table as changed for each statement execute function note_preferences();

create function note_addresses() returns trigger language plpgsql set search_path from current as $$
begin
  insert into recipient_change (position, tenant) select distinct h.position, c.tenant from changed c cross join journal_head h;
  return null;
end $$;
create trigger address_blocked after insert on address_suppression referencing new table as changed for each statement execute function note_addresses();

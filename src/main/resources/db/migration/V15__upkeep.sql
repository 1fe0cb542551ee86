-- What is done once per cluster, and what is forgotten in time.

create table job (                             -- one row a job: when it ran last, and who runs it now
  name         text collate "C" primary key,
  ended_at     timestamptz not null default '-infinity',
  leased_until timestamptz not null default '-infinity'
);

create index event_seen_by_age on event_seen using brin (recorded_at);
create index business_key_by_age on business_key using brin (created_at);
create index dead_letter_by_age on dead_letter using brin (dead_at);

-- Drops the weeks of a table that ended by `before` and by `needed`. Says which.
create function drop_weeks(parent text, before timestamptz, needed timestamptz) returns setof text
  language plpgsql set search_path from current set lock_timeout = '5s' as $$
declare
  week record;
begin
  for week in
    select name, ends from weeks_of(parent) order by ends
  loop
    exit when week.ends > least(before, needed);
    execute format('drop table %I', week.name);
    return next week.name;
  end loop;
end $$;

-- Since when notifications and deliveries have to be kept: what is still to be sent, or may be tried again, is read there.
create function deliveries_needed_since() returns timestamptz language sql volatile set search_path from current as $$
  select coalesce(min(created_at), 'infinity') - interval '1 day' from outbox      -- a notification is a little older than its deliveries
$$;

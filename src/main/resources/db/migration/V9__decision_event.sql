-- Which event a decision answers: an id is its source's own, and two sources may use one for two events. A position is unique.
-- Null for decisions written before this; they are shown with every event of their id, as they were.

alter table decision add column event_position bigint;

-- The weeks a table is partitioned into.
create function weeks_of(parent text) returns table (name text, ends timestamptz) language sql stable set search_path from current as $$
  select c.relname, (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = parent::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
$$;

-- Drops the weeks of events that ended by `before`, but none that is needed yet: not the week of an event that nobody has answered
-- or that something waits because of, and none after it, for what did not happen in the meantime is looked up there. Says which.
create function drop_events(before timestamptz) returns setof text
  language plpgsql set search_path from current set lock_timeout = '5s' as $$
declare
  week record;
begin
  for week in
    select name, ends from weeks_of('event') order by ends
  loop
    exit when week.ends > before or week.ends > events_needed_since();
    lock table event in access exclusive mode;       -- whoever arms a timer has read its event by then, and is seen when we look again
    exit when week.ends > events_needed_since();
    execute format('drop table %I', week.name);
    return next week.name;
  end loop;
end $$;

-- Since when events have to be kept; infinity when nothing waits.
create function events_needed_since() returns timestamptz language sql volatile set search_path from current as $$
  select least(coalesce((select min(recorded_at) from event_pending), 'infinity'),
               coalesce((select min(least(event_recorded_at, armed_at)) from timer), 'infinity'))
$$;

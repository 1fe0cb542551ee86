-- The journal of events, what no reaction has answered yet, and what waits for its time.

create table event (
  position    bigint not null,                  -- order of commit: docs/adr/0003
  recorded_at timestamptz not null,
  tenant      text collate "C" not null,
  id          text collate "C" not null,
  source      text not null,
  type        text not null,
  subject     text collate "C",
  occurred_at timestamptz not null,             -- at most recorded_at: docs/adr/0016
  sent_at     text,                             -- the time as sent, where occurred_at is another: in the future, or to the nanosecond
  address     text not null,
  data        json not null,
  content     json,                             -- data that is no JSON object, as it came; else null
  extensions  json not null,                    -- traceparent, correlationid, causationid, partitionkey
  traits      json,                             -- what the sender says of the subject besides; null for nothing
  erased      boolean not null default false,   -- its data is deleted; only that there was an event is left
  bytes       integer,                          -- of data, traits, content and extensions, and 16 more for each value in them: what is
                                                -- read at once is bounded by it. Null where the event is small enough to lie in its row
  primary key (position, recorded_at)
) partition by range (recorded_at);
create table event_default partition of event default;
create index event_by_id on event (tenant, id);
create index event_by_subject on event (tenant, subject, position) where subject is not null;
create index event_by_subject_and_type on event (tenant, subject, type, occurred_at, position) where subject is not null;
create index event_newest on event (tenant, recorded_at, position);
create index event_newest_of_type on event (tenant, type, recorded_at, position);

-- The last position and time: who appends holds this row until its commit, so that both rise in the order of commit.
create table journal_head (
  one         boolean primary key default true check (one),
  position    bigint not null,
  recorded_at timestamptz not null
) with (fillfactor = 10, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);
insert into journal_head (position, recorded_at) values (0, 'epoch');

create table event_seen (                       -- a duplicate has the same source and id
  tenant      text collate "C" not null,
  source      text collate "C" not null,
  id          text collate "C" not null,
  recorded_at timestamptz not null,
  primary key (tenant, source, id)
);
create index event_seen_by_age on event_seen using brin (recorded_at);

create table event_pending (                    -- what no reaction has answered yet: docs/adr/0030
  position    bigint primary key,
  recorded_at timestamptz not null,
  tenant      text collate "C" not null,
  address     text not null,
  partition   integer,                          -- events of one partition are answered in order; null waits for no other
  attempts    smallint not null default 0,
  due_at      timestamptz not null,             -- of a walk, when it had its last page
  cursor      json,                             -- how far its large audience was walked: {"rule": …, "about": position, "after": customer id, "next": the rules behind it}
  behind      bigint,                           -- the walk of the same partition that has to end first
  error       text                              -- why the last attempt failed; parked after the last one
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index event_pending_due on event_pending (address, position) where cursor is null and behind is null and (error is null or attempts < 5);
create index event_pending_walk on event_pending (address, partition, position) where cursor is not null and partition is not null and (error is null or attempts < 5);
-- The time is in the condition so that only who asks for walks by their time finds them here: look-ups by address are never planned by it.
create index event_pending_page on event_pending (tenant, due_at) where cursor is not null and due_at > '-infinity' and (error is null or attempts < 5);
create index event_pending_behind on event_pending (behind) where behind is not null;

create table timer (                            -- delays, absences, digests, deadlines of collections
  id                text collate "C" primary key,   -- ULID; a digest's is the id of the notification it becomes
  tenant            text collate "C" not null,
  address           text not null,                  -- whose loop answers it
  kind              text not null,                  -- delay, absence, digest, timeout
  rule_id           text not null,
  rule_version      text not null,                  -- the version it is judged by
  customer_id       text collate "C" not null,
  key               text collate "C" not null,      -- of the digest or the collected set; else empty
  event_position    bigint not null,                -- the event that armed it
  event_recorded_at timestamptz not null,
  armed_at          timestamptz not null,           -- journal time
  due_at            timestamptz not null,
  open              boolean not null default true,  -- a digest that still takes items
  items             integer not null default 0,
  bytes             integer not null default 0,     -- of what a digest has absorbed: it closes when it is full
  attempts          smallint not null default 0,
  error             text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index timer_due on timer (address, due_at, id) where error is null or attempts < 5;
create index timer_by_customer on timer (tenant, customer_id, id);
create index timer_by_tenant on timer (tenant, id);
create unique index timer_open_digest on timer (tenant, rule_id, customer_id, key) where kind = 'digest' and open;

create table digest_item (                      -- what a digest has absorbed
  digest_id    text collate "C" not null,
  tenant       text collate "C" not null,
  position     bigint not null,
  recorded_at  timestamptz not null,
  n            integer not null,
  event_id     text collate "C" not null,
  context      json not null,
  business_key text collate "C",
  primary key (digest_id, n)
);

-- Since when events have to be kept; infinity when nothing waits.
create function events_needed_since() returns timestamptz language sql volatile set search_path from current as $$
  select least(coalesce((select min(recorded_at) from event_pending), 'infinity'),
               coalesce((select min(least(event_recorded_at, armed_at)) from timer), 'infinity'))
$$;

-- Drops the weeks of events that ended by `before`, but none that is needed: not the week of an event that nobody has answered or that
-- a timer waits because of, and none after it, because what did not happen in the meantime is looked up there. Returns their names.
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

-- Carillon's core: tenants and keys, the journal, what is remembered, the corridor, delivery.
-- Every row names its tenant. Wide rows are written once; what changes is narrow and short-lived.
-- Documents are json, not jsonb: they are never searched by content, json keeps what was sent (NUL escapes
-- included), and costs no conversion.

create sequence event_position;
create sequence lease_token;

create table tenant (
  id         text primary key,
  throwaway  boolean not null default false,    -- a demo run's
  filled     boolean not null default false,    -- has the sample data
  created_at timestamptz not null
);
insert into tenant (id, created_at) values ('default', now());

create table api_key (
  hash       bytea primary key,               -- SHA-256 of the key: the key itself is shown once and never kept
  id         text not null unique,
  tenant     text not null references tenant on delete cascade,
  roles      text[] not null,
  label      text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- The journal -----------------------------------------------------------------------------------------------------

create table event (
  position    bigint not null,                -- order of commit: see docs/adr/0003
  recorded_at timestamptz not null,
  tenant      text collate "C" not null,
  id          text collate "C" not null,
  source      text not null,
  type        text not null,
  subject     text collate "C",
  occurred_at timestamptz not null,
  address     text not null,
  data        json not null,
  extensions  json not null,                  -- traceparent, correlationid, causationid, partitionkey
  primary key (position, recorded_at)
) partition by range (recorded_at);
create index event_by_id on event (tenant, id);
create index event_by_subject on event (tenant, subject, position) where subject is not null;

create table event_seen (                     -- "duplicate" means same source and id
  tenant      text collate "C" not null,
  source      text collate "C" not null,
  id          text collate "C" not null,
  recorded_at timestamptz not null,
  primary key (tenant, source, id)
);

create table event_pending (                  -- what no reaction has answered yet
  position    bigint primary key,
  recorded_at timestamptz not null,
  tenant      text collate "C" not null,
  address     text not null,
  attempts    smallint not null default 0,
  due_at      timestamptz not null,
  cursor      json,                           -- where a large audience was left: {"rule": …, "after": customer id}
  error       text                            -- why the last attempt failed; parked after the last one
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index event_pending_due on event_pending (address, position) where error is null or attempts < 5;

-- Memory: folded from events in the transaction that appends them ---------------------------------------------------

create table memory_entity (                  -- last writer by event time
  tenant   text collate "C" not null,
  kind     text not null,                     -- order, product
  id       text collate "C" not null,
  data     json not null,
  as_of    timestamptz not null,
  event_id text collate "C" not null,         -- decides between equal times
  primary key (tenant, kind, id)
) with (fillfactor = 80);

create table memory_relation (                -- who has what: cart, wishlist
  tenant      text collate "C" not null,
  relation    text not null,
  object      text collate "C" not null,
  customer_id text collate "C" not null,
  present     boolean not null,
  as_of       timestamptz not null,
  event_id    text collate "C" not null,
  primary key (tenant, relation, object, customer_id)
) with (fillfactor = 80);

create table memory_collection (              -- one row a set that a rule collects: its lock
  tenant     text collate "C" not null,
  rule       text collate "C" not null,
  key        text collate "C" not null,
  touched_at timestamptz not null,
  primary key (tenant, rule, key)
) with (fillfactor = 70);

create table memory_collected (
  tenant   text collate "C" not null,
  rule     text collate "C" not null,
  key      text collate "C" not null,
  item     text collate "C" not null,
  value    json not null,
  as_of    timestamptz not null,
  event_id text collate "C" not null,
  primary key (tenant, rule, key, item)
) with (fillfactor = 80);

-- The corridor ------------------------------------------------------------------------------------------------------

create table customer (                       -- who, and where they can be reached
  tenant     text collate "C" not null,
  id         text collate "C" not null,
  name       text,
  email      text,
  phone      text,
  segment    text,
  attributes json not null default '{}',
  version    integer not null default 1,
  as_of      timestamptz not null,
  primary key (tenant, id)
) with (fillfactor = 80);
create index customer_by_segment on customer (tenant, segment, id) where segment is not null;

create table preference (
  tenant      text collate "C" not null,
  customer_id text collate "C" not null,
  choices     json not null,                  -- {"preferences": {category: {channel: bool}}, "channels": {…}, "categories": {…}}
  version     integer not null default 1,
  as_of       timestamptz not null,
  primary key (tenant, customer_id)
) with (fillfactor = 80);

create table business_key (                   -- one message per business fact, whichever door it came through
  tenant          text collate "C" not null,
  key             text collate "C" not null,
  notification_id text collate "C" not null,
  created_at      timestamptz not null,
  primary key (tenant, key)
);

create table notification (
  id             text collate "C" not null,   -- ULID: its time is created_at
  created_at     timestamptz not null,
  tenant         text collate "C" not null,
  type           text not null,
  category       text not null,
  customer_id    text collate "C" not null,
  door           text not null,               -- event-sourced, api-driven
  context        json not null,
  business_key   text,
  correlation_id text,
  event_id       text collate "C",
  rule_id        text,
  reason         text,                        -- why nobody is told, when nobody is
  detail         text,
  duplicate_of   text collate "C",
  primary key (tenant, id, created_at)
) partition by range (created_at);
create index notification_by_customer on notification (tenant, customer_id, id);

create table decision (                       -- one record a decision: gates in order, the verdict is the last gate
  id              text collate "C" not null,
  decided_at      timestamptz not null,
  tenant          text collate "C" not null,
  door            text not null,
  event_id        text collate "C",
  rule_id         text,
  rule_version    text,
  customer_id     text collate "C",
  notification_id text collate "C",
  verdict         text not null,              -- notify, suppress, ignore
  reason          text,
  detail          text,
  gates           json not null,
  primary key (id, decided_at)
) partition by range (decided_at);
create index decision_by_event on decision (tenant, event_id) where event_id is not null;
create index decision_by_customer on decision (tenant, customer_id, id) where customer_id is not null;

-- Delivery ----------------------------------------------------------------------------------------------------------

create table delivery (
  id              text collate "C" not null,  -- ULID: its time is created_at
  created_at      timestamptz not null,
  tenant          text collate "C" not null,
  notification_id text collate "C" not null,
  channel         text not null,
  recipient       text,
  subject         text,
  body            text,
  html            text,
  reason          text,                       -- why this channel was skipped, when it was
  detail          text,
  primary key (id, created_at)
) partition by range (created_at);
create index delivery_by_notification on delivery (notification_id);

create table outbox (                         -- only what is still to be done; a row leaves with its last attempt
  delivery_id text collate "C" primary key,
  created_at  timestamptz not null,           -- the delivery's partition
  tenant      text collate "C" not null,
  channel     text not null,
  priority    smallint not null,              -- 0 high, 1 normal, 2 low
  state       smallint not null default 0,    -- 0 waiting, 1 leased
  due_at      timestamptz not null,
  attempt     smallint not null default 0,
  expires_at  timestamptz,
  lease_token bigint,
  lease_until timestamptz,
  traceparent text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index outbox_due on outbox (channel, priority, due_at, delivery_id) where state = 0;
create index outbox_leased on outbox (lease_until) where state = 1;

create table attempt (
  delivery_id         text collate "C" not null,
  number              smallint not null,
  ended_at            timestamptz not null,
  tenant              text collate "C" not null,
  provider            text not null,
  outcome             text not null,          -- sent, retry, refused, unknown
  failure             text,
  detail              text,
  provider_message_id text,
  started_at          timestamptz not null,
  primary key (delivery_id, number, ended_at)
) partition by range (ended_at);

create table dead_letter (
  delivery_id text collate "C" primary key,
  tenant      text collate "C" not null,
  channel     text not null,
  failure     text not null,
  detail      text not null,
  attempts    smallint not null,
  dead_at     timestamptz not null
);
create index dead_letter_by_tenant on dead_letter (tenant, delivery_id);

-- Partitions: one a week, made ahead; the default one catches what no week was made for -------------------------------

create table event_default        partition of event default;
create table notification_default partition of notification default;
create table decision_default     partition of decision default;
create table delivery_default     partition of delivery default;
create table attempt_default      partition of attempt default;

-- Makes the weekly partitions from the week of `since` on; leaves alone those that exist. Several nodes may call it at once.
create function make_partitions(since timestamptz, weeks integer) returns integer language plpgsql set search_path from current as $$
declare
  parent text;
  week   timestamptz;
  name   text;
  made   integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('carillon.make_partitions'));
  foreach parent in array array['event', 'notification', 'decision', 'delivery', 'attempt'] loop
    for i in 0 .. weeks - 1 loop
      week := (date_trunc('week', since at time zone 'UTC') + i * interval '1 week') at time zone 'UTC';
      name := parent || '_' || to_char(week at time zone 'UTC', 'IYYY"w"IW');
      if to_regclass(name) is null then
        execute format('create table %I partition of %I for values from (%L) to (%L)',
                       name, parent, week, week + interval '7 days');
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
select make_partitions(now(), 9);

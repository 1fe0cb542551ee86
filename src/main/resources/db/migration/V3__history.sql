-- What the past needs: the journal in order of time as well as position, memory and recipients as they stood at any position,
-- and what waits for its time.

-- The journal ---------------------------------------------------------------------------------------------------------

alter table event add column traits json;      -- what the sender said of the subject besides; null for nothing

-- The last position and time: who appends holds this row until its commit, so that both rise in the order of commit.
create table journal_head (
  one         boolean primary key default true check (one),
  position    bigint not null,
  recorded_at timestamptz not null
) with (fillfactor = 10, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);
insert into journal_head (position, recorded_at)
  select case when is_called then last_value else 0 end, coalesce((select max(recorded_at) from event), 'epoch') from event_position;
drop sequence event_position;

-- what else was heard of a subject
create index event_by_subject_and_type on event (tenant, subject, type, occurred_at, position) where subject is not null;

-- Memory: a row a version, valid from its position on; state says who said what when ---------------------------------

alter table memory_entity add column position bigint not null default 0, add column state json;
update memory_entity set state = json_build_object('fields',
  (select json_object_agg(f.key, json_build_object('value', f.value, 'stamp', json_build_object('at', as_of, 'by', event_id)))
   from json_each(data) f), 'items', json_build_object());
alter table memory_entity drop constraint memory_entity_pkey, drop column as_of, drop column event_id, alter column state set not null,
  alter column position drop default, add primary key (tenant, kind, id, position);

alter table memory_relation add column position bigint not null default 0;
alter table memory_relation drop constraint memory_relation_pkey, alter column position drop default;
create unique index memory_relation_by_object on memory_relation (tenant, relation, object, customer_id, position desc);

drop table memory_collection;
create table memory_collection (               -- one row a set that a rule collects: when its first event was heard
  tenant    text collate "C" not null,
  rule      text collate "C" not null,
  key       text collate "C" not null,
  position  bigint not null,
  opened_at timestamptz not null,
  primary key (tenant, rule, key)
);
alter table memory_collected add column position bigint not null default 0;
alter table memory_collected drop constraint memory_collected_pkey, alter column position drop default;
create unique index memory_collected_by_set on memory_collected (tenant, rule, key, item, position desc);

-- Recipients: the row is the present, versions are the past ------------------------------------------------------------

alter table customer add column state json;
update customer set state = json_build_object('fields',
  (select json_object_agg(f.key, json_build_object('value', f.value, 'stamp', json_build_object('at', as_of, 'by', '')))
   from json_each(to_json((select r from (select name, email, phone, segment) r))) f), 'items', json_build_object());
alter table customer alter column state set not null, drop column as_of;

create table customer_version (
  tenant     text collate "C" not null,
  id         text collate "C" not null,
  position   bigint not null,                  -- valid from this event on
  version    integer not null,
  name       text,
  email      text,
  phone      text,
  segment    text,
  attributes json not null,
  primary key (tenant, id, position, version)
);
create index customer_version_by_segment on customer_version (tenant, segment, id) where segment is not null;
insert into customer_version select tenant, id, 0, version, name, email, phone, segment, attributes from customer;

alter table preference add column event_id text collate "C" not null default '';
create table preference_version (
  tenant      text collate "C" not null,
  customer_id text collate "C" not null,
  position    bigint not null,
  version     integer not null,
  choices     json not null,
  primary key (tenant, customer_id, position, version)
);
insert into preference_version select tenant, customer_id, 0, version, choices from preference;

-- What waits for its time: delays, absences, digests, the patience with a collection ------------------------------------

create table timer (
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
  attempts          smallint not null default 0,
  error             text
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
create index timer_due on timer (address, due_at, id) where error is null or attempts < 5;
create index timer_by_customer on timer (tenant, customer_id, id);
create index timer_by_tenant on timer (tenant, id);
create unique index timer_open_digest on timer (tenant, rule_id, customer_id, key) where kind = 'digest' and open;

create table digest_item (                     -- what a digest has absorbed
  digest_id      text collate "C" not null,
  tenant         text collate "C" not null,
  position       bigint not null,
  recorded_at    timestamptz not null,
  n              integer not null,
  event_id       text collate "C" not null,
  context        json not null,
  business_key   text collate "C",
  primary key (digest_id, n)
);

-- Decisions say as of which position recipients were judged; what waits is a verdict too --------------------------------

alter table decision
  add column as_of     bigint,                  -- null for door 2, which judges the present
  add column judged_at timestamptz;             -- journal time: when its event was recorded, when its timer was due
drop index decision_by_event;
create index decision_by_event on decision (tenant, event_id, rule_id, customer_id) where event_id is not null;

-- Where a replay builds memory anew; at its end the tables change places.
create schema if not exists carillon_replay;

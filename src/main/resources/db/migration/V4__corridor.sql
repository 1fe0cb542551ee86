-- The corridor: who can be notified and how, what was decided, and how often somebody was notified lately.

create table customer (                         -- the present; versions are the past
  tenant     text collate "C" not null,
  id         text collate "C" not null,
  name       text,
  email      text,
  phone      text,
  segment    text,
  attributes json not null default '{}',
  state      json not null,                     -- field by field: who said what when
  version    integer not null default 1,
  primary key (tenant, id)
) with (fillfactor = 80);
create index customer_by_segment on customer (tenant, segment, id) where segment is not null;

-- The words of customers' names as they are searched: without case and accents. One row a word, so that a prefix is a stretch of an index.
create table customer_word (
  tenant      text collate "C" not null,
  customer_id text collate "C" not null,
  word        text collate "C" not null,
  primary key (tenant, customer_id, word)
);
create index customer_word_by_word on customer_word (tenant, word, customer_id);
create index customer_by_email on customer (tenant, (lower(email) collate "C"), id) where email is not null;
create index customer_by_phone on customer (tenant, (phone collate "C"), id) where phone is not null;

create function folded(words text) returns text language sql immutable as $$
  select lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'))
$$;
create function words_of(name text) returns setof text language sql immutable as $$
  select distinct w from regexp_split_to_table(folded(name), '[\s.,;:''’"()/_-]+') w where w <> ''
$$;

create function note_name() returns trigger language plpgsql set search_path from current as $$
begin
  if tg_op <> 'INSERT' then
    delete from customer_word where tenant = old.tenant and customer_id = old.id;
  end if;
  if tg_op <> 'DELETE' then
    insert into customer_word (tenant, customer_id, word) select new.tenant, new.id, w from words_of(new.name) w;
  end if;
  return null;
end $$;
create trigger customer_named   after insert on customer for each row when (new.name is not null) execute function note_name();
create trigger customer_renamed after update of name on customer for each row when (new.name is distinct from old.name) execute function note_name();
create trigger customer_unnamed after delete on customer for each row when (old.name is not null) execute function note_name();

create table customer_version (
  tenant     text collate "C" not null,
  id         text collate "C" not null,
  position   bigint not null,                   -- valid from this event on
  version    integer not null,
  name       text,
  email      text,
  phone      text,
  segment    text,
  attributes json not null,
  primary key (tenant, id, position, version)
);
create index customer_version_by_segment on customer_version (tenant, segment, id) where segment is not null;

create table preference (                       -- the present; versions are the past
  tenant         text collate "C" not null,
  customer_id    text collate "C" not null,
  choices        json not null,                 -- {"preferences": {category: {channel: bool}}, "channels": {…}, "categories": {…}}
  version        integer not null default 1,
  as_of          timestamptz not null,
  as_of_position bigint not null default 0,     -- decides between equal times where the time is that of recording; else 0
  event_id       text collate "C" not null default '',
  primary key (tenant, customer_id)
) with (fillfactor = 80);

create table preference_version (
  tenant      text collate "C" not null,
  customer_id text collate "C" not null,
  position    bigint not null,
  version     integer not null,
  choices     json not null,
  primary key (tenant, customer_id, position, version)
);

create table address_suppression (            -- of each cause the newest row says whether it holds, those before whether it held at
  tenant   text collate "C" not null,         -- their position; lifting one cause leaves the others
  address  text collate "C" not null,         -- as addresses are compared
  channel  text collate "C" not null,
  cause    text not null,                     -- bounce, complaint, stop, manual
  position bigint not null,                   -- its place in the journal
  lifted   boolean not null default false,
  id       text collate "C" not null,
  detail   text,
  source   text not null,                     -- the provider, or the id of the API key
  since    timestamptz not null,
  primary key (tenant, address, channel, cause, position)
);
create index address_suppression_by_id on address_suppression (tenant, id);
create index address_suppression_elsewhere on address_suppression (tenant) where channel not in ('email', 'sms');

-- Whose contact, preferences or suppressed addresses changed: what a replica drops from its cache before it decides again, and what tells
-- that a decision is not stale, because nothing has changed since. Written by triggers, so that nobody who changes a recipient can forget to.
create table recipient_change (
  position    bigint not null,                  -- of the journal, which whoever changes a recipient holds: it rises in the order of commit
  tenant      text collate "C" not null,
  customer_id text collate "C",                 -- null: anybody of the tenant
  changed_at  timestamptz not null default clock_timestamp()  -- rises with the position: the oldest are forgotten first
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

create table erasure (                          -- customers to be erased: the record of it, and the work until it has ended
  tenant       text collate "C" not null,
  customer_id  text collate "C" not null,
  position     bigint not null,                 -- up to this event; what comes later is news
  asked_at     timestamptz not null,
  leased_until timestamptz not null,
  ended_at     timestamptz,
  customer_version   integer not null default 0,  -- the last ones there were: whoever is known again by the id goes on counting from
  preference_version integer not null default 0,  -- them, so that what was seen before never matches what comes after
  primary key (tenant, customer_id, position)
);
create index erasure_open on erasure (leased_until) where ended_at is null;

create table business_key (                     -- one message per business fact, whichever door it came through
  tenant          text collate "C" not null,
  key             text collate "C" not null,
  notification_id text collate "C" not null,
  created_at      timestamptz not null,
  primary key (tenant, key)
);
create index business_key_by_age on business_key using brin (created_at);

create table throttle (                         -- one row a key: its lock
  tenant     text collate "C" not null,
  key        text collate "C" not null,         -- rule, recipient, and what else the rule says
  touched_at timestamptz not null,
  primary key (tenant, key)
) with (fillfactor = 70);
create index throttle_by_age on throttle (touched_at);

create table throttle_send (
  tenant          text collate "C" not null,
  key             text collate "C" not null,
  at              timestamptz not null,
  window_start    timestamptz not null,
  until           timestamptz not null,         -- after this it counts no more, and may be deleted
  notification_id text collate "C" not null,
  primary key (tenant, key, at, notification_id)
);
create index throttle_send_by_end on throttle_send (until);

create table notification (
  id               text collate "C" not null,   -- ULID: its time is created_at
  created_at       timestamptz not null,
  tenant           text collate "C" not null,
  type             text not null,
  category         text not null,
  customer_id      text collate "C" not null,
  door             text not null,               -- event-sourced, api-driven
  context          json not null,
  business_key     text,
  correlation_id   text,
  event_id         text collate "C",            -- an id is its source's own, and two sources may use one for two events …
  event_position   bigint,                      -- … a position is unique
  rule_id          text,
  rule_version     text,
  duplicate_of     text collate "C",
  template_version text,                        -- which text was sent: v3 of the API's, or the fingerprint of a file's
  locale           text,                        -- and in which language
  skipped          json not null default '[]',  -- channels it does not go out on: [[channel, reason, detail], …]
  -- the decision that made it: what is decided about it later is standalone
  reason           text,                        -- why nobody is notified, when nobody is
  detail           text,
  gates            json not null default '[]',  -- in order: [[name, detail], …, [name, detail, reason of a refusal]]
  as_of            bigint,                      -- the position recipients were judged at; null for door 2, which judges the present
  judged_at        timestamptz,                 -- journal time: when its event was recorded, when its timer was due
  until            timestamptz,                 -- when it is judged again, where it is held
  hold_reason      text,                        -- and why, where it is not only scheduled for later
  primary key (tenant, id, created_at)
) partition by range (created_at);
create table notification_default partition of notification default;
create index notification_by_customer on notification (tenant, customer_id, id);
create index notification_by_event on notification (tenant, event_id, rule_id, customer_id) where event_id is not null;
-- an event may have led to a hundred thousand notifications: they are read page by page
create index notification_of_event on notification (tenant, event_id, id) where event_id is not null;

create table standalone_decision (              -- led to no notification, or not yet, or is about one that is held: the rest are in
                                                -- `notification`, and the view `decision` has all
  id              text collate "C" not null,
  decided_at      timestamptz not null,
  tenant          text collate "C" not null,
  door            text not null,
  event_id        text collate "C",
  event_position  bigint,
  rule_id         text,
  rule_version    text,
  customer_id     text collate "C",
  notification_id text collate "C",
  verdict         text not null,                -- notify, suppress, defer, ignore
  reason          text,
  detail          text,
  gates           json not null,                -- in order, as in `notification`; the last one is the verdict
  as_of           bigint,
  judged_at       timestamptz,
  until           timestamptz                   -- with verdict defer of a notification: when it is judged again
) partition by range (decided_at);
create table standalone_decision_default partition of standalone_decision default;
create index standalone_decision_by_event on standalone_decision (tenant, event_id, rule_id, customer_id) where event_id is not null;
create index standalone_decision_of_event on standalone_decision (tenant, event_id, id) where event_id is not null;
-- a customer's timeline: every no
create index standalone_decision_by_customer on standalone_decision (tenant, customer_id, id) where customer_id is not null;
-- what is decided about a notification later, or is gathered into it; most decisions here have none
create index standalone_decision_of_notification on standalone_decision (tenant, notification_id, id) where notification_id is not null;
-- the last few seconds, for who looks on
create index standalone_decision_lately on standalone_decision using brin (decided_at) with (pages_per_range = 16, autosummarize = on);

-- Gates as the API shows them.
create function gates_of(stored json) returns json language sql immutable as $$
  select coalesce(json_agg(json_build_object('name', g -> 0, 'passed', g -> 2 is null, 'reason', g -> 2, 'detail', g -> 1)), '[]') from json_array_elements(stored) g
$$;

-- Every decision: its gates in order, of which the last is the verdict. That which made a notification has the notification's id.
create view decision as
select id, created_at as decided_at, tenant, door, event_id, event_position, rule_id, rule_version, customer_id, id as notification_id,
  case when reason is not null then 'suppress' when until is not null then 'defer' else 'notify' end as verdict,
  coalesce(reason, hold_reason) as reason, detail, gates_of(gates) as gates, as_of, judged_at, until
from notification
union all
select id, decided_at, tenant, door, event_id, event_position, rule_id, rule_version, customer_id, notification_id,
  verdict, reason, detail, gates_of(gates), as_of, judged_at, until
from standalone_decision;

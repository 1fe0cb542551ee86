-- What customers find in the app, and customers who are to be forgotten.

create table inbox (                          -- one row a customer who was ever sent something: numbers the messages; their lock
  tenant      text collate "C" not null,
  customer_id text collate "C" not null,
  last        bigint not null,
  primary key (tenant, customer_id)
) with (fillfactor = 70);

create table inbox_message (
  delivery_id     text collate "C" primary key,   -- an attempt that is repeated finds it here, also when the customer has removed it
  tenant          text collate "C" not null,
  customer_id     text collate "C" not null,
  position        bigint not null,                -- of the customer's, in the order of commit
  notification_id text collate "C" not null,
  arrived_at      timestamptz not null,
  title           text,
  body            text,                           -- null once it is removed
  html            text,
  read_at         timestamptz,
  removed_at      timestamptz
) with (fillfactor = 80);
create unique index inbox_message_by_position on inbox_message (tenant, customer_id, position) where removed_at is null;
create index inbox_message_unread on inbox_message (tenant, customer_id, position) where read_at is null and removed_at is null;
create index inbox_message_by_age on inbox_message using brin (arrived_at);

-- Whom we were asked to forget: the record of it, and the work until it has ended.
create table erasure (
  tenant       text collate "C" not null,
  customer_id  text collate "C" not null,
  position     bigint not null,                   -- up to this event; what is heard later is news
  asked_at     timestamptz not null,
  leased_until timestamptz not null,
  ended_at     timestamptz,
  primary key (tenant, customer_id, position)
);
create index erasure_open on erasure (leased_until) where ended_at is null;

alter table event add column erased boolean not null default false;    -- what it said is gone; only that there was one is left

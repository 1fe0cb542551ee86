-- What providers say afterwards, where nothing goes any more, who hears of statuses, and what is counted.

create table delivery_report (                -- what became of what a provider took: one row a delivery, and only the weightiest word
  delivery_id text collate "C" not null,
  created_at  timestamptz not null,           -- the delivery's partition
  tenant      text collate "C" not null,
  status      text not null,                  -- delivered, bounced, complained
  weight      smallint not null,              -- a lighter word never takes a weightier one's place
  provider    text not null,
  detail      text,                           -- a code, never a sentence
  told_at     timestamptz not null,           -- by the provider's clock
  heard_at    timestamptz not null,
  primary key (delivery_id, created_at)
) partition by range (created_at);
create table delivery_report_default partition of delivery_report default;

create table callback_seen (                  -- an account at a provider is the deployment's, and so are its events
  provider text collate "C" not null,
  event_id text collate "C" not null,
  seen_at  timestamptz not null,
  primary key (provider, event_id)
);
create index callback_seen_by_age on callback_seen (seen_at);

create table address_suppression (            -- every change is a row: the newest says what holds, those before what held at their position
  tenant   text collate "C" not null,
  address  text collate "C" not null,         -- as addresses are compared
  channel  text collate "C" not null,
  position bigint not null,                   -- its place in the journal
  id       text collate "C" not null,
  cause    text,                              -- bounce, complaint, stop, manual; null: lifted
  detail   text,
  source   text not null,                     -- the provider, or the id of the API key
  since    timestamptz not null,
  primary key (tenant, address, channel, position)
);
create index address_suppression_by_id on address_suppression (tenant, id);
create index address_suppression_elsewhere on address_suppression (tenant) where channel not in ('email', 'sms');

create table webhook (                        -- who hears of statuses
  id            text collate "C" primary key,
  tenant        text collate "C" not null,
  url           text not null,
  statuses      text[] not null,              -- empty: all
  types         text[] not null,              -- empty: all
  secret        text not null,
  former_secret text,                         -- signs as well until
  former_until  timestamptz,
  created_at    timestamptz not null,
  failing_since timestamptz,                  -- null while it answers
  disabled_at   timestamptz,
  disabled_why  text
);
create index webhook_by_tenant on webhook (tenant, id);
create index webhook_active on webhook (id) where disabled_at is null;

select make_partitions(now(), 9);

create table statistic (                      -- how often what became of notifications, by the hour: counted once each is over
  tenant   text collate "C" not null,
  hour     timestamptz not null,
  type     text not null,
  channel  text not null,                     -- empty: of the notification, not of one of its channels
  provider text not null,                     -- empty where none was asked
  status   text not null,
  reason   text not null,                     -- empty where there is none
  count    bigint not null,
  primary key (tenant, hour, type, channel, provider, status, reason)
) with (fillfactor = 80);

create table statistic_progress (             -- one row: up to when everything is counted
  one    boolean primary key default true check (one),
  until  timestamptz not null
);
insert into statistic_progress (until) values (date_trunc('hour', now()));

-- What ended lately lies together at the end of its week; so does what was reported.
create index attempt_by_end on attempt using brin (ended_at) with (pages_per_range = 32, autosummarize = on);
create index delivery_report_by_hearing on delivery_report using brin (heard_at) with (pages_per_range = 32, autosummarize = on);

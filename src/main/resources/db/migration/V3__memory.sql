-- Memory: folded from events in the transaction that appends them. A row is a version, valid from its position on; state says who
-- said what when. as_of_position decides between equal times where the time is that of recording; 0 where it is when it happened.

create table memory_entity (                    -- the last writer by event time wins, field by field
  tenant   text collate "C" not null,
  kind     text not null,                       -- order, product
  id       text collate "C" not null,
  position bigint not null,
  data     json not null,
  state    json not null,
  primary key (tenant, kind, id, position)
) with (fillfactor = 80);

create table memory_relation (                  -- who has what: cart, wishlist
  tenant         text collate "C" not null,
  relation       text not null,
  object         text collate "C" not null,
  customer_id    text collate "C" not null,
  position       bigint not null,
  present        boolean not null,
  as_of          timestamptz not null,
  as_of_position bigint not null default 0,
  event_id       text collate "C" not null
) with (fillfactor = 80);
create unique index memory_relation_by_object on memory_relation (tenant, relation, object, customer_id, position desc);

create table memory_collection (                -- one row a set that a rule collects: when its first event was heard
  tenant    text collate "C" not null,
  rule      text collate "C" not null,
  key       text collate "C" not null,
  position  bigint not null,
  opened_at timestamptz not null,
  primary key (tenant, rule, key)
);

create table memory_collected (
  tenant         text collate "C" not null,
  rule           text collate "C" not null,
  key            text collate "C" not null,
  item           text collate "C" not null,
  position       bigint not null,
  value          json not null,
  as_of          timestamptz not null,
  as_of_position bigint not null default 0,
  event_id       text collate "C" not null
) with (fillfactor = 80);
create unique index memory_collected_by_set on memory_collected (tenant, rule, key, item, position desc);

-- Where a replay builds memory anew; at its end the tables change places.
create schema if not exists carillon_replay;

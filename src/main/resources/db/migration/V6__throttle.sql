-- How often somebody was told lately.

create table throttle (                       -- one row a key: its lock
  tenant     text collate "C" not null,
  key        text collate "C" not null,       -- rule, recipient, and what else the rule says
  touched_at timestamptz not null,
  primary key (tenant, key)
) with (fillfactor = 70);
create index throttle_by_age on throttle (touched_at);

create table throttle_send (
  tenant          text collate "C" not null,
  key             text collate "C" not null,
  at              timestamptz not null,
  window_start    timestamptz not null,
  until           timestamptz not null,       -- after this it counts no more, and may go
  notification_id text collate "C" not null,
  primary key (tenant, key, at, notification_id)
);
create index throttle_send_by_end on throttle_send (until);

-- Delivery: messages, the queue of what is still to be sent, attempts, what providers report, and who is told of it.

create sequence lease_token;

create table delivery (
  id              text collate "C" not null,    -- ULID: its time is created_at. Of the notification's first channel: the notification's
  created_at      timestamptz not null,
  tenant          text collate "C" not null,
  notification_id text collate "C" not null,
  channel         text not null,
  recipient       text,
  subject         text,
  body            text,
  html            text,
  reason          text,                         -- why it ended without being sent, when it did
  detail          text,
  unsubscribe_url text,                         -- what an email of a commercial category says in List-Unsubscribe (RFC 8058)
  traceparent     text,                         -- what is reported after the last attempt belongs to the same trace
  primary key (id, created_at)
) partition by range (created_at);
create table delivery_default partition of delivery default;
create index delivery_by_notification on delivery (notification_id, id) where id <> notification_id;

-- A notification's deliveries: the one that has its id, and the others. `since` is when the notification was made.
create function deliveries_of(notification text, since timestamptz) returns setof delivery language sql stable as $$
  select * from delivery where id = notification and created_at = since
  union all
  select * from delivery where notification_id = notification and id <> notification_id and created_at >= since
$$;

create table outbox (                           -- only what is still to be done; a row leaves with its last attempt
  delivery_id text collate "C" primary key,
  created_at  timestamptz not null,             -- the delivery's partition
  tenant      text collate "C" not null,
  channel     text not null,
  type        text,                             -- of the notification; null for a status webhook, which is none
  priority    smallint not null,                -- 0 high, 1 normal, 2 low
  state       smallint not null default 0,      -- 0 waiting, 1 leased, 2 held: judged again when due, 3 set aside: due, and its
                                                -- destination has an open circuit or as many on their way as it may have
  due_at      timestamptz not null,             -- of what is held: when it is judged again
  not_before  timestamptz,                      -- of what is held: it does not go earlier, whatever its recipient changes
  attempt     smallint not null default 0,
  expires_at  timestamptz,
  good_until  timestamptz,                      -- what is still here then is judged again before it is sent
  judged_as_of bigint not null default 0,       -- the journal's position as of which its recipient was judged
  hold_reason text,                             -- why it is held, when it is
  customer_id text collate "C",                 -- whose preferences are asked again; null when nobody's are
  provider    text,                             -- who tries it next, where an earlier attempt says so; null: the channel's first choice
  waits       jsonb,                            -- providers that asked it to wait, and until when: {"sendgrid": "2026-11-29T10:00:00Z"}
  destination text collate "C",                 -- where it goes, while it is set aside
  lease_token bigint,
  lease_until timestamptz
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0);
-- tenants share a lane: each one's due rows are read from its own end of the index
create index outbox_due on outbox (channel, priority, tenant, due_at, delivery_id) where state = 0;
create index outbox_leased on outbox (lease_until) where state = 1;
create index outbox_held on outbox (due_at, delivery_id) where state = 2;
create index outbox_held_by_customer on outbox (tenant, customer_id) where state = 2;
create index outbox_aside on outbox (channel, tenant, destination, priority, due_at, delivery_id) where state = 3;

create table outbox_destination (               -- one row while a destination has deliveries set aside
  channel     text not null,
  tenant      text collate "C" not null,
  destination text collate "C" not null,
  version     bigint not null default 1,        -- grows whenever something is set aside, so that nobody deletes the row meanwhile
  primary key (channel, tenant, destination)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

-- The tenants of a lane that have something due, in a circle from the one that was served last: one look at the index for each tenant.
create function due_tenants(of_channel text, of_priority smallint, served text, at timestamptz, most integer)
  returns table (tenant text, turn integer) language plpgsql stable set search_path from current as $$
declare
  last text collate "C" := served;
  round smallint := 1;
  found_one record;
begin
  turn := 0;
  while turn < most loop
    select o.tenant, o.due_at into found_one from outbox o
    where o.channel = of_channel and o.priority = of_priority and o.state = 0 and o.tenant > last order by o.tenant, o.due_at limit 1;
    if not found or (round = 2 and found_one.tenant > served collate "C") then
      exit when round = 2 or served = '';
      round := 2;
      last := '';
    else
      last := found_one.tenant;
      if found_one.due_at <= at then
        tenant := found_one.tenant;
        turn := turn + 1;
        return next;
      end if;
    end if;
  end loop;
end $$;

create table attempt (
  delivery_id         text collate "C" not null,
  number              smallint not null,
  ended_at            timestamptz not null,
  tenant              text collate "C" not null,
  provider            text not null,
  outcome             text not null,            -- sent, retry, dead, expired, unknown
  failure             text,
  detail              text,
  provider_message_id text,
  started_at          timestamptz not null,
  primary key (delivery_id, number, ended_at)
) partition by range (ended_at);
create table attempt_default partition of attempt default;
create index attempt_lately on attempt using brin (ended_at) with (pages_per_range = 16, autosummarize = on);

create table circuit (                          -- one row while a circuit is open: gone when the provider works again
  channel     text not null,
  provider    text not null,
  destination text collate "C" not null default '',   -- tenant/destination; empty: the provider's own circuit
  routes      smallint not null,                -- how many providers the channel has: all of them open, and it is paused
  opened_at   timestamptz not null,
  open_until  timestamptz not null,             -- then one delivery is tried
  trips       smallint not null,                -- how often in a row
  probe_until timestamptz,                      -- one replica sends the probe until then
  primary key (channel, provider, destination)
);
create index circuit_by_destination on circuit (destination);
create trigger circuit_changed after insert or delete or update of open_until on circuit for each row execute function count_change('circuits');

create table recipient_count (                  -- what an address was sent lately; only where a limit is set for the channel
  tenant    text collate "C" not null,
  channel   text not null,
  recipient bytea not null,                     -- SHA-256 of the address
  since     timestamptz not null,
  until     timestamptz not null,               -- then it is counted anew
  sent      integer not null,
  let       integer not null,                   -- of the last claim
  primary key (tenant, channel, recipient)
) with (fillfactor = 80);
create index recipient_count_by_end on recipient_count (until);

create table dead_letter (                      -- keeps what its row of the outbox said, so that it can go back there
  delivery_id     text collate "C" primary key,
  tenant          text collate "C" not null,
  notification_id text collate "C",
  channel         text not null,
  type            text,
  priority        smallint not null default 1,
  expires_at      timestamptz,
  customer_id     text collate "C",
  provider        text not null,                -- who tried it last
  failure         text not null,
  detail          text not null,
  attempts        smallint not null,
  dead_at         timestamptz not null,
  purged_at       timestamptz                   -- not listed any more, but its delivery stays dead-lettered
);
create index dead_letter_by_tenant on dead_letter (tenant, delivery_id);
create index dead_letter_by_age on dead_letter using brin (dead_at);

create table dead_letter_action (               -- who did what with a dead letter; only ever added to
  seq         bigint generated always as identity primary key,
  delivery_id text collate "C" not null,
  tenant      text collate "C" not null,
  action      text not null check (action in ('redriven', 'purged')),
  failure     text not null,                    -- why, after how many attempts and when it had failed permanently
  attempts    smallint not null,
  dead_at     timestamptz not null,
  acted_at    timestamptz not null,
  acted_by    text not null,                    -- the API key's id
  redrive_id  text collate "C"                  -- where it was redriven with others
);
create index dead_letter_action_of on dead_letter_action (tenant, delivery_id, seq);
create index dead_letter_action_of_redrive on dead_letter_action (tenant, redrive_id) where redrive_id is not null;

create table redrive (                          -- dead letters that were redriven together
  tenant   text collate "C" not null,
  id       text collate "C" not null,           -- ULID
  filter   json not null,                       -- which were meant
  count    integer not null,                    -- how many went back into the outbox
  expired  integer not null,                    -- how many were meant, and had expired
  acted_at timestamptz not null,
  acted_by text not null,                       -- the API key's id
  primary key (tenant, id)
);

create table delivery_report (                  -- what became of what a provider took: one row a delivery, and only the weightiest report
  delivery_id text collate "C" not null,
  created_at  timestamptz not null,             -- the delivery's partition
  tenant      text collate "C" not null,
  status      text not null,                    -- delivered, bounced, complained
  weight      smallint not null,                -- a lighter report never replaces a weightier one
  provider    text not null,
  detail      text,                             -- a code, never a sentence
  told_at     timestamptz not null,             -- by the provider's clock
  heard_at    timestamptz not null,
  primary key (delivery_id, created_at)
) partition by range (created_at);
create table delivery_report_default partition of delivery_report default;

create table callback_seen (                    -- an account at a provider is the deployment's, and so are its events
  provider text collate "C" not null,
  event_id text collate "C" not null,
  seen_at  timestamptz not null,
  primary key (provider, event_id)
);
create index callback_seen_by_age on callback_seen (seen_at);

create table webhook (                          -- who is told of statuses
  id            text collate "C" primary key,
  tenant        text collate "C" not null,
  url           text not null,
  statuses      text[] not null,                -- empty: all
  types         text[] not null,                -- empty: all
  secret        text not null,                  -- encrypted for webhook/<id>
  former_secret text,                           -- encrypted for webhook/<id>; signs as well until
  former_until  timestamptz,
  created_at    timestamptz not null,
  failing_since timestamptz,                    -- null while it answers
  disabled_at   timestamptz,
  disabled_why  text
);
create index webhook_by_tenant on webhook (tenant, id);
create index webhook_active on webhook (id) where disabled_at is null;

create table inbox (                            -- one row a customer who was ever sent something: numbers the messages; their lock
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

-- Statistics are counted in the transaction in which a thing happens, a row a batch, and gathered into hours later.

create table tally (                            -- counted, and not yet part of an hour
  tenant   text collate "C" not null,
  minute   timestamptz not null,
  type     text not null,
  channel  text not null,
  provider text not null,
  status   text not null,
  reason   text not null,
  count    bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

create table statistic (                        -- how often what became of notifications, by the hour
  tenant   text collate "C" not null,
  hour     timestamptz not null,
  type     text not null,
  channel  text not null,                       -- empty: of the notification, not of one of its channels
  provider text not null,                       -- empty where none was asked
  status   text not null,
  reason   text not null,                       -- empty where there is none
  count    bigint not null,
  primary key (tenant, hour, type, channel, provider, status, reason)
) with (fillfactor = 80);

create table recent_statistic (                 -- how often what became of deliveries in the last hour, by the minute
  tenant   text collate "C" not null,
  minute   timestamptz not null,
  channel  text not null,
  provider text not null,
  status   text not null,
  count    bigint not null,
  primary key (tenant, minute, channel, provider, status)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
create index recent_statistic_by_age on recent_statistic (minute);

-- Since when notifications and deliveries have to be kept: what is still to be sent, or may be tried again, is read there.
create function deliveries_needed_since() returns timestamptz language sql volatile set search_path from current as $$
  select coalesce(min(created_at), 'infinity') - interval '1 day' from outbox      -- a notification is a little older than its deliveries
$$;

-- A delivery as the API shows it: its row, and what became of it. Read off the outbox while it is there, and off its last attempt and
-- what its provider reported afterwards.
create view delivery_status as
select d.id, d.created_at, d.notification_id, d.channel, d.recipient, d.subject, d.body,
  case
    when d.reason = 'EXPIRED' then 'EXPIRED'
    when d.reason = 'CANCELLED' then 'CANCELLED'
    when d.reason is not null then 'SUPPRESSED'
    when x.delivery_id is not null then 'DEAD_LETTERED'
    when o.delivery_id is null then coalesce(upper(r.status), 'SENT')
    when o.state = 1 then 'SENDING'
    when o.state = 2 and (o.attempt = 0 or o.hold_reason is not null) then 'DEFERRED'
    when o.attempt > 0 then 'RETRYING'
    else 'QUEUED'
  end as status,
  coalesce(d.reason, o.hold_reason, case
    when o.state = 0 and (select count(*) >= max(c.routes) from circuit c where c.channel = d.channel and c.destination = '') then 'CIRCUIT_OPEN'
    when o.state = 3 and exists (select from circuit c where c.channel = d.channel and c.destination = o.tenant || '/' || o.destination) then 'CIRCUIT_OPEN'
  end) as reason,
  x.failure as dead_letter_failure,
  coalesce(d.detail, x.detail, case when o.delivery_id is null then r.detail end) as detail,
  case when o.state = 2 and (o.attempt = 0 or o.hold_reason is not null) then greatest(o.due_at, o.not_before) end as not_before
from delivery d
left join outbox o on o.delivery_id = d.id
left join dead_letter x on x.delivery_id = d.id
left join delivery_report r on r.delivery_id = d.id and r.created_at = d.created_at;

-- The weeks of every partitioned table, from this one on.
select make_partitions(now(), 9);

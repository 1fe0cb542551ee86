-- What was given up and may be given another try, and what holds a channel back.

-- A dead letter keeps what its row of the outbox said, so that it can go back there.
alter table dead_letter
  add column notification_id text collate "C",
  add column type            text,
  add column priority        smallint not null default 1,
  add column expires_at      timestamptz,
  add column traceparent     text,
  add column customer_id     text collate "C",
  add column purged_at       timestamptz;       -- given up for good: not listed any more, but its delivery stays dead-lettered
update dead_letter x set notification_id = n.id, type = n.type
from delivery d join notification n on n.id = d.notification_id where d.id = x.delivery_id;

-- What expired is no dead letter: its delivery says so.
update delivery d set reason = 'EXPIRED', detail = x.detail from dead_letter x where x.failure = 'EXPIRED' and d.id = x.delivery_id;
delete from dead_letter where failure = 'EXPIRED';

create table dead_letter_action (               -- who did what with a dead letter; only ever added to
  seq         bigint generated always as identity primary key,
  delivery_id text collate "C" not null,
  tenant      text collate "C" not null,
  action      text not null check (action in ('redriven', 'purged')),
  failure     text not null,                    -- as what it had been given up, after how many attempts, when
  attempts    smallint not null,
  dead_at     timestamptz not null,
  acted_at    timestamptz not null,
  acted_by    text not null                     -- the API key's id
);
create index dead_letter_action_of on dead_letter_action (tenant, delivery_id, seq);

alter table outbox add column provider text;    -- who tries it next, where an earlier attempt says so; null: the channel's first choice

-- Providers and buckets are the deployment's, not a tenant's.

create table circuit (                          -- one row while a provider is left alone: gone when it works again
  channel     text not null,
  provider    text not null,
  routes      smallint not null,                -- how many providers the channel has: all of them open, and it is paused
  opened_at   timestamptz not null,
  open_until  timestamptz not null,             -- then one parcel finds out
  trips       smallint not null,                -- how often in a row
  probe_until timestamptz,                      -- one replica sends the probe until then
  primary key (channel, provider)
);

create table token_bucket (                     -- how much may start, of which replicas take slices
  name      text primary key,                   -- provider/<channel>/<provider>, caller/<id of the API key>
  tokens    double precision not null,
  granted   double precision not null,          -- to the last one who asked
  filled_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

-- Tenants share a lane: each one's due rows are read from its own end of the index.
drop index outbox_due;
create index outbox_due on outbox (channel, priority, tenant, due_at, delivery_id) where state = 0;

create table recipient_count (                  -- what an address has had lately; only where a limit is set for the channel
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

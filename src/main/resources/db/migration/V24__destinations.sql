-- One destination's trouble is nobody else's: a subscriber, or the host of a customer's endpoint, has a circuit and a queue of its own.

-- Where it goes, while it is set aside.
alter table outbox add column destination text collate "C";

-- tenant/destination; empty: the provider's own circuit
alter table circuit add column destination text collate "C" not null default '';
alter table circuit drop constraint circuit_pkey;
alter table circuit add primary key (channel, provider, destination);

-- outbox.state: 3 set aside: due, but its destination is left alone or has as many on their way as it may have.
-- Out of the index of what is due, so that others are found behind a hundred thousand of them as fast as without them.
create index outbox_aside on outbox (channel, tenant, destination, priority, due_at, delivery_id) where state = 3;

create table outbox_destination (               -- one row while a destination has parcels set aside
  channel     text not null,
  tenant      text collate "C" not null,
  destination text collate "C" not null,
  version     bigint not null default 1,        -- grows whenever something is set aside, so that nobody deletes the row meanwhile
  primary key (channel, tenant, destination)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

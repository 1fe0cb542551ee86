-- What is held back until its recipient's quiet hours are over, and what waits long enough to be judged again.

alter table outbox
  add column customer_id text collate "C",    -- whose preferences are asked again; null when nobody's are
  add column good_until  timestamptz,         -- what is still here then is judged again before it goes
  add column hold_reason text;                -- why it is held, when it is
-- outbox.state: 0 waiting, 1 leased, 2 held: judged again when it is due
create index outbox_held on outbox (due_at, delivery_id) where state = 2;
create index outbox_held_by_customer on outbox (tenant, customer_id) where state = 2;

alter table decision add column until timestamptz;    -- with verdict defer of a notification: when it is judged again

-- Whoever is known again by the id of an erased customer goes on counting where they ended: what was seen before never matches what comes after.
alter table erasure
  add column customer_version   integer not null default 0,      -- the last ones there were; nothing is said by them
  add column preference_version integer not null default 0;

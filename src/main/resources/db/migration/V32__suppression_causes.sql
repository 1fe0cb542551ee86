-- An address may be suppressed for several causes at once: of each the newest row says whether it holds, so that lifting one leaves the others.

alter table address_suppression add column lifted boolean not null default false;

-- Until now the first cause stood for all: what was lifted was the newest one before.
update address_suppression a set lifted = true, cause = (
  select b.cause from address_suppression b
  where b.tenant = a.tenant and b.address = a.address and b.channel = a.channel and b.cause is not null and b.position < a.position
  order by b.position desc limit 1)
where a.cause is null;

delete from address_suppression where cause is null;      -- lifted nothing

alter table address_suppression alter column cause set not null,
  drop constraint address_suppression_pkey, add primary key (tenant, address, channel, cause, position);

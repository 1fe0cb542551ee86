-- What events and decisions paid for and nobody asked.

-- Decisions are asked for by their event; what a customer was told is read off notifications. An entry at a random place
-- of the index for each decision was kept for nothing but to forget demo tenants, who are found by their notifications as well.
drop index decision_by_customer;

-- How much later than it was recorded anything happened, as its sender says: what happened since a time is looked for in the weeks
-- since then, less this. It only grows; an event from the year 3000 and later makes it of no use, and all weeks are looked at.
alter table journal_head add column ahead interval not null default interval '0';
update journal_head set ahead = greatest(ahead, (select max(occurred_at - recorded_at) from event));

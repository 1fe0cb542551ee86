-- The outbox row leaves with the last attempt; what is reported of a delivery later belongs to its trace all the same.
alter table delivery add column traceparent text;

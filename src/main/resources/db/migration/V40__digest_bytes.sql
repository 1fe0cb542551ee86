-- How much a digest has absorbed: it closes when it is full, and what is read of many at once ends with the one that fills its portion.
-- A number in the row costs nothing; how long a json is PostgreSQL cannot tell without unpacking it.
alter table timer add column bytes integer not null default 0;
update timer t set bytes = (select coalesce(least(sum(octet_length(i.context::text)), 2147483647), 0)::integer from digest_item i where i.digest_id = t.id)
where t.kind = 'digest';

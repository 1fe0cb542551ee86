-- A week may be made when the default partition holds rows of it already: they move. Every partitioned table of ours gets its weeks,
-- whichever migration it comes from.

create or replace function make_partitions(since timestamptz, weeks integer) returns integer
  language plpgsql set search_path from current as $$
declare
  parent text;
  week   timestamptz;
  name   text;
  made   integer := 0;
begin
  perform pg_advisory_xact_lock(hashtext('carillon.make_partitions'));
  for parent in select c.relname from pg_partitioned_table p join pg_class c on c.oid = p.partrelid
                where c.relnamespace = current_schema()::regnamespace and p.partstrat = 'r' order by c.relname loop
    for i in 0 .. weeks - 1 loop
      week := (date_trunc('week', since at time zone 'UTC') + i * interval '1 week') at time zone 'UTC';
      name := parent || '_' || to_char(week at time zone 'UTC', 'IYYY"w"IW');
      if to_regclass(name) is null then
        execute format('create table %I (like %I including all)', name, parent);
        execute format('with here as (delete from %I where %I >= %L and %2$I < %4$L returning *) insert into %5$I select * from here',
                       parent || '_default', partition_column(parent), week, week + interval '7 days', name);
        execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, name, week, week + interval '7 days');
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;

-- What a table is partitioned by.
create function partition_column(parent text) returns text language sql stable set search_path from current as $$
  select a.attname from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
  where p.partrelid = parent::regclass
$$;

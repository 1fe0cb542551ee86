-- The platform: tenants and their keys, requests that may be made again, jobs, secrets, shared limits, and weekly partitions.
-- For the whole schema: every row names its tenant; wide rows are written once, what changes is narrow and short-lived;
-- documents are json and not jsonb, because they are never searched by content and json keeps what was sent (NUL escapes included).

create table tenant (
  id         text primary key,
  throwaway  boolean not null default false,    -- a demo run's
  filled     boolean not null default false,    -- has the sample data
  created_at timestamptz not null
);
insert into tenant (id, created_at) values ('default', now());

create table change_feed (                      -- how often a topic has changed: what every replica asks for, twice a second
  topic   text primary key,
  changes bigint not null default 0
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0);
-- who changes rules or templates holds the row until the commit, which puts these changes in order; the others are counted by triggers
insert into change_feed (topic) values ('rules'), ('templates'), ('layouts'), ('api-keys'), ('circuits');

create function count_change() returns trigger language plpgsql set search_path from current as $$
begin
  update change_feed set changes = changes + 1 where topic = tg_argv[0];
  return null;
end $$;

create table api_key (
  hash       bytea primary key,                 -- SHA-256 of the key: the key itself is shown once and never kept
  id         text not null unique,
  tenant     text not null references tenant on delete cascade,
  roles      text[] not null,
  label      text not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz                      -- to the minute: each replica writes once a minute, for all keys
);
create trigger api_key_gone after delete or update of revoked_at on api_key for each row execute function count_change('api-keys');

create table session (                          -- of the console: somebody is signed in with a key, until it ends or is revoked
  hash       bytea primary key,                 -- SHA-256 of its secret, which is in a cookie and never kept
  tenant     text not null references tenant on delete cascade,
  key_id     text not null references api_key (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  idle_until timestamptz not null               -- expires_at at the latest; goes up once a minute while it is used
) with (fillfactor = 80);
create index session_ending on session (idle_until);
create index session_of_key on session (key_id);
create index session_of_tenant on session (tenant);

create table idempotency_key (                  -- deleted after a day: see carillon.idempotency.keep
  tenant       text collate "C" not null,
  caller       text collate "C" not null,       -- the id of the API key
  operation    text collate "C" not null,       -- method and path
  key          text collate "C" not null,
  fingerprint  bytea not null,                  -- SHA-256 over the canonical content
  token        text not null,                   -- who works on it
  leased_until timestamptz not null,
  first_tried  timestamptz not null,            -- the same over all tries: ids are derived from it
  expires_at   timestamptz not null,
  status       smallint,                        -- null while it is worked on
  headers      json,
  body         text,                            -- encrypted where it holds a secret
  primary key (tenant, caller, operation, key)
) with (fillfactor = 80);
create index idempotency_key_expiring on idempotency_key (expires_at);
-- each start looks for answers that the present encryption key has not encrypted
create index idempotency_key_encrypted on idempotency_key (tenant, caller, operation, key) where starts_with(body, 'enc1.');

create table job (                              -- one row a job: when it ran last, and who runs it now
  name         text collate "C" primary key,
  ended_at     timestamptz not null default '-infinity',
  leased_until timestamptz not null default '-infinity'
);

-- Secrets the service makes for itself when none is configured, so that every replica and every restart has the same.
create table service_secret (
  name      text collate "C" primary key,
  encrypted text not null                       -- with carillon.security.encryption-key, Base64
);

create table token_bucket (                     -- how much may start, of which replicas take slices
  name      text primary key,                   -- provider/<channel>/<provider>, caller/<id of the API key>
  tokens    double precision not null,
  granted   double precision not null,          -- to the last one who asked
  filled_at timestamptz not null
) with (fillfactor = 50, autovacuum_vacuum_threshold = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_cost_delay = 0);

-- Partitions: one a week, made ahead. Each partitioned table has a default partition as well, which takes what no week was made for.

-- The column a table is partitioned by.
create function partition_column(parent text) returns text language sql stable set search_path from current as $$
  select a.attname from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
  where p.partrelid = parent::regclass
$$;

-- Makes the weekly partitions of every partitioned table from the week of `since` on; leaves alone those that exist, and moves rows of
-- the default partition into the new one. Several nodes may call it at once.
create function make_partitions(since timestamptz, weeks integer) returns integer
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

-- The weeks a table is partitioned into.
create function weeks_of(parent text) returns table (name text, ends timestamptz) language sql stable set search_path from current as $$
  select c.relname, (regexp_match(pg_get_expr(c.relpartbound, c.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = parent::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
$$;

-- Drops the weeks of a table that ended by `before` and by `needed`; returns their names.
create function drop_weeks(parent text, before timestamptz, needed timestamptz) returns setof text
  language plpgsql set search_path from current set lock_timeout = '5s' as $$
declare
  week record;
begin
  for week in
    select name, ends from weeks_of(parent) order by ends
  loop
    exit when week.ends > least(before, needed);
    execute format('drop table %I', week.name);
    return next week.name;
  end loop;
end $$;

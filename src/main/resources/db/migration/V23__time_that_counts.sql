-- An event's time counts as at most the time it was recorded: a clock that was ahead kept later events from being heard.

-- What the sender said where occurred_at is not that: a time in the future, or one to the nanosecond.
alter table event add column sent_at text;

-- Data that is no JSON object, as it came; null where it is one, which is in data.
alter table event add column content json;

update event set sent_at = to_char(occurred_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), occurred_at = recorded_at
  where occurred_at > recorded_at and (select ahead from journal_head) > interval '0';

-- Between equal times the place in the journal decides where the time is that of recording; 0 where it is when it happened.
alter table preference add column as_of_position bigint not null default 0;
alter table memory_relation add column as_of_position bigint not null default 0;
alter table memory_collected add column as_of_position bigint not null default 0;

-- What was said of the future is said now.
update preference set as_of = now() where as_of > now();
update memory_relation set as_of = now() where as_of > now();
update memory_collected set as_of = now() where as_of > now();

create function pg_temp.said_by_now(said json) returns json language sql as $$
  select coalesce(json_object_agg(s.key, case when (s.value->'stamp'->>'at')::timestamptz > now()
    then json_build_object('value', s.value->'value', 'stamp', json_build_object(
      'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'by', s.value->'stamp'->'by'))
    else s.value end), '{}') from json_each(said) s
$$;

-- A document may hold a NUL escape, which no function looks into: such a one stays, and a direct act or a replay ends it.
update customer set state = json_build_object('fields', pg_temp.said_by_now(state->'fields'), 'items', state->'items', 'since', state->'since')
  where case when state::text like '%\\u0000%' then false else
    exists (select from json_each(state->'fields') f where (f.value->'stamp'->>'at')::timestamptz > now()) end;

update memory_entity set state = json_build_object('fields', pg_temp.said_by_now(state->'fields'), 'since', state->'since', 'items',
    (select coalesce(json_object_agg(i.key, pg_temp.said_by_now(i.value)), '{}') from json_each(state->'items') i))
  where case when state::text like '%\\u0000%' then false else
    exists (select from json_each(state->'fields') f where (f.value->'stamp'->>'at')::timestamptz > now())
    or exists (select from json_each(state->'items') i, json_each(i.value) f where (f.value->'stamp'->>'at')::timestamptz > now()) end;

-- Requests that may be made again, and the journal read back newest first.

create table idempotency_key (                -- forgotten after a day: see carillon.idempotency.keep
  tenant       text collate "C" not null,
  caller       text collate "C" not null,     -- whose key: the API key's id
  operation    text collate "C" not null,     -- method and path
  key          text collate "C" not null,
  fingerprint  bytea not null,                -- SHA-256 over the canonical content
  token        text not null,                 -- who works on it
  leased_until timestamptz not null,
  first_tried  timestamptz not null,          -- stays over all tries: ids are derived from it
  expires_at   timestamptz not null,
  status       smallint,                      -- null while it is worked on
  headers      json,
  body         text,
  primary key (tenant, caller, operation, key)
) with (fillfactor = 80);
create index idempotency_key_expiring on idempotency_key (expires_at);

create index event_newest on event (tenant, recorded_at, position);
create index event_newest_of_type on event (tenant, type, recorded_at, position);

-- an event may have led to a hundred thousand decisions: they are read page by page
create index decision_of_event on decision (tenant, event_id, id) where event_id is not null;

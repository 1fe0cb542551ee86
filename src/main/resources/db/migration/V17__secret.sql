-- Secrets the service makes for itself when none is configured, so that every replica and every restart has the same.

create table service_secret (
  name  text collate "C" primary key,
  value bytea not null
);

-- Templates are of the deployment and not of a tenant, like rules: everybody is told in the same words.

create table template_version (                -- every text that was ever published; what was sent names the version it was worded by
  type         text collate "C" not null,
  version      integer not null,               -- counted from 1 for each type
  files        json not null,                  -- file name to content
  published_at timestamptz not null,
  published_by text not null,                  -- the key that published it
  primary key (type, version)
);

create table template_state (                  -- what is published, before the files' words; and what is being written
  type       text collate "C" primary key,
  version    integer,                          -- null: the files' words, or none
  draft      json,                             -- file name to content
  drafted_at timestamptz,
  drafted_by text
);

create table template_change (
  seq        bigint generated always as identity primary key,
  type       text collate "C" not null,
  change     text not null check (change in ('published', 'rolled-back', 'deleted')),
  version    integer,                          -- published from then on; null: none
  changed_at timestamptz not null,
  changed_by text not null
);
create index template_change_of on template_change (type, seq);

create table template_revision (               -- its row lock puts changes in order, and its number tells replicas of them
  one      boolean primary key default true check (one),
  revision bigint not null
);
insert into template_revision (revision) values (0);

alter table notification
  add column template_version text,            -- which words it was told in: v3 of the API's, or the fingerprint of a file's
  add column locale text;                      -- and in which language

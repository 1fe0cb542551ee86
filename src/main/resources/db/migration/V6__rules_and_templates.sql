-- Rules and templates are of the deployment and not of a tenant: everybody's events are answered by the same rules, in the same texts.

create table rule_version (                     -- every text that was ever in force; what waits names the version it is judged by
  id          text collate "C" not null,
  version     text collate "C" not null,
  yaml        text not null,                    -- as it was written
  origin      text not null check (origin in ('api', 'file')),
  file        text,                             -- where it stood, for a file's
  recorded_at timestamptz not null,
  recorded_by text,                             -- the key that put it, for the API's
  primary key (id, version)
);

create table rule_state (                       -- what is in force: the API's version before the file's
  id           text collate "C" primary key,
  file_version text collate "C",
  api_version  text collate "C",
  switched     boolean,                         -- on or off by hand; null: as the rule itself says
  since        timestamptz not null             -- when the version in force came into force
);

create table rule_change (
  seq        bigint generated always as identity primary key,
  id         text collate "C" not null,
  change     text not null check (change in ('put', 'deleted', 'file-changed', 'file-removed', 'enabled', 'disabled')),
  version    text collate "C",                  -- in force after the change; null: none
  origin     text check (origin in ('api', 'file')),
  changed_at timestamptz not null,
  changed_by text
);
create index rule_change_of on rule_change (id, seq);

create table template_version (                 -- every text that was ever published; what was sent names the version it was made from
  type         text collate "C" not null,
  version      integer not null,                -- counted from 1 for each type
  files        json not null,                   -- file name to content
  published_at timestamptz not null,
  published_by text not null,                   -- the key that published it
  primary key (type, version)
);

create table template_state (                   -- what is published, which goes before the files; and the draft
  type       text collate "C" primary key,
  version    integer,                           -- null: the files' text, or none
  draft      json,                              -- file name to content
  drafted_at timestamptz,
  drafted_by text
);

create table template_change (
  seq        bigint generated always as identity primary key,
  type       text collate "C" not null,
  change     text not null check (change in ('published', 'rolled-back', 'deleted')),
  version    integer,                           -- published from then on; null: none
  changed_at timestamptz not null,
  changed_by text not null
);
create index template_change_of on template_change (type, seq);

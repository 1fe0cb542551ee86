-- Rules and templates are of the deployment and not of a tenant: everybody's events are answered by the same rules, in the same texts.
-- Both are documents with versions; the topic is that of change_feed.

create table document_version (                 -- every text that was ever in force: decisions and messages name the version they are made by
  topic       text collate "C" not null,
  id          text collate "C" not null,        -- of the rule; the notification type
  version     text collate "C" not null,
  content     text not null,                    -- a rule's YAML as it was written; of a type or a layout, file name to text as JSON
  file        text,                             -- where it stood; null: the API put it
  recorded_at timestamptz not null,
  recorded_by text,                             -- the key that put it
  primary key (topic, id, version)
);

create table document_state (                   -- what is in force: the API's version before the file's
  topic        text collate "C" not null,
  id           text collate "C" not null,
  file_version text collate "C",
  api_version  text collate "C",
  switched     boolean,                         -- on or off by hand; null: as the document itself says
  since        timestamptz not null,            -- when the version in force came into force
  primary key (topic, id)
);

create table document_change (
  seq        bigint generated always as identity primary key,
  topic      text collate "C" not null,
  id         text collate "C" not null,
  change     text not null,
  version    text collate "C",                  -- in force after the change; null: none, or a template's file
  origin     text check (origin in ('api', 'file')),
  changed_at timestamptz not null,
  changed_by text                               -- null: a file
);
create index document_change_of on document_change (topic, id, seq);

create table document_draft (                   -- of a type, or of a layout
  topic      text collate "C" not null,
  id         text collate "C" not null,
  files      json not null,                     -- file name to content
  drafted_at timestamptz not null,
  drafted_by text not null,
  primary key (topic, id)
);

create table template_test (                    -- messages that authors sent to themselves: of the last month, see PgTemplateTests
  id        text collate "C" primary key,       -- ULID
  tenant    text collate "C" not null,
  type      text collate "C" not null,
  version   text not null,
  channel   text not null,
  locale    text not null,
  recipient text not null,                      -- masked
  sent      boolean not null default false,
  provider  text,
  detail    text,                               -- why it was not sent
  sent_at   timestamptz not null,
  sent_by   text not null                       -- the key
);
create index template_test_recent on template_test (tenant, sent_at);
create index template_test_of_type on template_test (tenant, type, sent_at, id);

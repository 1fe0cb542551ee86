-- Secrets are kept encrypted, with a key that is not in the database (carillon.security.encryption-key). What is there in the clear is
-- encrypted by the next start.

alter table service_secret alter column value drop not null;                       -- in the clear: from before
alter table service_secret add column encrypted text;                              -- Base64, encrypted
alter table service_secret add constraint service_secret_kept_once check ((value is null) <> (encrypted is null));

comment on column webhook.secret is 'encrypted for webhook/<id>';
comment on column webhook.former_secret is 'encrypted for webhook/<id>';

-- Where one click ends messages like this one (RFC 8058): what an email of a commercial category says in List-Unsubscribe.
alter table delivery add column unsubscribe_url text;

-- How many bytes an event has as it is kept, its data, traits, content and extensions, and 16 more for each value in it. What is read of the
-- journal at once is bounded by it, without a look at the data. Null for one that was small enough to be kept where its row is, before sizes were written down.
alter table event add column bytes integer;

update event set bytes = octet_length(data::text) + coalesce(octet_length(traits::text), 0) + coalesce(octet_length(content::text), 0)
    + octet_length(extensions::text)
  where pg_column_compression(data) is not null or pg_column_compression(traits) is not null or pg_column_compression(content) is not null
    or pg_column_compression(extensions) is not null
    or greatest(pg_column_size(data), pg_column_size(traits), pg_column_size(content), pg_column_size(extensions)) > 2000;

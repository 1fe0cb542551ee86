-- What waits, in whatever way, is judged by what holds when it goes.

alter table outbox
  add column judged_as_of bigint not null default 0,    -- the journal's position as of which its recipient was judged
  add column not_before   timestamptz;                  -- of what is held: it does not go earlier, whatever its recipient changes
-- outbox.due_at: of what is held, when it is judged again

update outbox set not_before = due_at where state = 2 and hold_reason is null;

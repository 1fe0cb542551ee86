-- What the past needs: traits as they were said.

alter table event add column traits json;      -- what the sender said of the subject besides; null for nothing

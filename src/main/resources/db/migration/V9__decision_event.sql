-- Which event a decision answers: an id is its source's own, and two sources may use one for two events. A position is unique.
-- Null for decisions written before this; they are shown with every event of their id, as they were.

alter table decision add column event_position bigint;

-- Which providers have asked this delivery to wait, and until when: {"sendgrid": "2026-11-29T10:00:00Z"}. It binds nobody else.
alter table outbox add column waits jsonb;

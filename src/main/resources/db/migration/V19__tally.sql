-- Statistics are counted in the transaction in which a thing happens, a row a batch, and gathered into hours later.

create table tally (                          -- counted, and not yet part of an hour
  tenant   text collate "C" not null,
  hour     timestamptz not null,
  type     text not null,
  channel  text not null,
  provider text not null,
  status   text not null,
  reason   text not null,
  count    bigint not null
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- What had ended and was not counted yet.
insert into tally (tenant, hour, type, channel, provider, status, reason, count)
select n.tenant, date_trunc('hour', n.created_at, 'UTC'), n.type, '', '', case when n.reason is null then 'accepted' else 'suppressed' end, coalesce(n.reason, ''), count(*)
from notification n where n.created_at >= (select until from statistic_progress) group by 1, 2, 3, 6, 7
union all
select n.tenant, date_trunc('hour', a.ended_at, 'UTC'), n.type, d.channel, a.provider,
       case a.outcome when 'sent' then 'sent' when 'retry' then 'retried' when 'unknown' then 'retried' when 'expired' then 'expired' else 'dead-lettered' end,
       case when a.outcome not in ('dead', 'expired') then '' when a.failure in ('REJECTED', 'OUTCOME_UNKNOWN') then 'PROVIDER_ERROR' else coalesce(a.failure, '') end, count(*)
from attempt a join delivery d on d.id = a.delivery_id join notification n on n.tenant = d.tenant and n.id = d.notification_id
where a.ended_at >= (select until from statistic_progress) group by 1, 2, 3, 4, 5, 6, 7
union all
select n.tenant, date_trunc('hour', r.heard_at, 'UTC'), n.type, d.channel, r.provider, r.status, '', count(*)
from delivery_report r join delivery d on d.id = r.delivery_id and d.created_at = r.created_at join notification n on n.tenant = d.tenant and n.id = d.notification_id
where r.heard_at >= (select until from statistic_progress) group by 1, 2, 3, 4, 5, 6;

drop table statistic_progress;
drop index attempt_by_end;
drop index delivery_report_by_hearing;

-- An outbox row knows of what type it is; null for what is told to subscribers, which is no notification.
alter table outbox add column type text;
update outbox o set type = n.type
from delivery d join notification n on n.tenant = d.tenant and n.id = d.notification_id where d.id = o.delivery_id and d.created_at = o.created_at;

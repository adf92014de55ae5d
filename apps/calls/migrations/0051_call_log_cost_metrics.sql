-- What a call cost: how it was recorded, how long and how often it was streamed, how often a webhook failed or came again.
-- shipshape: repeatable

alter table call_log add column if not exists recording_mode varchar(32);
alter table call_log add column if not exists stream_started_at timestamp;
alter table call_log add column if not exists stream_ended_at timestamp;
alter table call_log add column if not exists stream_duration_sec double precision;
alter table call_log add column if not exists stream_connect_count integer default 0;
alter table call_log add column if not exists webhook_11205_count integer default 0;
alter table call_log add column if not exists webhook_retry_count integer default 0;
alter table call_log add column if not exists recording_count integer default 0;
alter table call_log add column if not exists estimated_cost_bucket varchar(16);

-- Why a call got its cost bucket: one row a reason, rewritten together with the bucket.

create table call_cost_reason (
  business_id integer not null,
  call_sid varchar(64) not null,
  reason varchar(32) not null,
  rule_version integer not null,
  points integer not null,
  facts jsonb not null,
  constraint call_cost_reason_pkey primary key (business_id, call_sid, reason),
  constraint call_cost_reason_call_fk foreign key (business_id, call_sid) references call_log (business_id, call_sid) on delete cascade
);

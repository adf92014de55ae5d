-- The schema before the cost metrics, in one file.
-- Every unique key contains business_id, so that distributing by tenant stays mechanical. `timestamp` columns hold UTC.

create type api_key_role as enum ('viewer', 'operator', 'admin');
create type call_direction as enum ('inbound', 'outbound', 'unknown');
create type transcript_source as enum ('recording', 'realtime', 'failed');

create table business (
  id integer generated always as identity,
  name varchar(200) not null,
  account_sid varchar(34),
  created_at timestamp not null default (now() at time zone 'utc'),
  constraint business_pkey primary key (id)
);
create index business_account_sid_idx on business (account_sid);

create table business_number (
  business_id integer not null,
  number varchar(64) not null,
  constraint business_number_pkey primary key (business_id, number),
  constraint business_number_business_fk foreign key (business_id) references business (id) on delete cascade
);
create index business_number_number_idx on business_number (number);

create table business_settings (
  business_id integer not null,
  timezone varchar(64) not null default 'UTC',
  record_calls boolean not null default true,
  retention_days integer not null default 90,
  max_call_minutes integer not null default 240,
  rates jsonb not null default '{}',
  constraint business_settings_pkey primary key (business_id),
  constraint business_settings_business_fk foreign key (business_id) references business (id) on delete cascade,
  constraint business_settings_limits check (retention_days > 0 and max_call_minutes > 0)
);

create table api_key (
  business_id integer not null,
  id bigint generated always as identity,
  name varchar(100) not null,
  key_hash varchar(64) not null,
  role api_key_role not null default 'viewer',
  created_at timestamp not null default (now() at time zone 'utc'),
  revoked_at timestamp,
  constraint api_key_pkey primary key (business_id, id),
  constraint api_key_hash_key unique (business_id, key_hash),
  constraint api_key_business_fk foreign key (business_id) references business (id) on delete cascade
);
create index api_key_hash_idx on api_key (key_hash);

create table lead (
  business_id integer not null,
  id bigint generated always as identity,
  phone_number varchar(64) not null,
  name varchar(200),
  created_at timestamp not null default (now() at time zone 'utc'),
  constraint lead_pkey primary key (business_id, id),
  constraint lead_phone_number_key unique (business_id, phone_number),
  constraint lead_business_fk foreign key (business_id) references business (id) on delete cascade
);

create table call_log (
  business_id integer not null,
  id bigint generated always as identity,
  lead_id bigint,
  call_sid varchar(64) not null,
  parent_call_sid varchar(64),
  from_number varchar(255),
  to_number varchar(255),
  direction call_direction not null default 'unknown',
  twilio_direction varchar(32),
  duration integer,
  status varchar(32),
  recording_url varchar(1024),
  recording_sid varchar(64),
  transcription text,
  final_transcript text,
  transcript_source transcript_source,
  summary text,
  audio_bytes_len bigint,
  audio_duration_sec double precision,
  error_code integer,
  error_message text,
  created_at timestamp not null default (now() at time zone 'utc'),
  updated_at timestamp not null default (now() at time zone 'utc'),
  constraint call_log_pkey primary key (business_id, id),
  constraint call_log_call_sid_key unique (business_id, call_sid),
  constraint call_log_business_fk foreign key (business_id) references business (id) on delete cascade,
  constraint call_log_lead_fk foreign key (business_id, lead_id) references lead (business_id, id)
);
create index call_log_keyset_idx on call_log (business_id, created_at desc, id desc);
create index call_log_call_sid_idx on call_log (call_sid);
create index call_log_lead_idx on call_log (business_id, lead_id);

create table conversation_turn (
  business_id integer not null,
  id bigint generated always as identity,
  call_sid varchar(64) not null,
  position integer not null,
  speaker varchar(16) not null,
  content text not null,
  started_at timestamp,
  constraint conversation_turn_pkey primary key (business_id, id),
  constraint conversation_turn_position_key unique (business_id, call_sid, position),
  constraint conversation_turn_call_fk foreign key (business_id, call_sid) references call_log (business_id, call_sid) on delete cascade
);

-- One row for each distinct thing the provider told about a call; a redelivery only counts.
create table call_event (
  business_id integer not null,
  id bigint generated always as identity,
  event_key varchar(200) not null,
  kind varchar(32) not null,
  call_sid varchar(64),
  payload jsonb not null,
  answer text,
  redelivery_count integer not null default 0,
  received_at timestamp not null default (now() at time zone 'utc'),
  constraint call_event_pkey primary key (business_id, id),
  constraint call_event_key unique (business_id, event_key),
  constraint call_event_business_fk foreign key (business_id) references business (id) on delete cascade,
  constraint call_event_call_fk foreign key (business_id, call_sid) references call_log (business_id, call_sid) on delete cascade
);
create index call_event_call_idx on call_event (business_id, call_sid);

create table call_recording (
  business_id integer not null,
  id bigint generated always as identity,
  call_sid varchar(64) not null,
  recording_sid varchar(64) not null,
  status varchar(32) not null,
  source varchar(64),
  url varchar(1024),
  channels integer,
  duration_sec integer,
  started_at timestamp,
  error_code integer,
  downloaded_at timestamp,
  audio_bytes_len bigint,
  audio_duration_sec double precision,
  audio_sha256 varchar(64),
  constraint call_recording_pkey primary key (business_id, id),
  constraint call_recording_sid_key unique (business_id, recording_sid),
  constraint call_recording_call_fk foreign key (business_id, call_sid) references call_log (business_id, call_sid) on delete cascade
);
create index call_recording_call_idx on call_recording (business_id, call_sid);

create table call_stream (
  business_id integer not null,
  id bigint generated always as identity,
  call_sid varchar(64) not null,
  stream_sid varchar(64) not null,
  name varchar(200),
  started_at timestamp,
  ended_at timestamp,
  ended_by varchar(32),
  error text,
  constraint call_stream_pkey primary key (business_id, id),
  constraint call_stream_sid_key unique (business_id, stream_sid),
  constraint call_stream_call_fk foreign key (business_id, call_sid) references call_log (business_id, call_sid) on delete cascade
);
create index call_stream_call_idx on call_stream (business_id, call_sid);

-- Events whose tenant is not known (yet). They belong to no tenant, so that this is the one table without business_id;
-- they are taken over by a tenant when an event of the same account and call (or of the parent call it waits for) names one.
create table quarantined_event (
  id bigint generated always as identity,
  account_sid varchar(34) not null,
  event_key varchar(200) not null,
  kind varchar(32) not null,
  call_sid varchar(64),
  waits_for varchar(64),
  reason varchar(32) not null,
  to_number varchar(255),
  from_number varchar(255),
  payload jsonb not null,
  answer text,
  redelivery_count integer not null default 0,
  received_at timestamp not null default (now() at time zone 'utc'),
  constraint quarantined_event_pkey primary key (id),
  constraint quarantined_event_key unique (account_sid, event_key)
);
create index quarantined_event_call_idx on quarantined_event (call_sid);
create index quarantined_event_waits_for_idx on quarantined_event (waits_for);

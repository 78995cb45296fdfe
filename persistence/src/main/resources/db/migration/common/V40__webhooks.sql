-- SPDX-License-Identifier: Apache-2.0
-- Who is told of events, what each of them is to be told, and how that went. A delivery outlives its job, and is written in
-- the transaction that writes its event: neither of them refers to other tables.

create table webhook_endpoint (
  id              uuid                        not null,
  tenant          varchar(64)                 not null,
  user_id         varchar(128)                not null,
  all_owners      boolean                     not null,
  url             varchar(2000)               not null,
  description     varchar(500)                not null,
  event_types     varchar(1000)               not null,
  enabled         boolean                     not null,
  disabled_reason varchar(16),
  failing_since   timestamp(6) with time zone,
  secret          varchar(200)                not null,
  previous_secret varchar(200),
  previous_until  timestamp(6) with time zone,
  revision        integer                     not null,
  created_at      timestamp(6) with time zone not null,
  updated_at      timestamp(6) with time zone not null,
  constraint webhook_endpoint_pk primary key (id)
);

create index webhook_endpoint_owner_ix on webhook_endpoint (tenant, user_id, id);

create table webhook_delivery (
  id            uuid                        not null,
  tenant        varchar(64)                 not null,
  user_id       varchar(128)                not null,
  endpoint_id   uuid,
  job_id        uuid,
  event_type    varchar(32)                 not null,
  url           varchar(2000)               not null,
  stream        varchar(100)                not null,
  stream_seq    bigint                      not null,
  body          text                        not null,
  trace_id      varchar(32),
  status        varchar(16)                 not null,
  attempts      integer                     not null,
  round_start   integer                     not null,
  next_at       timestamp(6) with time zone,
  lease_until   timestamp(6) with time zone,
  node          varchar(128),
  dispatched_at timestamp(6) with time zone,
  answer_status integer,
  error         varchar(32),
  created_at    timestamp(6) with time zone not null,
  finished_at   timestamp(6) with time zone,
  constraint webhook_delivery_pk primary key (id)
);

-- What is sent next of a stream; what is due; what a caller sees; what is old.
create index webhook_delivery_stream_ix on webhook_delivery (stream, status, stream_seq);
create index webhook_delivery_due_ix on webhook_delivery (status, next_at);
create index webhook_delivery_owner_ix on webhook_delivery (tenant, user_id, id);
create index webhook_delivery_endpoint_ix on webhook_delivery (endpoint_id, id);
create index webhook_delivery_finished_ix on webhook_delivery (finished_at);

create table webhook_attempt (
  delivery_id   uuid                        not null,
  number        integer                     not null,
  node          varchar(128)                not null,
  started_at    timestamp(6) with time zone not null,
  duration_ms   bigint                      not null,
  answer_status integer,
  answer        varchar(2000),
  error         varchar(32),
  message       varchar(500),
  constraint webhook_attempt_pk primary key (delivery_id, number),
  constraint webhook_attempt_delivery_fk foreign key (delivery_id) references webhook_delivery (id) on delete cascade
);

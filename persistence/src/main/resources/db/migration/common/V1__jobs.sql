-- SPDX-License-Identifier: Apache-2.0
-- Standard SQL that H2 and PostgreSQL read alike. JSON is kept as text: no query looks inside.

create table job (
  id               uuid                        not null,
  tenant           varchar(64)                 not null,
  user_id          varchar(128)                not null,
  task             varchar(64)                 not null,
  lane             varchar(16)                 not null,
  params           text                        not null,
  options          text                        not null,
  labels           text                        not null,
  priority         smallint                    not null,
  status           varchar(24)                 not null,
  stage            varchar(64),
  progress         double precision            not null,
  message          varchar(1000),
  attempt          integer                     not null,
  max_attempts     integer                     not null,
  timeout_seconds  integer                     not null,
  ttl_seconds      integer                     not null,
  node             varchar(128),
  lease_until      timestamp(6) with time zone,
  browser_type     varchar(64),
  last_seq         integer                     not null,
  cancel_requested boolean                     not null,
  cancel_forced    boolean                     not null,
  cancel_reason    varchar(500),
  result           text,
  error_category   varchar(32),
  error_code       varchar(64),
  error_message    varchar(2000),
  error_recovery   varchar(32),
  webhook_url      varchar(2000),
  trace_id         varchar(32)                 not null,
  trace_parent     varchar(64),
  created_at       timestamp(6) with time zone not null,
  not_before       timestamp(6) with time zone,
  dispatched_at    timestamp(6) with time zone,
  attempt_started_at timestamp(6) with time zone,
  started_at       timestamp(6) with time zone,
  finished_at      timestamp(6) with time zone,
  expires_at       timestamp(6) with time zone,
  constraint job_pk primary key (id)
);

-- The queue, its positions and every sweep over jobs in one status. Ids are time-ordered (UUID version 7).
create index job_status_ix on job (status, priority, id);
create index job_owner_ix on job (tenant, user_id, id);
create index job_expiry_ix on job (expires_at);

create table job_label (
  job_id uuid         not null,
  name   varchar(64)  not null,
  text   varchar(256) not null,
  constraint job_label_pk primary key (job_id, name),
  constraint job_label_job_fk foreign key (job_id) references job (id) on delete cascade
);

create index job_label_text_ix on job_label (name, text, job_id);

-- One row for each attempt that ended, or was found lost.
create table job_attempt (
  job_id         uuid                        not null,
  number         integer                     not null,
  node           varchar(128)                not null,
  browser_type   varchar(64),
  outcome        varchar(24)                 not null,
  error_category varchar(32),
  error_code     varchar(64),
  error_message  varchar(2000),
  error_recovery varchar(32),
  started_at     timestamp(6) with time zone not null,
  finished_at    timestamp(6) with time zone not null,
  constraint job_attempt_pk primary key (job_id, number),
  constraint job_attempt_job_fk foreign key (job_id) references job (id) on delete cascade
);

create table job_event (
  job_id      uuid                        not null,
  seq         integer                     not null,
  tenant      varchar(64)                 not null,
  user_id     varchar(128)                not null,
  task        varchar(64)                 not null,
  type        varchar(32)                 not null,
  occurred_at timestamp(6) with time zone not null,
  data        text                        not null,
  constraint job_event_pk primary key (job_id, seq),
  constraint job_event_job_fk foreign key (job_id) references job (id) on delete cascade
);

create table artifact (
  job_id       uuid                        not null,
  name         varchar(120)                not null,
  attempt      integer                     not null,
  kind         varchar(24)                 not null,
  content_type varchar(128)                not null,
  size_bytes   bigint                      not null,
  sha256       varchar(64)                 not null,
  storage_key  varchar(300)                not null,
  created_at   timestamp(6) with time zone not null,
  constraint artifact_pk primary key (job_id, name),
  constraint artifact_job_fk foreign key (job_id) references job (id) on delete cascade
);

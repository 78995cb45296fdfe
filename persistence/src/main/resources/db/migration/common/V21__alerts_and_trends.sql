-- SPDX-License-Identifier: Apache-2.0
-- What went wrong and for how long, and how each node did minute by minute. Both are kept within bounds by a timer.

create table alert (
  id         uuid                        not null,
  rule       varchar(64)                 not null,
  subject    varchar(300)                not null,
  severity   varchar(16)                 not null,
  message    varchar(1000)               not null,
  node       varchar(128)                not null,
  measured   double precision            not null,
  threshold  double precision            not null,
  started_at timestamp(6) with time zone not null,
  seen_at    timestamp(6) with time zone not null,
  ended_at   timestamp(6) with time zone,
  constraint alert_pk primary key (id)
);

create index alert_ended_ix on alert (ended_at);

create table trend_sample (
  node                varchar(128)                not null,
  taken_at            timestamp(6) with time zone not null,
  service_level       varchar(16)                 not null,
  health_score        integer                     not null,
  queued              bigint                      not null,
  running             bigint                      not null,
  oldest_wait_seconds bigint                      not null,
  open_sites          integer                     not null,
  workers             integer                     not null,
  broken_workers      integer                     not null,
  ledger_backlog      integer                     not null,
  disk_free_megabytes bigint                      not null,
  heap_used_megabytes bigint                      not null,
  load_average        double precision            not null,
  constraint trend_sample_pk primary key (node, taken_at)
);

create index trend_sample_taken_ix on trend_sample (taken_at);

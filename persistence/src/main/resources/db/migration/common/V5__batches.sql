-- SPDX-License-Identifier: Apache-2.0
-- Jobs that were submitted together.

create table batch (
  id         uuid                        not null,
  tenant     varchar(64)                 not null,
  user_id    varchar(128)                not null,
  total      integer                     not null,
  created_at timestamp(6) with time zone not null,
  constraint batch_pk primary key (id)
);

create table batch_job (
  batch_id uuid not null,
  job_id   uuid not null,
  constraint batch_job_pk primary key (batch_id, job_id),
  constraint batch_job_batch_fk foreign key (batch_id) references batch (id) on delete cascade,
  constraint batch_job_job_fk foreign key (job_id) references job (id) on delete cascade
);

create index batch_job_job_ix on batch_job (job_id);

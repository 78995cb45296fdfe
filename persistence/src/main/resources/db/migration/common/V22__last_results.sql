-- SPDX-License-Identifier: Apache-2.0
-- The last good result of jobs that are equal, for tasks that may fall back to it. A timer keeps it within bounds.

create table last_result (
  request varchar(64)                 not null,
  job_id  uuid                        not null,
  result  varchar(65536)              not null,
  made_at timestamp(6) with time zone not null,
  constraint last_result_pk primary key (request)
);

create index last_result_made_ix on last_result (made_at);

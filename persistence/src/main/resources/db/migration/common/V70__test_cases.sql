-- SPDX-License-Identifier: Apache-2.0
-- Test cases, and what came of each time that one was carried out. An execution has the id of the job that carries it out
-- and outlives both that job and the test case. Its table is called as the test backend calls it, whose queries read it.

create table test_case (
  id          uuid                        not null,
  tenant      varchar(64)                 not null,
  user_id     varchar(128)                not null,
  name        varchar(200)                not null,
  description varchar(2000)               not null,
  steps       text                        not null,
  revision    integer                     not null,
  created_at  timestamp(6) with time zone not null,
  updated_at  timestamp(6) with time zone not null,
  constraint test_case_pk primary key (id)
);

create index test_case_owner_ix on test_case (tenant, user_id, id);

create table test_executions (
  id             uuid                        not null,
  tenant         varchar(64)                 not null,
  user_id        varchar(128)                not null,
  test_case_id   uuid                        not null,
  test_case_name varchar(200)                not null,
  engine         varchar(16),
  host_id        varchar(128),
  device_id      varchar(128),
  status         varchar(16)                 not null,
  error_category varchar(32),
  error_code     varchar(64),
  error_message  varchar(2000),
  created_at     timestamp(6) with time zone not null,
  started_at     timestamp(6) with time zone,
  finished_at    timestamp(6) with time zone,
  constraint test_executions_pk primary key (id)
);

-- What a caller sees, of everything or of one test case; what goes on; what is old.
create index test_executions_owner_ix on test_executions (tenant, user_id, id);
create index test_executions_test_case_ix on test_executions (test_case_id, id);
create index test_executions_status_ix on test_executions (status);
create index test_executions_finished_ix on test_executions (finished_at);

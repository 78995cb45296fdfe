-- SPDX-License-Identifier: Apache-2.0
-- What attempts ask of people, and what came of it.

create table human_step (
  id          uuid                        not null,
  job_id      uuid                        not null,
  attempt     integer                     not null,
  kind        varchar(16)                 not null,
  prompt      varchar(1000)               not null,
  choices     text                        not null,
  asked_at    timestamp(6) with time zone not null,
  deadline    timestamp(6) with time zone not null,
  state       varchar(16)                 not null,
  answer      text,
  answered_by varchar(128),
  ended_at    timestamp(6) with time zone,
  constraint human_step_pk primary key (id),
  constraint human_step_job_fk foreign key (job_id) references job (id) on delete cascade
);

create index human_step_job_ix on human_step (job_id, asked_at);

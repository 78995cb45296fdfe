-- SPDX-License-Identifier: Apache-2.0
-- What nodes tell each other about the circuit breakers. A breaker that never left its closed state has no row.

create table breaker (
  name         varchar(300)                not null,
  state        varchar(16)                 not null,
  failure_rate double precision            not null,
  calls        integer                     not null,
  opened_at    timestamp(6) with time zone,
  retry_at     timestamp(6) with time zone,
  reset_at     timestamp(6) with time zone,
  updated_at   timestamp(6) with time zone not null,
  node         varchar(128)                not null,
  revision     bigint                      not null,
  constraint breaker_pk primary key (name)
);

create index breaker_updated_ix on breaker (updated_at);

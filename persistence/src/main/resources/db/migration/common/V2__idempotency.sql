-- SPDX-License-Identifier: Apache-2.0
-- One row for each Idempotency-Key that a caller used in the last 24 hours.

create table idempotency (
  tenant          varchar(64)                 not null,
  user_id         varchar(128)                not null,
  idempotency_key varchar(255)                not null,
  fingerprint     varchar(64)                 not null,
  reserved_id     uuid                        not null,
  node            varchar(128)                not null,
  begun_at        timestamp(6) with time zone not null,
  answer_status   integer,
  answer_location varchar(2000),
  answer_type     varchar(128),
  answer_body     text,
  constraint idempotency_pk primary key (tenant, user_id, idempotency_key)
);

create index idempotency_begun_ix on idempotency (begun_at);

-- SPDX-License-Identifier: Apache-2.0
-- Cookies and storage of browsers, kept under a name of their owner. The state itself lies apart, so that nobody reads it who
-- only lists; it is encrypted, as Base64, and opens only for the owner and the name that it was kept for.

create table captured_session (
  id           uuid                        not null,
  tenant       varchar(64)                 not null,
  user_id      varchar(128)                not null,
  name         varchar(100)                not null,
  engine       varchar(16)                 not null,
  session_id   uuid                        not null,
  cookies      integer                     not null,
  origins      integer                     not null,
  created_at   timestamp(6) with time zone not null,
  updated_at   timestamp(6) with time zone not null,
  expires_at   timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  constraint captured_session_pk primary key (id),
  constraint captured_session_name_uq unique (tenant, user_id, name)
);

-- What a caller sees; what is over.
create index captured_session_owner_ix on captured_session (tenant, user_id, id);
create index captured_session_expires_ix on captured_session (expires_at);

create table sealed_state (
  captured_session_id uuid        not null,
  key_id              varchar(16) not null,
  sealed              text        not null,
  constraint sealed_state_pk primary key (captured_session_id),
  constraint sealed_state_captured_session_fk foreign key (captured_session_id) references captured_session (id)
    on delete cascade
);

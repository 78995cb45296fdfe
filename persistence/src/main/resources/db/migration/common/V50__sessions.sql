-- SPDX-License-Identifier: Apache-2.0
-- Browsers that someone holds. A row stays for a while after its browser is gone, to tell why.

create table browser_session (
  id               uuid                        not null,
  tenant           varchar(64)                 not null,
  user_id          varchar(128)                not null,
  node             varchar(128)                not null,
  engine           varchar(16)                 not null,
  headless         boolean                     not null,
  vnc              boolean                     not null,
  labels           varchar(8000)               not null,
  idle_ttl_seconds integer                     not null,
  max_ttl_seconds  integer                     not null,
  start_url        varchar(1024),
  start_url_wait   varchar(16)                 not null,
  status           varchar(16)                 not null,
  close_reason     varchar(32),
  problem          varchar(500),
  browser_pid      bigint                      not null,
  created_at       timestamp(6) with time zone not null,
  last_seen_at     timestamp(6) with time zone not null,
  expires_at       timestamp(6) with time zone not null,
  ended_at         timestamp(6) with time zone,
  constraint browser_session_pk primary key (id)
);

-- What a caller sees; what a node has; what is old.
create index browser_session_owner_ix on browser_session (tenant, user_id, id);
create index browser_session_node_ix on browser_session (node, status);
create index browser_session_ended_ix on browser_session (ended_at);

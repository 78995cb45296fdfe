-- SPDX-License-Identifier: Apache-2.0
-- Where work is done: every node of the cluster, which writes its own row while it lives, and machines of others that were
-- registered. A row of which nothing was heard for a while is removed.

create table host (
  name          varchar(128)                not null,
  kind          varchar(16)                 not null,
  url           varchar(500),
  status        varchar(16)                 not null,
  capabilities  text                        not null,
  devices       text                        not null,
  engines       text                        not null,
  roles         varchar(64)                 not null,
  version       varchar(64),
  slots         integer                     not null,
  running       integer                     not null,
  drain_until   timestamp(6) with time zone,
  wish          varchar(16),
  wish_until    timestamp(6) with time zone,
  registered_at timestamp(6) with time zone not null,
  last_ping     timestamp(6) with time zone not null,
  constraint host_pk primary key (name)
);

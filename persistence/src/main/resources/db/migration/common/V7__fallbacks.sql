-- SPDX-License-Identifier: Apache-2.0
-- What a job got in place of what it asked for, and the results that may stand in for those of later jobs.

alter table job add column fallback_kind varchar(16);
alter table job add column fallback_detail varchar(300);
alter table job add column fallback_because varchar(64);
alter table job add column fallback_made_at timestamp(6) with time zone;

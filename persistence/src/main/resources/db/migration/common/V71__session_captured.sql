-- SPDX-License-Identifier: Apache-2.0
-- The name of the captured session that a browser began signed in as.

alter table browser_session add column captured_session varchar(100);

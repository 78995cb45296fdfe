-- SPDX-License-Identifier: Apache-2.0
-- Whether the display of a session asks its viewers for a password.

alter table browser_session add column vnc_password boolean default false not null;

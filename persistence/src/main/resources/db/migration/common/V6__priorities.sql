-- SPDX-License-Identifier: Apache-2.0
-- Each priority has a step above and one below it.
update job set priority = 1 where priority = 2;
update job set priority = 7 where priority = 6;

-- SPDX-License-Identifier: Apache-2.0
-- Parameters, results and event data are texts of a few kilobytes: beside their row, not in H2's separate large-object
-- store, which costs several extra map look-ups per value.
set max_length_inplace_lob 65536;

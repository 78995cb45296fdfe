// SPDX-License-Identifier: Apache-2.0
/**
 * A PostgreSQL that belongs to the tests alone: its programs come from the system, everything else is its own, and no
 * server that is there already is touched.
 */
@NullMarked
package dev.drover.qa.postgres;

import org.jspecify.annotations.NullMarked;

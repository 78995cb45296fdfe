// SPDX-License-Identifier: Apache-2.0

/**
 * What every request meets: JSON, problem documents, limits, idempotency keys, the headers of the console, and what the
 * server tells about itself.
 */
@NullMarked
package dev.drover.system.boundary;

import org.jspecify.annotations.NullMarked;

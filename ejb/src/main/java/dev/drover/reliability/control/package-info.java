// SPDX-License-Identifier: Apache-2.0

/**
 * How the service keeps well when what it depends on does not: circuit breakers and limits for the sites that jobs visit,
 * which the nodes share through the database (docs/guide/reliability.md).
 */
@NullMarked
package dev.drover.reliability.control;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/** What every room needs: typed configuration, error codes, health, meters and management beans. */
@NullMarked
package dev.drover.system.control;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/** The tasks that jobs can ask for. */
@NullMarked
package dev.drover.task.boundary;

import org.jspecify.annotations.NullMarked;

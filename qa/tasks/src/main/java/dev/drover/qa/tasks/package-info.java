// SPDX-License-Identifier: Apache-2.0

/** What a team's own task jar looks like: two tasks, their descriptors, and the file that names them. */
@NullMarked
package dev.drover.qa.tasks;

import org.jspecify.annotations.NullMarked;

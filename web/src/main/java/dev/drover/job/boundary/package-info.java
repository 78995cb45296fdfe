// SPDX-License-Identifier: Apache-2.0

/** Jobs over REST: submit, list, look, cancel, and the files that they leave. */
@NullMarked
package dev.drover.job.boundary;

import org.jspecify.annotations.NullMarked;

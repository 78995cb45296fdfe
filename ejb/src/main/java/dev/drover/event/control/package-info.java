// SPDX-License-Identifier: Apache-2.0

/** Events of jobs: publishing, fan-out to every node, and the hub that feeds subscribers without waiting for any. */
@NullMarked
package dev.drover.event.control;

import org.jspecify.annotations.NullMarked;

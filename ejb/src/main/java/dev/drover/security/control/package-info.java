// SPDX-License-Identifier: Apache-2.0

/** Who calls, and which records that caller may see. */
@NullMarked
package dev.drover.security.control;

import org.jspecify.annotations.NullMarked;

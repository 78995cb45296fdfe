// SPDX-License-Identifier: Apache-2.0
/** The schema and what keeps it on disk. */
@NullMarked
package dev.drover.system.entity;

import org.jspecify.annotations.NullMarked;

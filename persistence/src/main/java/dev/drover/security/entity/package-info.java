// SPDX-License-Identifier: Apache-2.0
/** Who owns a record. */
@NullMarked
package dev.drover.security.entity;

import org.jspecify.annotations.NullMarked;

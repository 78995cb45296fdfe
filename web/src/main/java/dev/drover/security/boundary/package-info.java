// SPDX-License-Identifier: Apache-2.0

/** Where callers are told by their tokens, and where they ask who they are. */
@NullMarked
package dev.drover.security.boundary;

import org.jspecify.annotations.NullMarked;

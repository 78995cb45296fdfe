// SPDX-License-Identifier: Apache-2.0
/** Test cases and what came of them, over REST; test progress over Socket.IO. */
@NullMarked
package dev.drover.testing.boundary;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/** Events as they go out: in pages, as server-sent events, and over WebSockets. */
@NullMarked
package dev.drover.event.boundary;

import org.jspecify.annotations.NullMarked;

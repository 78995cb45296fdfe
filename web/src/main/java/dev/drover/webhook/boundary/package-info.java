// SPDX-License-Identifier: Apache-2.0

/** Where callers say who is to be told of events, and see how that goes. */
@NullMarked
package dev.drover.webhook.boundary;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Who is told of events, and every delivery with its attempts. A delivery's row is the outbox (docs/adr/0001). */
@NullMarked
package dev.drover.webhook.entity;

import org.jspecify.annotations.NullMarked;

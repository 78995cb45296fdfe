// SPDX-License-Identifier: Apache-2.0

/**
 * Tells others of events, signed as Standard Webhooks says and at least once. A delivery is a row that is written with its
 * event; a message only says that there is something to send, and a sweeper says so again for what was not sent. What goes
 * to one receiver about one job goes in order, and no receiver delays another (docs/guide/webhooks.md).
 */
@NullMarked
package dev.drover.webhook.control;

import org.jspecify.annotations.NullMarked;

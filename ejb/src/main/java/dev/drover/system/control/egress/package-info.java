// SPDX-License-Identifier: Apache-2.0

/**
 * Which addresses the server goes to on behalf of others, whatever carries the bytes: the browsers' proxy and the sender of
 * webhooks ask here, and dial the very address that was checked.
 */
@NullMarked
package dev.drover.system.control.egress;

import org.jspecify.annotations.NullMarked;

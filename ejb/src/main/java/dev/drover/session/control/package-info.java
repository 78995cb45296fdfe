// SPDX-License-Identifier: Apache-2.0
/**
 * Browsers that people and programs hold. A session is a browser process of its own on one node, reached through endpoints
 * of the server, with a row that tells of it; it ends when nobody has used it for a while (docs/adr/0017).
 */
@NullMarked
package dev.drover.session.control;

import org.jspecify.annotations.NullMarked;

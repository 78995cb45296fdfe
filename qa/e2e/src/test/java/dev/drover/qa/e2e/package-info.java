// SPDX-License-Identifier: Apache-2.0
/**
 * What users of Drover see, on the packaged server that {@code ./drover up} starts: the API, the sockets, the console in
 * a real Chromium. Most classes share one server ({@link dev.drover.qa.e2e.EndToEnd}); those that break theirs, or need
 * several, have their own.
 */
@NullMarked
package dev.drover.qa.e2e;

import org.jspecify.annotations.NullMarked;

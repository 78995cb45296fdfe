// SPDX-License-Identifier: Apache-2.0

/**
 * The sample sites: pages as one finds them, and pages as nobody wants them, served from this machine so that the demo,
 * the tests and the benchmarks need no other address. They never belong in a production image.
 */
@NullMarked
package dev.drover.qa.sites;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0

/**
 * Measures Drover against the raw thing on the same machine in the same run, and never fails on a time. {@code Bench} runs
 * {@code Row}s on a {@code Stage}, which holds a server of its own and child processes for what it is compared with; what
 * comes out are {@code Figure}s, which {@code Report} writes down.
 */
@NullMarked
package dev.drover.qa.bench;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/**
 * Test cases: kept, and carried out. A test case is carried out by a job, in a browser of the cluster or on a registered host,
 * and so waits, is watched, retried and cancelled as any job; an execution has its id and keeps what came of it.
 */
@NullMarked
package dev.drover.testing.control;

import org.jspecify.annotations.NullMarked;

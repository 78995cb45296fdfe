// SPDX-License-Identifier: Apache-2.0

/**
 * The way of a job: submit, dispatch, claim, run, settle, sweep. The row is the outbox (docs/adr/0001) and the attempt
 * number is the fencing token (docs/adr/0002).
 */
@NullMarked
package dev.drover.job.control;

import org.jspecify.annotations.NullMarked;

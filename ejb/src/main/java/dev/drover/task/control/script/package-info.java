// SPDX-License-Identifier: Apache-2.0

/**
 * A small declarative language for what one does on a page: {@link dev.drover.task.control.script.ScriptParser} makes a
 * {@link dev.drover.task.control.script.Script} of {@link dev.drover.task.control.script.Step}s from JSON, and
 * {@link dev.drover.task.control.script.ScriptRunner} walks through it on a page, keeping the time of every step. It knows
 * nothing of jobs beyond the task contract, so that whatever needs steps, a test case for one, can use it.
 */
@NullMarked
package dev.drover.task.control.script;

import org.jspecify.annotations.NullMarked;

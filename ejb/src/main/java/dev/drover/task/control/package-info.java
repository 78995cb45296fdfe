// SPDX-License-Identifier: Apache-2.0

/**
 * What Drover can do: the {@link dev.drover.task.control.AutomationTask} contract, the registry that finds
 * implementations, and one sub-package per family of built-in tasks. A task sees its parameters, a page, progress,
 * artifacts and cancellation through {@link dev.drover.task.control.TaskContext} and nothing else of the server.
 */
@NullMarked
package dev.drover.task.control;

import org.jspecify.annotations.NullMarked;

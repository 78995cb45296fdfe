// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

/**
 * A task that jobs can ask for.
 *
 * @param descriptor as the task gave it when it was found
 * @param validator of its parameters
 * @param origin {@code built-in}, or the name of the jar that it came in
 */
public record RegisteredTask(AutomationTask task, TaskDescriptor descriptor, ParamsValidator validator, String origin) {

    public static final String BUILT_IN = "built-in";

    public String name() {
        return descriptor.name();
    }

    public boolean isBuiltIn() {
        return origin.equals(BUILT_IN);
    }
}

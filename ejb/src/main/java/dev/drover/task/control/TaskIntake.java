// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import dev.drover.task.control.ParamsCheck.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes tasks in, one after the other, and keeps note of those that cannot be taken. */
final class TaskIntake {

    private final Map<String, RegisteredTask> tasks = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    Map<String, RegisteredTask> tasks() {
        return tasks;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    /** Takes a task that ships with the server; tests hold these to what is checked of others at every start. */
    void addBuiltIn(AutomationTask task) {
        TaskDescriptor descriptor = task.descriptor();
        RegisteredTask before = tasks.putIfAbsent(
                descriptor.name(),
                new RegisteredTask(
                        task, descriptor, new ParamsValidator(descriptor.paramsSchema()), RegisteredTask.BUILT_IN));
        if (before != null) {
            throw new IllegalStateException("two built-in tasks are called " + descriptor.name());
        }
    }

    void add(AutomationTask task, String jar) {
        String where = "%s in %s".formatted(task.getClass().getName(), jar);
        try {
            TaskDescriptor descriptor = task.descriptor();
            RegisteredTask holder = tasks.get(descriptor.name());
            if (holder != null) {
                problems.add("Task '%s' of %s is left out: that name belongs to %s."
                        .formatted(descriptor.name(), where, owner(holder)));
                return;
            }
            List<Violation> flaws = ParamsValidator.flawsOf(descriptor.paramsSchema());
            if (!flaws.isEmpty()) {
                problems.add("Task '%s' of %s is left out: its params_schema is no JSON Schema: %s %s."
                        .formatted(
                                descriptor.name(),
                                where,
                                flaws.getFirst().pointer(),
                                flaws.getFirst().message()));
                return;
            }
            ParamsValidator validator = new ParamsValidator(descriptor.paramsSchema());
            if (validator.check(descriptor.example()) instanceof ParamsCheck.Refused refused) {
                Violation first = refused.violations().getFirst();
                problems.add("Task '%s' of %s is left out: its example does not fit its params_schema: %s %s."
                        .formatted(descriptor.name(), where, first.pointer(), first.message()));
                return;
            }
            tasks.put(descriptor.name(), new RegisteredTask(task, descriptor, validator, jar));
        } catch (RuntimeException | LinkageError e) {
            problems.add("The task %s is left out: its descriptor cannot be used: %s.".formatted(where, e));
        }
    }

    private static String owner(RegisteredTask holder) {
        return holder.isBuiltIn()
                ? "a task that ships with Drover"
                : "%s in %s".formatted(holder.task().getClass().getName(), holder.origin());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;

/**
 * All tasks of this server: those that ship with it, and those in jars of the folder {@code DROVER_TASKS_DIR}, read once
 * at start. A jar or a task that cannot be used is a problem, which is logged and can be asked for; it stops neither the
 * server nor the other tasks. A built-in task's name cannot be taken.
 */
@ApplicationScoped
public class TaskRegistry implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TaskRegistry.class.getName());

    private final Map<String, RegisteredTask> tasks;
    private final List<String> problems;
    private final Optional<TaskJars> jars;

    /** For the container's proxy alone. */
    protected TaskRegistry() {
        this.tasks = Map.of();
        this.problems = List.of();
        this.jars = Optional.empty();
    }

    @Inject
    public TaskRegistry(Config config) {
        this(TaskSettings.from(config));
    }

    public TaskRegistry(TaskSettings settings) {
        this(settings, TaskRegistry.class.getClassLoader());
    }

    TaskRegistry(TaskSettings settings, ClassLoader application) {
        TaskIntake intake = new TaskIntake();
        for (AutomationTask task : ServiceLoader.load(AutomationTask.class, application)) {
            intake.addBuiltIn(task);
        }
        this.jars = settings.dir().map(dir -> TaskJars.open(dir, application, intake));
        this.tasks = new TreeMap<>(intake.tasks());
        this.problems = List.copyOf(intake.problems());
        report(settings.dir());
    }

    public Optional<RegisteredTask> find(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    /** All tasks in the order of their names. */
    public List<RegisteredTask> all() {
        return List.copyOf(tasks.values());
    }

    /** What could not be used and why, one sentence each. */
    public List<String> problems() {
        return problems;
    }

    /** Lets go of the jars; tasks from them may then fail to load further classes. */
    @Override
    @PreDestroy
    public void close() {
        jars.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "The task jars could not be closed", e);
            }
        });
    }

    private void report(Optional<Path> dir) {
        List<String> own = tasks.values().stream()
                .filter(task -> !task.isBuiltIn())
                .map(task -> task.name() + " (" + task.origin() + ")")
                .toList();
        if (dir.isPresent()) {
            LOG.log(Level.INFO, "DROVER3001 Own tasks from {0}: {1}", dir.get(), own.isEmpty() ? "none" : own);
        }
        problems.forEach(problem -> LOG.log(Level.WARNING, "DROVER3002 {0}", problem));
    }
}

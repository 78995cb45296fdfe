// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The jars of a folder behind one class loader, whose parent is the application's: a task may use the libraries of the
 * server that its contract names, and the jars beside it.
 */
final class TaskJars implements Closeable {

    private static final String SERVICE_FILE = "META-INF/services/" + AutomationTask.class.getName();

    private final URLClassLoader loader;

    private TaskJars(URLClassLoader loader) {
        this.loader = loader;
    }

    static TaskJars open(Path folder, ClassLoader parent, TaskIntake intake) {
        TaskJars jars = new TaskJars(
                new URLClassLoader("own-tasks", readable(folder, intake).toArray(URL[]::new), parent));
        jars.findTasks(intake);
        return jars;
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static List<URL> readable(Path folder, TaskIntake intake) {
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            intake.problem("The folder of own tasks, %s, cannot be read: %s.".formatted(folder, e));
            return List.of();
        }
        List<URL> urls = new ArrayList<>();
        boolean anyService = false;
        for (Path jar : jars) {
            // The class loader would pass over a broken jar in silence.
            try (JarFile file = new JarFile(jar.toFile())) {
                anyService |= file.getEntry(SERVICE_FILE) != null;
                urls.add(url(jar));
            } catch (IOException e) {
                intake.problem("%s is no readable jar and is left out: %s.".formatted(jar, e.getMessage()));
            }
        }
        if (!urls.isEmpty() && !anyService) {
            intake.problem("None of the jars in %s names a task: each task's class belongs into the jar's %s."
                    .formatted(folder, SERVICE_FILE));
        }
        return urls;
    }

    private void findTasks(TaskIntake intake) {
        Iterator<ServiceLoader.Provider<AutomationTask>> providers =
                ServiceLoader.load(AutomationTask.class, loader).stream().iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<AutomationTask> provider = providers.next();
                // Those of the parent are the built-in ones.
                if (provider.type().getClassLoader() == loader) {
                    intake.add(provider.get(), jarOf(provider.type()));
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                intake.problem("A task named in the jars is left out: %s.".formatted(withCause(e)));
            }
        }
    }

    private static String withCause(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.equals(error) ? error.toString() : error + ": " + root;
    }

    private static String jarOf(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null
                ? "a jar"
                : Path.of(source.getLocation().getPath()).getFileName().toString();
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has no URL: " + jar, e);
        }
    }
}

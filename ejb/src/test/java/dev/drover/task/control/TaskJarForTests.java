// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A jar as a team would build it, compiled in the test. */
record TaskJarForTests(String pkg, String name, String body, String example, String service) {

    static TaskJarForTests task(String pkg, String name) {
        return new TaskJarForTests(pkg, name, "", "{\\\"name\\\": \\\"Ada\\\"}", pkg + ".Task");
    }

    /** A jar without classes whose service file names the given class; no service file if that is empty. */
    static TaskJarForTests naming(String service) {
        return new TaskJarForTests("", "", "", "", service);
    }

    TaskJarForTests withBody(String more) {
        return new TaskJarForTests(pkg, name, more, example, service);
    }

    TaskJarForTests withExample(String other) {
        return new TaskJarForTests(pkg, name, body, other, service);
    }

    void writeTo(Path jar, Path work) throws IOException {
        Path classes = Files.createTempDirectory(work, "classes");
        if (!pkg.isEmpty()) {
            compile(work, classes);
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            if (!service.isEmpty()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + AutomationTask.class.getName()));
                out.write(service.getBytes(StandardCharsets.UTF_8));
            }
            try (Stream<Path> files = Files.walk(classes)) {
                for (Path entry : files.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                    out.write(Files.readAllBytes(entry));
                }
            }
            out.putNextEntry(new JarEntry("README"));
        }
    }

    private void compile(Path work, Path classes) throws IOException {
        Path source = Files.createDirectories(
                        Files.createTempDirectory(work, "source").resolve(pkg))
                .resolve("Task.java");
        Files.writeString(source, """
            package %s;

            import com.fasterxml.jackson.databind.JsonNode;
            import com.fasterxml.jackson.databind.ObjectMapper;
            import com.fasterxml.jackson.databind.node.ObjectNode;
            import com.fasterxml.jackson.databind.node.TextNode;
            import dev.drover.task.control.*;
            import java.time.Duration;
            import java.util.List;

            public final class Task implements AutomationTask {
                %s

                static final class Greeting {
                    static String of(String name) { return "Hello, " + name; }
                }

                public TaskDescriptor descriptor() {
                    try {
                        ObjectMapper json = new ObjectMapper();
                        return new TaskDescriptor("%s", "Greet", "Greets.",
                            (ObjectNode) json.readTree("{\\"type\\": \\"object\\", \\"additionalProperties\\": false, \\"properties\\": {\\"name\\": {\\"type\\": \\"string\\"}}}"),
                            (ObjectNode) json.readTree("%s"), List.of("greeting"), List.of(), Duration.ofSeconds(10), null);
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                }

                public JsonNode run(TaskContext context) {
                    return new TextNode(Greeting.of(context.params().get("name").asText()));
                }
            }
            """.formatted(pkg, body, name, example));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            null,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-d",
                                    classes.toString()),
                            null,
                            files.getJavaFileObjects(source))
                    .call();
            if (!compiled) {
                throw new IllegalStateException("the test's task does not compile");
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskRegistryTest {

    @TempDir
    Path dir;

    @TempDir
    Path work;

    @Test
    void builtInTasksAreThereWithoutAFolder() {
        try (TaskRegistry registry = new TaskRegistry(new TaskSettings(Optional.empty()))) {
            assertThat(registry.find("screenshot")).get().returns(true, RegisteredTask::isBuiltIn);
            assertThat(registry.find("no-such-task")).isEmpty();
            assertThat(registry.problems()).isEmpty();
        }
    }

    @Test
    void everyBuiltInTaskIsWhatAnOwnTaskMustBe() {
        try (TaskRegistry registry = new TaskRegistry(new TaskSettings(Optional.empty()))) {
            for (RegisteredTask task : registry.all()) {
                TaskDescriptor descriptor = task.descriptor();
                assertThat(ParamsValidator.flawsOf(descriptor.paramsSchema()))
                        .as(task.name())
                        .isEmpty();
                assertThat(task.validator().check(descriptor.example()))
                        .as(task.name())
                        .isInstanceOf(ParamsCheck.Accepted.class);
                assertThat(descriptor
                                .paramsSchema()
                                .path("additionalProperties")
                                .asBoolean(true))
                        .as(task.name() + " is closed")
                        .isFalse();
                assertThat(descriptor.stages()).as(task.name()).isNotEmpty();
                assertThat(descriptor.description()).as(task.name()).endsWith(".");
            }
        }
    }

    @Test
    void aTaskFromAJarRunsWithItsOwnClasses() throws Exception {
        jar("own.jar", TaskJarForTests.task("own", "own.greet"));

        try (TaskRegistry registry = open()) {
            RegisteredTask task = registry.find("own.greet").orElseThrow();
            assertThat(task.origin()).isEqualTo("own.jar");
            assertThat(registry.problems()).isEmpty();
            FakeTaskContext.Ran ran =
                    FakeTaskContext.run(task.task(), null, java.time.Duration.ofSeconds(5), "{name: 'Ada'}");
            assertThat(ran.result().asText()).isEqualTo("Hello, Ada");
        }
    }

    @Test
    void aBrokenJarIsReportedAndTheOthersWork() throws Exception {
        Files.writeString(dir.resolve("broken.jar"), "this is no archive");
        jar("own.jar", TaskJarForTests.task("own", "own.greet"));

        try (TaskRegistry registry = open()) {
            assertThat(registry.find("own.greet")).isPresent();
            assertThat(registry.find("screenshot")).isPresent();
            assertThat(registry.problems()).singleElement().asString().contains("broken.jar", "no readable jar");
        }
    }

    @Test
    void theNameOfABuiltInTaskCannotBeTaken() throws Exception {
        jar("own.jar", TaskJarForTests.task("own", "screenshot"));

        try (TaskRegistry registry = open()) {
            assertThat(registry.find("screenshot")).get().returns(true, RegisteredTask::isBuiltIn);
            assertThat(registry.problems())
                    .singleElement()
                    .asString()
                    .contains("'screenshot'", "own.jar", "ships with Drover");
        }
    }

    @Test
    void theFirstJarKeepsANameThatTwoClaim() throws Exception {
        jar("a.jar", TaskJarForTests.task("first", "own.greet"));
        jar("b.jar", TaskJarForTests.task("second", "own.greet"));

        try (TaskRegistry registry = open()) {
            assertThat(registry.find("own.greet")).get().returns("a.jar", RegisteredTask::origin);
            assertThat(registry.problems())
                    .singleElement()
                    .asString()
                    .contains("b.jar", "belongs to first.Task in a.jar");
        }
    }

    @Test
    void aTaskThatCannotBeMadeIsReported() throws Exception {
        jar(
                "own.jar",
                TaskJarForTests.task("own", "own.greet")
                        .withBody("static { if (true) throw new IllegalStateException(\"no luck\"); }"));
        TaskJarForTests.naming("missing.NoSuchTask").writeTo(dir.resolve("missing.jar"), work);

        try (TaskRegistry registry = open()) {
            assertThat(registry.find("own.greet")).isEmpty();
            assertThat(registry.problems()).hasSize(2);
            assertThat(registry.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("missing.NoSuchTask"));
            assertThat(registry.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("own.Task"));
        }
    }

    @Test
    void anExampleThatDoesNotFitItsSchemaIsReported() throws Exception {
        jar("own.jar", TaskJarForTests.task("own", "own.greet").withExample("{\\\"nom\\\": 1}"));

        try (TaskRegistry registry = open()) {
            assertThat(registry.find("own.greet")).isEmpty();
            assertThat(registry.problems()).singleElement().asString().contains("example", "/nom");
        }
    }

    @Test
    void jarsThatNameNoTaskAreReported() throws Exception {
        TaskJarForTests.naming("").writeTo(dir.resolve("library.jar"), work);

        try (TaskRegistry registry = open()) {
            assertThat(registry.problems()).singleElement().asString().contains("META-INF/services");
        }
    }

    @Test
    void aFolderThatIsNotThereIsReported() {
        try (TaskRegistry registry = new TaskRegistry(new TaskSettings(Optional.of(dir.resolve("nowhere"))))) {
            assertThat(registry.find("screenshot")).isPresent();
            assertThat(registry.problems()).singleElement().asString().contains("nowhere");
        }
    }

    private void jar(String name, TaskJarForTests jar) throws IOException {
        jar.writeTo(dir.resolve(name), work);
    }

    private TaskRegistry open() {
        return new TaskRegistry(new TaskSettings(Optional.of(dir)));
    }
}

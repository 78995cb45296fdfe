// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.task.control.AutomationTask;
import dev.drover.task.control.ParamsCheck;
import dev.drover.task.control.ParamsValidator;
import dev.drover.task.control.TaskDescriptor;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OwnTasksTest {

    @Test
    void theServiceFileNamesAllTasks() {
        assertThat(ServiceLoader.load(AutomationTask.class))
                .hasAtLeastOneElementOfType(AskTask.class)
                .hasAtLeastOneElementOfType(NoopTask.class)
                .hasAtLeastOneElementOfType(QrCodesTask.class)
                .hasAtLeastOneElementOfType(HeadlinesTask.class);
    }

    @Test
    void theExamplesFitTheirSchemas() {
        for (AutomationTask task :
                new AutomationTask[] {new NoopTask(), new HeadlinesTask(), new AskTask(), new QrCodesTask()}) {
            TaskDescriptor descriptor = task.descriptor();

            assertThat(new ParamsValidator(descriptor.paramsSchema()).check(descriptor.example()))
                    .as(descriptor.name())
                    .isInstanceOf(ParamsCheck.Accepted.class);
        }
    }

    @Test
    void theNoOpNeedsNoBrowserAndTheOtherDoes() {
        assertThat(new NoopTask().descriptor().needsBrowser()).isFalse();
        assertThat(new HeadlinesTask().descriptor().needsBrowser()).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.boundary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.task.control.RegisteredTask;
import dev.drover.task.control.TaskDescriptor;
import dev.drover.task.control.TaskRegistry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which tasks there are and what they want. */
@Path("/tasks")
@ApplicationScoped
@RolesAllowed(Caller.USER)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tasks")
public class TasksResource {

    /** A task as API clients read it. */
    @Schema(
            name = "Task",
            requiredProperties = {
                "name",
                "title",
                "description",
                "params_schema",
                "stages",
                "engines",
                "example",
                "default_timeout_seconds",
                "origin"
            })
    public record TaskDocument(
            @Schema(examples = "screenshot") String name,
            @Schema(examples = "Screenshot") String title,
            String description,

            @Schema(type = SchemaType.OBJECT, implementation = Object.class, description = "JSON Schema 2020-12")
            ObjectNode paramsSchema,

            @Schema(description = "The words that progress uses, in their usual order")
            List<String> stages,

            @Schema(description = "The engines that can run it, best first; empty: it needs no browser")
            List<String> engines,

            @Schema(type = SchemaType.OBJECT, implementation = Object.class, description = "Parameters that work")
            ObjectNode example,

            long defaultTimeoutSeconds,

            @Schema(description = "built-in, or the jar that it came in", examples = "built-in")
            String origin) {

        static TaskDocument of(RegisteredTask task) {
            TaskDescriptor descriptor = task.descriptor();
            return new TaskDocument(
                    descriptor.name(),
                    descriptor.title(),
                    descriptor.description(),
                    descriptor.paramsSchema(),
                    descriptor.stages(),
                    descriptor.engines(),
                    descriptor.example(),
                    descriptor.defaultTimeout().toSeconds(),
                    task.origin());
        }
    }

    /** All tasks. */
    @Schema(name = "TaskPage", requiredProperties = "items")
    public record TaskPage(List<TaskDocument> items) {}

    private final TaskRegistry tasks;

    @Inject
    public TasksResource(TaskRegistry tasks) {
        this.tasks = tasks;
    }

    @SuppressWarnings("NullAway") // for the container's proxy
    TasksResource() {
        this(null);
    }

    @GET
    @Operation(operationId = "listTasks", summary = "The tasks that a job can ask for")
    @APIResponse(responseCode = "200", description = "All tasks, by name")
    public TaskPage list() {
        return new TaskPage(tasks.all().stream().map(TaskDocument::of).toList());
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getTask", summary = "One task")
    @APIResponse(responseCode = "200", description = "The task")
    @Extension(name = "x-problems", value = "unknown_task")
    public TaskDocument get(@PathParam("name") @Parameter(example = "screenshot") String name) {
        return tasks.find(name)
                .map(TaskDocument::of)
                .orElseThrow(() ->
                        new DroverException(ErrorCode.UNKNOWN_TASK, "There is no task '" + name + "' on this server."));
    }
}

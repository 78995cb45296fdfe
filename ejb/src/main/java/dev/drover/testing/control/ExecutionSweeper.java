// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.drover.system.control.Json;
import dev.drover.system.control.Ticker;
import dev.drover.testing.entity.Execution;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Looks every second how the jobs of executions do, so that a job of any other kind costs nothing for it, and tells whoever
 * follows test progress.
 */
@Singleton
@Startup
@DependsOn("SchemaStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class ExecutionSweeper {

    private static final Duration FOLLOW = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(10);

    @Inject
    private Executions executions;

    @Inject
    private TestProgress progress;

    @Inject
    private Ticker ticker;

    @SuppressWarnings("NullAway.Init") // injected
    public ExecutionSweeper() {}

    @PostConstruct
    void begin() {
        ticker.every(FOLLOW, () -> executions.followJobs().forEach(this::tell));
        ticker.every(FORGET, executions::removeOld);
    }

    private void tell(Execution execution) {
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.put("execution_id", execution.id().toString());
        told.put("test_case_id", execution.testCaseId().toString());
        told.put("test_case_name", execution.testCaseName());
        told.put("status", execution.status().wireName());
        told.put("host_id", execution.place().hostId());
        told.put("device_id", execution.place().deviceId());
        Execution.Failure failure = execution.failure();
        if (failure != null) {
            told.putObject("error")
                    .put("category", failure.category())
                    .put("code", failure.code())
                    .put("message", failure.message());
        }
        progress.tell(execution.owner(), told.toString());
    }
}

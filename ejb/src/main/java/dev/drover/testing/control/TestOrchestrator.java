// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.ibm.websphere.logging.hpel.LogRecordContext;
import dev.drover.browser.control.BrowserOptions;
import dev.drover.host.control.Hosts;
import dev.drover.job.control.JobSubmission;
import dev.drover.job.control.Jobs;
import dev.drover.job.entity.Job;
import dev.drover.job.entity.NewJob;
import dev.drover.security.control.Caller;
import dev.drover.system.control.DroverException;
import dev.drover.system.control.ErrorCode;
import dev.drover.system.control.Json;
import dev.drover.system.control.Transactions;
import dev.drover.testing.entity.Execution;
import dev.drover.testing.entity.ExecutionStore;
import dev.drover.testing.entity.TestCase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has test cases carried out. */
@ApplicationScoped
public class TestOrchestrator {

    private static final Logger LOG = Logger.getLogger(TestOrchestrator.class.getName());

    /** Of the job, so that the executions of one test case are found among the jobs as well. */
    static final String TEST_CASE_LABEL = "test_case_id";

    private TestCases testCases;
    private ExecutionStore executions;
    private Jobs jobs;
    private Hosts hosts;
    private Transactions transactions;

    @SuppressWarnings("NullAway.Init") // for the container's proxy
    protected TestOrchestrator() {}

    @Inject
    public TestOrchestrator(
            TestCases testCases, ExecutionStore executions, Jobs jobs, Hosts hosts, Transactions transactions) {
        this.testCases = testCases;
        this.executions = executions;
        this.jobs = jobs;
        this.hosts = hosts;
        this.transactions = transactions;
    }

    /**
     * Has one carried out. It waits for its turn when this returns. Whoever repeats a request with the id that was reserved for
     * it starts no second one, also where the server died between the job and the execution.
     *
     * @param traceParent as it came
     * @throws DroverException when there is no such test case, its steps cannot be carried out there, or the service takes on
     *     no work now
     */
    public Execution execute(
            Caller caller, UUID testCaseId, TestTarget target, @Nullable UUID reserved, @Nullable String traceParent) {
        TestCase testCase = testCases.find(caller, testCaseId);
        if (target instanceof TestTarget.OnHost onHost) {
            check(caller, onHost);
        }
        UUID id = reserved == null ? NewJob.nextId() : reserved;
        Job job = jobs.submit(caller, submission(id, testCase, target, traceParent));
        Execution execution = new Execution(id, job.owner(), testCase, place(target), job.createdAt());
        Optional<Execution> earlier = transactions.resultInNew(() -> {
            Optional<Execution> found = executions.find(caller.scope(), id);
            if (found.isEmpty()) {
                executions.insert(execution);
            }
            return found;
        });
        if (earlier.isEmpty()) {
            logStarted(execution);
        }
        return earlier.orElse(execution);
    }

    private void check(Caller caller, TestTarget.OnHost target) {
        if (!caller.isAdmin()) {
            throw new DroverException(ErrorCode.FORBIDDEN, "Only administrators may use registered hosts.");
        }
        if (!target.host().equals(Hosts.ANY)) {
            hosts.requireForeign(target.host());
        }
    }

    private static JobSubmission submission(
            UUID id, TestCase testCase, TestTarget target, @Nullable String traceParent) {
        ObjectNode params = Json.MAPPER.createObjectNode();
        params.set("steps", Json.read(testCase.content().steps()));
        String task;
        BrowserOptions browser;
        switch (target) {
            case TestTarget.InBrowser inBrowser -> {
                task = "script";
                browser = inBrowser.engine() == null ? null : BrowserOptions.DEFAULT.on(inBrowser.engine());
                putIfGiven(params, "start_url", inBrowser.startUrl());
                if (inBrowser.variables() != null) {
                    params.set("variables", inBrowser.variables());
                }
            }
            case TestTarget.OnHost onHost -> {
                task = HostStepsTask.NAME;
                browser = null;
                params.put("host", onHost.host());
                putIfGiven(params, "capability", onHost.capability());
                putIfGiven(params, "device_id", onHost.device());
            }
        }
        return new JobSubmission(
                id,
                task,
                params,
                null,
                null,
                browser,
                null,
                null,
                null,
                null,
                null,
                Map.of(TEST_CASE_LABEL, testCase.id().toString()),
                traceParent);
    }

    private static void putIfGiven(ObjectNode params, String name, @Nullable String value) {
        if (value != null) {
            params.put(name, value);
        }
    }

    private static Execution.Place place(TestTarget target) {
        return switch (target) {
            case TestTarget.InBrowser inBrowser ->
                new Execution.Place(
                        inBrowser.engine() == null ? BrowserOptions.USUAL_ENGINE : inBrowser.engine(), null, null);
            case TestTarget.OnHost onHost -> new Execution.Place(null, onHost.host(), onHost.device());
        };
    }

    private static void logStarted(Execution execution) {
        String host = execution.place().hostId();
        LogRecordContext.addExtension("test_case_id", execution.testCaseId().toString());
        LogRecordContext.addExtension("host_id", host == null ? "" : host);
        try {
            LOG.log(Level.INFO, "DROVER9001 test_execution_started {0}", execution.id());
        } finally {
            LogRecordContext.removeExtension("test_case_id");
            LogRecordContext.removeExtension("host_id");
        }
    }
}

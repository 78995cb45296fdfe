// SPDX-License-Identifier: Apache-2.0
package dev.drover.task.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.drover.task.control.qr.QrStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A context that keeps all it is told, around a real page or none. */
public final class FakeTaskContext implements TaskContext {

    public record Progress(String stage, double percent, String message) {}

    @SuppressWarnings("ArrayRecordComponent") // a picture that no one compares by its record
    public record Attached(ArtifactKind kind, String contentType, byte[] content) {}

    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_SINGLE_QUOTES, true)
            .configure(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_UNQUOTED_FIELD_NAMES, true);

    /** Two runs may share a page. */
    private static final AtomicInteger BINDINGS = new AtomicInteger();

    public final List<Progress> progress = new ArrayList<>();
    public final List<String> log = new ArrayList<>();
    public @Nullable JsonNode found;
    public final Map<String, Attached> attached = new LinkedHashMap<>();
    public final List<HumanRequest> asked = new ArrayList<>();
    public final List<QrStream.Code> codes = new ArrayList<>();

    /** What the person answers at once; by default nothing, so that only the site can go on. */
    public Function<HumanRequest, Optional<JsonNode>> person = request -> Optional.empty();

    /** What somebody does with a new code. */
    public Consumer<QrStream.Code> phone = code -> {};

    private final List<QrStream> streams = new ArrayList<>();
    private final ObjectNode params;
    private final @Nullable Page page;
    private final Instant deadline;
    private boolean cancelled;

    private FakeTaskContext(ObjectNode params, @Nullable Page page, Duration time) {
        this.params = params;
        this.page = page;
        this.deadline = Instant.now().plus(time);
    }

    /** JSON in which names need no quotes and texts may have single ones. */
    public static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Checks the parameters as the server does, and runs the task with what the check made of them. */
    public static Ran run(AutomationTask task, @Nullable Page page, Duration time, String params)
            throws InterruptedException {
        return run(task, page, time, params, context -> {});
    }

    /** The same, with a person beside it. */
    public static Ran run(
            AutomationTask task, @Nullable Page page, Duration time, String params, Consumer<FakeTaskContext> prepared)
            throws InterruptedException {
        ParamsCheck check = new ParamsValidator(task.descriptor().paramsSchema()).check(json(params));
        if (!(check instanceof ParamsCheck.Accepted accepted)) {
            throw new IllegalArgumentException(check.toString());
        }
        FakeTaskContext context = new FakeTaskContext(accepted.params(), page, time);
        prepared.accept(context);
        try {
            return new Ran(context, task.run(context), null);
        } catch (TaskFailure failure) {
            return new Ran(context, null, failure);
        }
    }

    /** A context without parameters, for what tasks are made of. */
    public static FakeTaskContext around(Page page, Duration time) {
        return new FakeTaskContext(JSON.createObjectNode(), page, time);
    }

    /** How a run ended. */
    public static final class Ran {

        private final FakeTaskContext context;
        private final @Nullable JsonNode result;
        private final @Nullable TaskFailure failure;

        private Ran(FakeTaskContext context, @Nullable JsonNode result, @Nullable TaskFailure failure) {
            this.context = context;
            this.result = result;
            this.failure = failure;
        }

        public FakeTaskContext context() {
            return context;
        }

        public JsonNode result() {
            if (result == null) {
                throw new AssertionError("the task failed", failure);
            }
            return result;
        }

        public TaskFailure failure() {
            if (failure == null) {
                throw new AssertionError("the task did not fail: " + result);
            }
            return failure;
        }

        public Attached file(String name) {
            Attached file = context.attached.get(name);
            if (file == null) {
                throw new AssertionError("no file " + name + " among " + context.attached.keySet());
            }
            return file;
        }
    }

    @Override
    public ObjectNode params() {
        return params;
    }

    @Override
    public Page page() {
        if (page == null) {
            throw new IllegalStateException("this task needs no browser");
        }
        return page;
    }

    @Override
    public void progress(String stage, double percent, String message) {
        checkCancelled();
        progress.add(new Progress(stage, percent, message));
    }

    @Override
    public void found(JsonNode soFar) {
        found = soFar;
    }

    @Override
    public void log(String message) {
        log.add(message);
    }

    @Override
    public void attach(ArtifactKind kind, String name, String contentType, byte[] content) {
        attached.put(name, new Attached(kind, contentType, content));
    }

    @Override
    public Duration remaining() {
        Duration left = Duration.between(Instant.now(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void checkCancelled() {
        if (cancelled) {
            throw new TaskCancelled();
        }
    }

    public void cancel() {
        cancelled = true;
    }

    @Override
    public HumanAnswer human(HumanRequest request, BooleanSupplier wentOn) {
        asked.add(request);
        Optional<JsonNode> answer = person.apply(request);
        if (answer.isPresent()) {
            return new HumanAnswer.Given(answer.get());
        }
        Instant end = Instant.now().plus(request.within());
        while (Instant.now().isBefore(end) && Instant.now().isBefore(deadline)) {
            streams.forEach(QrStream::look);
            if (wentOn.getAsBoolean()) {
                return new HumanAnswer.WentOn();
            }
            page().waitForTimeout(50);
        }
        return new HumanAnswer.TooLate();
    }

    @Override
    public QrCodes qr(Locator element, Duration validFor) {
        QrStream stream = new QrStream(page(), element, "testQr" + BINDINGS.incrementAndGet(), code -> {
            codes.add(code);
            phone.accept(code);
        });
        streams.add(stream);
        return stream;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.drover.testing.entity;

import static java.util.Objects.requireNonNull;

import dev.drover.security.entity.Owner;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One time that a test case is carried out, by the job of the same id. It outlives both. Rows change only through the
 * statements of {@link ExecutionStore}, so an instance is a snapshot.
 */
@Entity
@Table(name = "test_executions")
public class Execution {

    @Id
    private UUID id;

    @Embedded
    private Owner owner;

    @Column(name = "test_case_id", nullable = false)
    private UUID testCaseId;

    @Column(name = "test_case_name", nullable = false, length = 200)
    private String testCaseName;

    @Column(length = 16)
    private @Nullable String engine;

    @Column(name = "host_id", length = 128)
    private @Nullable String hostId;

    @Column(name = "device_id", length = 128)
    private @Nullable String deviceId;

    @Column(nullable = false, length = 16)
    private String status;

    @Column(name = "error_category", length = 32)
    private @Nullable String errorCategory;

    @Column(name = "error_code", length = 64)
    private @Nullable String errorCode;

    @Column(name = "error_message", length = 2000)
    private @Nullable String errorMessage;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;

    @Column(name = "started_at")
    private @Nullable Instant startedAt;

    @Column(name = "finished_at")
    private @Nullable Instant finishedAt;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected Execution() {}

    /** One whose job has been accepted. */
    public Execution(UUID id, Owner owner, TestCase testCase, Place place, Instant now) {
        this.id = requireNonNull(id, "id");
        this.owner = requireNonNull(owner, "owner");
        this.testCaseId = testCase.id();
        this.testCaseName = testCase.content().name();
        this.engine = place.engine();
        this.hostId = place.hostId();
        this.deviceId = place.deviceId();
        this.status = ExecutionStatus.QUEUED.wireName();
        this.createdAt = requireNonNull(now, "now");
    }

    /**
     * Where a test case is carried out.
     *
     * @param engine of the browser; null on a host
     * @param hostId a registered host; null for a browser of the cluster
     * @param deviceId what of the host; null where the host chooses
     */
    public record Place(
            @Nullable String engine,
            @Nullable String hostId,
            @Nullable String deviceId) {}

    /**
     * Why an execution failed, in the words of its job.
     *
     * @param code a stable word for programs, finer than the category
     */
    public record Failure(String category, String code, String message) {}

    /** Also of the job that carries it out; time-ordered (UUID version 7). */
    public UUID id() {
        return id;
    }

    public Owner owner() {
        return owner;
    }

    public UUID testCaseId() {
        return testCaseId;
    }

    /** As it was called then. */
    public String testCaseName() {
        return testCaseName;
    }

    public Place place() {
        return new Place(engine, hostId, deviceId);
    }

    public ExecutionStatus status() {
        return ExecutionStatus.ofWireName(status).orElseThrow();
    }

    /** Null unless it failed. */
    public @Nullable Failure failure() {
        return errorCategory == null || errorCode == null || errorMessage == null
                ? null
                : new Failure(errorCategory, errorCode, errorMessage);
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }
}

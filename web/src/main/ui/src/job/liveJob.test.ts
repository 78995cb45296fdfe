// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Job, JobEvent } from "../api/types";
import { afterEvent, turnsIn } from "./liveJob";

const QUEUED = { id: "j", status: "queued", stage: undefined, progress: 0, queue_position: 3 } as Job;

test("a stage that is also the name of a status stays a stage", () => {
  const running = afterEvent(QUEUED, update({ status: "running", job_status: "running" }));
  const job = afterEvent(running, update({ status: "retrying", job_status: "running", progress: 10 }));

  expect(job).toMatchObject({ status: "running", stage: "retrying", progress: 10 });
});

test("an event that names only a stage means that the job runs", () => {
  expect(afterEvent(QUEUED, update({ status: "authenticating", progress: 25 }))).toMatchObject({
    status: "running",
    stage: "authenticating",
    progress: 25,
    started_at: "2026-01-01T00:00:01Z",
    queue_position: undefined,
  });
});

test("the end sets the status and its time, and leaves the stage", () => {
  const running = { ...QUEUED, status: "running", stage: "capturing" } as Job;

  const job = afterEvent(running, { ...update({ status: "failed", success: false }), event_type: "job_completed" });

  expect(job).toMatchObject({ status: "failed", stage: "capturing", finished_at: "2026-01-01T00:00:01Z" });
});

test("a failed attempt says when the next one comes", () => {
  const running = { ...QUEUED, status: "running", progress: 60 } as Job;

  const job = afterEvent(
    running,
    update({ status: "retrying", job_status: "retrying", progress: 0, retry_at: "2026-01-01T00:00:09Z" }),
  );

  expect(job).toMatchObject({ status: "retrying", progress: 0, not_before: "2026-01-01T00:00:09Z" });
});

test("a failed job that is replayed goes on", () => {
  const failed = { ...QUEUED, status: "failed", finished_at: "2026-01-01T00:00:00.500Z" } as Job;

  const queued = afterEvent(failed, update({ status: "queued", job_status: "queued" }));
  const running = afterEvent(queued, update({ status: "running", job_status: "running" }));

  expect(queued).toMatchObject({ status: "queued", finished_at: undefined });
  expect(running.status).toBe("running");
});

test("what was before its end does not bring a failed job back", () => {
  const failed = { ...QUEUED, status: "failed", finished_at: "2026-01-01T00:00:01Z" } as Job;

  expect(afterEvent(failed, update({ status: "running", job_status: "running" }))).toBe(failed);
});

test("a log line changes nothing", () => {
  expect(afterEvent(QUEUED, { ...update({ message: "hello" }), event_type: "log" })).toBe(QUEUED);
});

test("turns are new statuses and artifacts, not progress", () => {
  const events = [
    update({ status: "queued", job_status: "queued" }),
    update({ status: "running", job_status: "running" }),
    update({ status: "loading", job_status: "running", progress: 10 }),
    update({ status: "loading", job_status: "running", progress: 50 }),
    { ...update({ name: "screenshot.png" }), event_type: "artifact_created" },
    { ...update({ status: "succeeded" }), event_type: "job_completed" },
  ];

  expect(turnsIn(events)).toBe(4);
});

function update(data: Record<string, unknown>): JobEvent {
  return { event_type: "status_update", seq: 2, job_id: "j", timestamp: "2026-01-01T00:00:01Z", data } as JobEvent;
}

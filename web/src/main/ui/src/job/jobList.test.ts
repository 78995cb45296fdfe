// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Job, JobEvent, JobStatus } from "../api/types";
import { afterEvents, firstPage, withNextPage } from "./jobList";

test("the next page is added without doubles, and its cursor counts from then on", () => {
  const list = firstPage({ items: [job("c"), job("b")], next_cursor: "1" });

  const longer = withNextPage(list, { items: [job("b"), job("a")], next_cursor: null });

  expect(ids(longer.jobs)).toEqual(["c", "b", "a"]);
  expect(longer.next).toBeUndefined();
});

test("progress is shown without asking the server", () => {
  const heard = afterEvents(
    { jobs: [job("a", "running")] },
    [update("a", { status: "rendering", progress: 40, message: "Half way" })],
    "",
  );

  expect(heard.list.jobs[0]).toMatchObject({
    status: "running",
    stage: "rendering",
    progress: 40,
    message: "Half way",
  });
  expect(heard.isStale).toBe(false);
});

test("a job that is not listed, or changes its status, makes the list stale", () => {
  expect(afterEvents({ jobs: [] }, [update("new", { status: "queued" })], "").isStale).toBe(true);
  expect(afterEvents({ jobs: [job("a", "queued")] }, [update("a", { status: "running" })], "").isStale).toBe(true);
});

test("a job leaves a list that it no longer matches", () => {
  const end = { ...update("a", { status: "succeeded" }), event_type: "job_completed" };

  const heard = afterEvents({ jobs: [job("a", "running"), job("b", "running")] }, [end], "active");

  expect(ids(heard.list.jobs)).toEqual(["b"]);
});

test("a late event changes nothing about a job that has ended", () => {
  const heard = afterEvents({ jobs: [job("a", "cancelled")] }, [update("a", { status: "running", progress: 50 })], "");

  expect(heard.list.jobs[0]?.status).toBe("cancelled");
});

function ids(jobs: Job[]): string[] {
  return jobs.map(({ id }) => id);
}

function job(id: string, status: JobStatus = "queued"): Job {
  return {
    id,
    task: "screenshot",
    status,
    priority: "normal",
    attempt: 1,
    max_attempts: 3,
    created_at: "2026-01-01T00:00:00Z",
  } as Job;
}

function update(job_id: string, data: Record<string, unknown>): JobEvent {
  return { event_type: "status_update", seq: 2, job_id, timestamp: "2026-01-01T00:00:01Z", data } as JobEvent;
}

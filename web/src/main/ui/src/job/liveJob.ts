// SPDX-License-Identifier: Apache-2.0
import { FINAL_EVENTS } from "../event/eventLog";
import type { Job, JobEvent, JobStatus } from "../api/types";
import { isStatus, isTerminal } from "./status";

/**
 * A job as it is after an event. The event's `status` is either one of the job's or the task's own word for its stage,
 * and then the job is running.
 */
export function afterEvent(job: Job, event: JobEvent): Job {
  if (isTerminal(job.status)) {
    return job;
  }
  const data = event.data as Record<string, unknown>;
  const isFinal = FINAL_EVENTS.has(event.event_type);
  if (event.event_type !== "status_update" && event.event_type !== "human_required" && !isFinal) {
    return job;
  }
  const word = data.status;
  const status: JobStatus = isStatus(word)
    ? word
    : event.event_type === "human_required"
      ? "waiting_for_human"
      : typeof word === "string" && !isFinal
        ? "running"
        : job.status;
  const stage = textOr(data.stage, !isStatus(word) ? textOr(word, job.stage) : job.stage);
  return {
    ...job,
    status,
    stage,
    message: textOr(data.message, job.message),
    progress: typeof data.progress === "number" ? data.progress : job.progress,
    queue_position: status === "queued" || status === "scheduled" ? job.queue_position : null,
    started_at: status === "running" ? (job.started_at ?? event.timestamp) : job.started_at,
    finished_at: isTerminal(status) ? (job.finished_at ?? event.timestamp) : job.finished_at,
  };
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === "string" ? value : otherwise;
}

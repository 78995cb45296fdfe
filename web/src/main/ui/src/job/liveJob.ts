// SPDX-License-Identifier: Apache-2.0
import { FINAL_EVENTS } from "../event/eventLog";
import type { Job, JobEvent, JobStatus } from "../api/types";
import { isStatus, isTerminal } from "./status";

/**
 * A job as it is after an event. An event's `status` is the task's own word for its stage where it has one, else the
 * job's status, which `job_status` always is.
 */
export function afterEvent(job: Job, event: JobEvent): Job {
  const status = statusIn(event);
  if (status === undefined || (isTerminal(job.status) && !isReplay(job, event))) {
    return job;
  }
  const data = event.data as Record<string, unknown>;
  return {
    ...job,
    status,
    stage: data.status !== status && !isFinal(event) ? textOr(data.status, job.stage) : job.stage,
    message: textOr(data.message, job.message),
    progress: typeof data.progress === "number" ? data.progress : job.progress,
    queue_position: status === "queued" ? job.queue_position : undefined,
    started_at: status === "running" ? (job.started_at ?? event.timestamp) : job.started_at,
    finished_at: isTerminal(status) ? (job.finished_at ?? event.timestamp) : undefined,
    not_before: status === "retrying" ? textOr(data.retry_at, job.not_before) : job.not_before,
  };
}

/** A failed job may go on, if somebody has it replayed: only then does something follow its end. */
function isReplay(job: Job, { timestamp }: JobEvent): boolean {
  return job.status === "failed" && !!job.finished_at && Date.parse(timestamp) > Date.parse(job.finished_at);
}

/** The status that a job has after an event; undefined when the event is not about that. */
export function statusIn(event: JobEvent): JobStatus | undefined {
  const data = event.data as Record<string, unknown>;
  if (event.event_type === "human_required") {
    return "waiting_for_human";
  }
  if (event.event_type !== "status_update" && !isFinal(event)) {
    return undefined;
  }
  const word = data.job_status ?? data.status;
  return isStatus(word) ? word : isFinal(event) ? undefined : "running";
}

export function isFinal({ event_type }: JobEvent): boolean {
  return FINAL_EVENTS.has(event_type);
}

/**
 * How often a job took a turn after which the server knows more than events carry: a new status, a new artifact.
 * Progress alone is none.
 */
export function turnsIn(events: readonly JobEvent[]): number {
  let status: JobStatus | undefined;
  let turns = 0;
  for (const event of events) {
    const next = statusIn(event);
    if (event.event_type === "artifact_created" || (next !== undefined && next !== status)) {
      turns++;
    }
    status = next ?? status;
  }
  return turns;
}

function textOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === "string" ? value : otherwise;
}

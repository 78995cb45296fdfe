// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Job, JobRequest, Page } from "../api/types";

export interface JobFilter {
  /** A status, `active`, or empty for all. */
  status: string;
  /** The name of a task, or empty for all. */
  task: string;
}

export function listJobs(filter: JobFilter, limit: number, cursor?: string, signal?: AbortSignal): Promise<Page<Job>> {
  return call("/api/v1/jobs", { query: { ...filter, limit, cursor }, signal });
}

export function getJob(id: string, signal?: AbortSignal): Promise<Job> {
  return call(`/api/v1/jobs/${encodeURIComponent(id)}`, { signal });
}

/** @param key the same for every try to submit the same job, so that only one of them makes one */
export function submitJob(request: JobRequest, key: string): Promise<Job> {
  return call("/api/v1/jobs", { method: "POST", body: request, headers: { "Idempotency-Key": key } });
}

export function cancelJob(id: string, reason: string, force: boolean): Promise<Job> {
  const body = { ...(reason ? { reason } : {}), force };
  return call(`/api/v1/jobs/${encodeURIComponent(id)}/cancel`, { method: "POST", body });
}

/** From its start to its end or to now; undefined before it started. */
export function runTime(job: Job, now: number): number | undefined {
  if (!job.started_at) {
    return undefined;
  }
  return (job.finished_at ? Date.parse(job.finished_at) : now) - Date.parse(job.started_at);
}

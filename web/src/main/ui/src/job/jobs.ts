// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Job, JobRequest, Page } from "../api/types";
import { firstOf } from "../api/useList";
import { countdown } from "../app/format";
import type { JobList } from "./jobList";

export interface JobFilter {
  /** A status, `active`, or empty for all. */
  status: string;
  /** The name of a task, or empty for all. */
  task: string;
}

export function listJobs(filter: JobFilter, limit: number, cursor?: string): Promise<Page<Job>> {
  return call("/api/v1/jobs", { query: { ...filter, limit, cursor } });
}

/** The newest `count` jobs, in as few pages as the API allows. */
export async function newestJobs(filter: JobFilter, count: number): Promise<JobList> {
  const { items, next } = await firstOf((limit, cursor) => listJobs(filter, limit, cursor), count);
  return { jobs: items, next };
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

/** When a job that is to be tried again will be. */
export function attemptAhead({ not_before }: Job, now: number): string {
  const wait = not_before ? Date.parse(not_before) - now : 0;
  return wait > 0 ? `Next attempt in ${countdown(wait)}` : "The next attempt is about to start";
}

/** @param place how many are before it; unknown in lists */
export function queuePlace(place: number | null | undefined): string {
  return place === undefined || place === null
    ? "In the queue"
    : place === 0
      ? "Next in the queue"
      : `Number ${place + 1} in the queue`;
}

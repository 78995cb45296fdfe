// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { JobStatus, JsonObject, SystemStatus } from "../api/types";

/** Which jobs are cancelled at once: those that fit all that is said. */
export interface Purge {
  reason?: string;
  task?: string;
  user_id?: string;
  labels?: Record<string, string>;
  /** Also those that run now. */
  running: boolean;
  /** Ends the browsers of those that run, without asking their tasks to stop. */
  force: boolean;
}

/** Returns how many jobs are cancelled or were told to stop. */
export async function purge(request: Purge): Promise<number> {
  const body: JsonObject = JSON.parse(JSON.stringify(request));
  return (await call<{ cancelled: number }>("/api/v1/queues/jobs/purge", { method: "POST", body })).cancelled;
}

export type JobCounts = Partial<Record<JobStatus, number>>;

/** How many jobs there are in each status, as far as the server tells. */
export async function countJobs(signal?: AbortSignal): Promise<JobCounts> {
  const status = await call<SystemStatus>("/api/v1/system/status", { signal });
  return (status.components.jobs?.details ?? {}) as JobCounts;
}

export function waiting({ scheduled = 0, queued = 0, retrying = 0 }: JobCounts): number {
  return scheduled + queued + retrying;
}

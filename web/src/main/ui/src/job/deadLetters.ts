// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { DeadLetterStats, Job, Page } from "../api/types";

export interface DeadLetterFilter {
  task: string;
  error_category: string;
}

export function listDeadLetters(filter: DeadLetterFilter, limit: number, cursor?: string): Promise<Page<Job>> {
  return call("/api/v1/dlq/jobs", { query: { ...filter, limit, cursor } });
}

export function countDeadLetters(signal?: AbortSignal): Promise<DeadLetterStats> {
  return call("/api/v1/dlq/stats", { signal });
}

/** @param resetAttempts as many attempts as a new job has; else one */
export function replayJob(id: string, resetAttempts: boolean): Promise<Job> {
  const body = { reset_attempts: resetAttempts };
  return call(`/api/v1/dlq/${encodeURIComponent(id)}/replay`, { method: "POST", body });
}

/** Replays all that fit. Returns how many those are. */
export async function replayAll(filter: DeadLetterFilter, resetAttempts: boolean): Promise<number> {
  const { task, error_category } = filter;
  const body = { ...(task && { task }), ...(error_category && { error_category }), reset_attempts: resetAttempts };
  return (await call<{ replayed: number }>("/api/v1/dlq/replay", { method: "POST", body })).replayed;
}

export function removeDeadLetter(id: string): Promise<void> {
  return call(`/api/v1/dlq/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** How many dead letters fit; undefined where only the server could count them. */
export function countFitting(
  { task, error_category }: DeadLetterFilter,
  stats: DeadLetterStats | undefined,
  shown: { items?: unknown[]; hasMore: boolean },
): number | undefined {
  if (shown.items && !shown.hasMore) {
    return shown.items.length;
  }
  if (task !== "" || !stats) {
    return undefined;
  }
  return error_category === "" ? stats.total : (stats.by_error_category[error_category] ?? 0);
}

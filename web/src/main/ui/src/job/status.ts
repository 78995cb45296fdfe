// SPDX-License-Identifier: Apache-2.0
import type { JobStatus } from "../api/types";

export type Tone = "info" | "success" | "danger" | "warning" | "custom" | undefined;

/** Every status with its words; in the order in which a job goes through them. */
export const STATUSES: Record<JobStatus, { label: string; tone: Tone; isTerminal: boolean }> = {
  scheduled: { label: "Scheduled", tone: undefined, isTerminal: false },
  queued: { label: "Queued", tone: undefined, isTerminal: false },
  running: { label: "Running", tone: "info", isTerminal: false },
  waiting_for_human: { label: "Waiting for you", tone: "warning", isTerminal: false },
  retrying: { label: "Retrying", tone: "warning", isTerminal: false },
  succeeded: { label: "Succeeded", tone: "success", isTerminal: true },
  failed: { label: "Failed", tone: "danger", isTerminal: true },
  cancelled: { label: "Cancelled", tone: undefined, isTerminal: true },
};

export function isStatus(word: unknown): word is JobStatus {
  return typeof word === "string" && Object.hasOwn(STATUSES, word);
}

export function isTerminal(status: JobStatus): boolean {
  return STATUSES[status]?.isTerminal ?? false;
}

/** Whether a job belongs into a list that asks for `filter`: a status, `active`, or nothing for all. */
export function matches(status: JobStatus, filter: string): boolean {
  return filter === "" || filter === status || (filter === "active" && !isTerminal(status));
}

// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";

/** How far a node is out of the work. */
export interface Drain {
  host: string;
  state: "serving" | "draining" | "drained";
  /** Attempts that go on. */
  running: number;
  /** When they go back to the queue; absent while the node serves. */
  deadline?: string | null;
}

export function getDrain(signal?: AbortSignal): Promise<Drain> {
  return call("/api/v1/hosts/self/drain", { signal });
}

/** Begins to drain, or sets another deadline for a drain that goes on. */
export function drain(deadlineSeconds: number): Promise<Drain> {
  return call("/api/v1/hosts/self/drain", { method: "POST", body: { deadline_seconds: deadlineSeconds } });
}

export function resume(): Promise<Drain> {
  return call("/api/v1/hosts/self/resume", { method: "POST" });
}

// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Drain } from "../api/types";

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

// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Drain } from "../api/types";

/** What the node that answers is called in addresses. */
export const SELF = "self";

export function getDrain(host: string, signal?: AbortSignal): Promise<Drain> {
  return call(`${pathOf(host)}/drain`, { signal });
}

/** Begins to drain, or sets another deadline for a drain that goes on. A node that is not the one asked begins soon. */
export function drain(host: string, deadlineSeconds: number): Promise<Drain> {
  return call(`${pathOf(host)}/drain`, { method: "POST", body: { deadline_seconds: deadlineSeconds } });
}

export function resume(host: string): Promise<Drain> {
  return call(`${pathOf(host)}/resume`, { method: "POST" });
}

function pathOf(host: string): string {
  return `/api/v1/hosts/${encodeURIComponent(host)}`;
}

// SPDX-License-Identifier: Apache-2.0
import { ApiProblem, unreachable } from "../api/problem";

/** MicroProfile Health: the same answer whether it comes with 200 (up) or 503 (down). */
export interface Health {
  status: string;
  checks: { name: string; status: string }[];
}

export async function loadHealth(signal: AbortSignal): Promise<Health> {
  let response: Response;
  try {
    response = await fetch("/health", { signal, headers: { Accept: "application/json" } });
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    throw unreachable();
  }
  if (response.status !== 200 && response.status !== 503) {
    throw new ApiProblem({ title: response.statusText || "No answer about the health", status: response.status });
  }
  const { status, checks = [] } = (await response.json()) as Partial<Health>;
  return { status: status ?? "DOWN", checks };
}

// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type {
  CircuitBreaker,
  CircuitBreakers,
  HealthScore,
  Page,
  ServiceAlert,
  ServiceLevel,
  Trends,
} from "../api/types";

export function getServiceLevel(signal?: AbortSignal): Promise<ServiceLevel> {
  return call("/api/v1/fallback/service-level", { signal });
}

export function getHealthScore(signal?: AbortSignal): Promise<HealthScore> {
  return call("/api/v1/system/health-score", { signal });
}

/** @param node empty for the one that answers */
export function getTrends(hours: number, node: string, signal?: AbortSignal): Promise<Trends> {
  return call("/api/v1/system/trends", { query: { hours, node }, signal });
}

/** @param active `true`: those that go on; `false`: those that are over; empty: all */
export function listAlerts(active: string, limit: number, cursor?: string): Promise<Page<ServiceAlert>> {
  return call("/api/v1/alerts", { query: { active, limit, cursor } });
}

export function listBreakers(signal?: AbortSignal): Promise<CircuitBreakers> {
  return call("/api/v1/circuit-breakers", { signal });
}

export function resetBreaker(name: string): Promise<CircuitBreaker> {
  return call(`/api/v1/circuit-breakers/${encodeURIComponent(name)}/reset`, { method: "POST" });
}

/** Returns how many were not closed. */
export async function resetAllBreakers(): Promise<number> {
  return (await call<{ reset: number }>("/api/v1/circuit-breakers/reset-all", { method: "POST" })).reset;
}

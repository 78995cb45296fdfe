// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Host, HostRegistration } from "../api/types";
import { countdown, humanise } from "../app/format";

export function listHosts(signal?: AbortSignal): Promise<{ items: Host[] }> {
  return call("/api/v1/hosts", { signal });
}

export function registerHost(registration: HostRegistration): Promise<Host> {
  return call("/api/v1/hosts/register", { method: "POST", body: registration });
}

export function removeHost(id: string): Promise<void> {
  return call(`/api/v1/hosts/${encodeURIComponent(id)}`, { method: "DELETE" });
}

/** A node says every two seconds that it lives, and a machine that was registered is asked every twenty. */
const SILENT_MS = { node: 15_000, foreign: 50_000 };

/**
 * How long ago a host was heard of. Counted from the newest word of any node, of which the one that answers is one: the
 * clock of whoever looks may be another.
 */
export function silenceOf(host: Host, hosts: readonly Host[]): number {
  const newest = Math.max(
    ...hosts.filter(({ kind }) => kind === "node").map(({ last_ping }) => Date.parse(last_ping)),
    Date.parse(host.last_ping),
  );
  return newest - Date.parse(host.last_ping);
}

export function heardOf(silenceMs: number): string {
  return silenceMs < 3_000 ? "just now" : `${countdown(silenceMs)} ago`;
}

/** How a host does, in a word. */
export function stateOf(host: Host, silenceMs: number): { label: string; status?: "success" | "warning" | "info" } {
  if (silenceMs > SILENT_MS[host.kind]) {
    return { label: "Silent", status: "warning" };
  }
  switch (host.status) {
    case "available":
      return { label: host.kind === "node" ? "Takes jobs" : "Available", status: "success" };
    case "draining":
      return { label: "Draining", status: "warning" };
    case "drained":
      return { label: "Drained", status: "info" };
    default:
      return { label: humanise(host.status) };
  }
}

/** Whether somebody took it out of the work. */
export function isOut({ status }: Host): boolean {
  return status === "draining" || status === "drained";
}

/** What a host can do beside its engines. */
export function extrasOf({ capabilities, engines }: Host): string[] {
  const names = new Set(engines.map(({ name }) => name));
  return capabilities.filter((name) => !names.has(name));
}

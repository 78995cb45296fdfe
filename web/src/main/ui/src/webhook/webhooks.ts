// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Page, WebhookDelivery, WebhookEndpoint, WebhookHealth } from "../api/types";

/** What endpoints can hear of, in the order in which it is offered. */
export const JOB_EVENTS = [
  "status_update",
  "qr_code_update",
  "human_required",
  "artifact_created",
  "log",
  "job_completed",
  "booking_completed",
] as const;

/** For endpoints of administrators that hear of everyone's jobs. */
export const SERVER_EVENTS = ["alert_raised", "alert_resolved"] as const;

/** What an endpoint hears of that says nothing itself. */
export const USUAL_EVENTS: readonly string[] = JOB_EVENTS.filter(
  (type) => type !== "artifact_created" && type !== "log",
);

export type DeliveryStatus = WebhookDelivery["status"];

export const STATUSES: Record<DeliveryStatus, { label: string; status?: "success" | "danger" | "warning" | "info" }> = {
  pending: { label: "To be sent", status: "info" },
  delivered: { label: "Delivered", status: "success" },
  failed: { label: "Failed", status: "danger" },
  discarded: { label: "Discarded", status: "warning" },
  superseded: { label: "Superseded" },
};

export interface EndpointWish {
  url: string;
  description: string;
  event_types: string[];
}

export interface DeliveryFilter {
  status: string;
  endpoint_id: string;
  event_type: string;
  job_id: string;
}

export function listEndpoints(limit: number, cursor?: string): Promise<Page<WebhookEndpoint>> {
  return call("/api/v1/webhooks", { query: { limit, cursor } });
}

/** The answer has the secret, and no other answer ever will. */
export function registerEndpoint(wish: EndpointWish): Promise<WebhookEndpoint> {
  return call("/api/v1/webhooks", { method: "POST", body: wish });
}

/** Fails where somebody else has changed the endpoint since it was read. */
export function changeEndpoint(
  seen: WebhookEndpoint,
  change: Partial<EndpointWish & { enabled: boolean }>,
): Promise<WebhookEndpoint> {
  return call(pathOf(seen), { method: "PATCH", body: change, headers: ifUnchanged(seen) });
}

/** The answer has the new secret. @param graceSeconds how long the one before signs too */
export function rotateSecret(seen: WebhookEndpoint, graceSeconds: number): Promise<WebhookEndpoint> {
  const body = { grace_seconds: graceSeconds };
  return call(`${pathOf(seen)}/rotate-secret`, { method: "POST", body, headers: ifUnchanged(seen) });
}

export function removeEndpoint(seen: WebhookEndpoint): Promise<void> {
  return call(pathOf(seen), { method: "DELETE", headers: ifUnchanged(seen) });
}

export function listDeliveries(
  filter: DeliveryFilter,
  limit: number,
  cursor?: string,
): Promise<Page<WebhookDelivery>> {
  return call("/api/v1/webhooks/deliveries", { query: { ...filter, limit, cursor } });
}

export function getDelivery(id: string, signal?: AbortSignal): Promise<WebhookDelivery> {
  return call(`/api/v1/webhooks/deliveries/${encodeURIComponent(id)}`, { signal });
}

export function redeliver(id: string): Promise<WebhookDelivery> {
  return call(`/api/v1/webhooks/deliveries/${encodeURIComponent(id)}/redeliver`, { method: "POST" });
}

export function getHealth(signal?: AbortSignal): Promise<WebhookHealth> {
  return call("/api/v1/webhooks/health", { signal });
}

function pathOf({ id }: WebhookEndpoint): string {
  return `/api/v1/webhooks/${encodeURIComponent(id)}`;
}

function ifUnchanged({ revision }: WebhookEndpoint): Record<string, string> {
  return { "If-Match": `"${revision}"` };
}

/** What of an endpoint is another way in a form; undefined where nothing is. */
export function changesOf(seen: WebhookEndpoint, wish: EndpointWish): Partial<EndpointWish> | undefined {
  const change: Partial<EndpointWish> = {};
  if (wish.url !== seen.url) {
    change.url = wish.url;
  }
  if (wish.description !== seen.description) {
    change.description = wish.description;
  }
  if ([...wish.event_types].sort().join() !== [...seen.event_types].sort().join()) {
    change.event_types = wish.event_types;
  }
  return Object.keys(change).length > 0 ? change : undefined;
}

/** How an endpoint does, in a word. */
export function stateOf({ enabled, disabled_reason, failing_since }: WebhookEndpoint): {
  label: string;
  status?: "success" | "danger" | "warning";
} {
  if (!enabled) {
    return disabled_reason === "gone"
      ? { label: "Gone", status: "danger" }
      : disabled_reason === "failing"
        ? { label: "Given up", status: "danger" }
        : { label: "Disabled" };
  }
  return failing_since ? { label: "Failing", status: "warning" } : { label: "Enabled", status: "success" };
}

/** What came of the last attempt of a delivery, in words; empty before the first. */
export function outcomeOf({ answer_status, error, attempt_count }: WebhookDelivery): string {
  const words = ERRORS[error ?? ""];
  if (words) {
    return words;
  }
  if (answer_status !== undefined) {
    return `HTTP ${answer_status}`;
  }
  return attempt_count === 0 ? "" : (error ?? "");
}

const ERRORS: Record<string, string | undefined> = {
  timeout: "No answer in time",
  connection: "Connection failed",
  tls: "No encrypted connection",
  name_not_resolved: "Host name unknown",
  refused_address: "Address refused",
  invalid_address: "Address cannot be used",
  redirect: "Redirect refused",
  gone: "Receiver is gone (410)",
  endpoint_disabled: "Endpoint disabled",
  endpoint_removed: "Endpoint removed",
  newer_code: "Newer QR code",
};

/** Where a delivery goes, in short: the host and the path. */
export function placeOf(url: string): string {
  if (!URL.canParse(url)) {
    return url;
  }
  const { host, pathname } = new URL(url);
  return pathname === "/" ? host : host + pathname;
}

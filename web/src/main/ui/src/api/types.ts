// SPDX-License-Identifier: Apache-2.0
// The shapes of the API by the operation that answers with them; the names of schemas inside the OpenAPI file do not
// matter to the console.
import type { paths } from "./schema.gen";

type Json<R> = R extends { content: { "application/json": infer Body } } ? Body : never;
type Get<P extends keyof paths> = paths[P] extends { get: { responses: { 200: infer R } } } ? Json<R> : never;
type Item<Page> = Page extends { items?: (infer I)[] | null } ? I : never;

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export type Task = Get<"/api/v1/tasks/{name}">;
export type Job = Get<"/api/v1/jobs/{id}">;
export type JobStatus = Job["status"];
export type JobError = NonNullable<Job["error"]>;
export type JobFallback = NonNullable<Job["fallback"]>;
export type Artifact = NonNullable<Job["artifacts"]>[number];
export type JobEvent = Item<Get<"/api/v1/jobs/{id}/events">>;
export type JobRequest = NonNullable<paths["/api/v1/jobs"]["post"]["requestBody"]>["content"]["application/json"];
export type HumanStep = Get<"/api/v1/jobs/{id}/input">;
export type BrowserWorkers = Get<"/api/v1/status/browser-sessions">;
export type BrowserWorker = BrowserWorkers["items"][number];
export type Me = Get<"/api/v1/me">;
export type SystemStatus = Get<"/api/v1/system/status">;
export type ServiceLevel = Get<"/api/v1/fallback/service-level">;
export type Level = ServiceLevel["current_service_level"];
export type HealthScore = Get<"/api/v1/system/health-score">;
export type Trends = Get<"/api/v1/system/trends">;
export type ServiceAlert = Item<Get<"/api/v1/alerts">>;
export type CircuitBreakers = Get<"/api/v1/circuit-breakers">;
export type DeadLetterStats = Get<"/api/v1/dlq/stats">;
export type Drain = Get<"/api/v1/hosts/{id}/drain">;
export type CircuitBreaker = CircuitBreakers["items"][number];
export type WebhookEndpoint = Get<"/api/v1/webhooks/{id}">;
export type WebhookDelivery = Get<"/api/v1/webhooks/deliveries/{id}">;
export type Session = Get<"/api/v1/sessions/{id}">;
export type SessionRequest = NonNullable<
  paths["/api/v1/sessions"]["post"]["requestBody"]
>["content"]["application/json"];
export type CapturedSession = Get<"/api/v1/captured-sessions/{name}">;
export type Capture = Json<paths["/api/v1/sessions/{id}/capture"]["post"]["responses"][201]>;
export type SessionTimeline = Get<"/api/v1/sessions/{id}/frames">;
export type SessionFrame = SessionTimeline["items"][number];
export type Host = Item<Get<"/api/v1/hosts">>;
export type HostRegistration = NonNullable<
  paths["/api/v1/hosts/register"]["post"]["requestBody"]
>["content"]["application/json"];
export type Worker = Get<"/api/v1/workers">[number];
export type WebhookHealth = Get<"/api/v1/webhooks/health">;

/** A list of the API; `next_cursor` is absent or null on its last page. */
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { WebhookDelivery, WebhookEndpoint } from "../api/types";
import { changesOf, outcomeOf, placeOf, stateOf, USUAL_EVENTS } from "./webhooks";

const ENDPOINT = {
  id: "e",
  url: "https://shop.example.com/hook",
  description: "The shop",
  event_types: ["human_required", "job_completed"],
  enabled: true,
  revision: 3,
} as WebhookEndpoint;

test("only what is another way is sent", () => {
  const same = { url: ENDPOINT.url, description: "The shop", event_types: ["job_completed", "human_required"] };

  expect(changesOf(ENDPOINT, same)).toBeUndefined();
  expect(changesOf(ENDPOINT, { ...same, description: "" })).toEqual({ description: "" });
  expect(changesOf(ENDPOINT, { ...same, event_types: ["log"] })).toEqual({ event_types: ["log"] });
});

test("the state of an endpoint says who disabled it", () => {
  expect(stateOf(ENDPOINT)).toEqual({ label: "Enabled", status: "success" });
  expect(stateOf({ ...ENDPOINT, failing_since: "2026-01-01T00:00:00Z" }).label).toBe("Failing");
  expect(stateOf({ ...ENDPOINT, enabled: false })).toEqual({ label: "Disabled" });
  expect(stateOf({ ...ENDPOINT, enabled: false, disabled_reason: "gone" }).label).toBe("Gone");
  expect(stateOf({ ...ENDPOINT, enabled: false, disabled_reason: "failing" }).label).toBe("Given up");
});

test("the outcome of a delivery is the answer, or why there was none", () => {
  expect(outcomeOf(delivery({ attempt_count: 0 }))).toBe("");
  expect(outcomeOf(delivery({ answer_status: 200 }))).toBe("HTTP 200");
  expect(outcomeOf(delivery({ answer_status: 500, error: "http_status" }))).toBe("HTTP 500");
  expect(outcomeOf(delivery({ error: "timeout" }))).toBe("No answer in time");
  expect(outcomeOf(delivery({ answer_status: 302, error: "redirect" }))).toBe("Redirect refused");
  expect(outcomeOf(delivery({ error: "something_new" }))).toBe("something_new");
});

test("a place is short, and never the query that may hold a key", () => {
  expect(placeOf("https://shop.example.com/")).toBe("shop.example.com");
  expect(placeOf("https://shop.example.com:8443/hook?apikey=secret")).toBe("shop.example.com:8443/hook");
  expect(placeOf("nonsense")).toBe("nonsense");
});

test("what is usual is what people wait for", () => {
  expect(USUAL_EVENTS).toEqual([
    "status_update",
    "qr_code_update",
    "human_required",
    "job_completed",
    "booking_completed",
  ]);
});

function delivery(of: Partial<WebhookDelivery>): WebhookDelivery {
  return { id: "d", attempt_count: 1, status: "pending", ...of } as WebhookDelivery;
}

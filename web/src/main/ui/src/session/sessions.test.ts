// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Session } from "../api/types";
import { endOf, endsSoon, isOpen, livePath, timeLeft } from "./sessions";

const NOW = Date.parse("2026-01-31T06:00:00Z");

function session(part: Partial<Session>): Session {
  return {
    id: "01980c8e-7f3a-7cc1-b4a5-2c5b8d1f0e6a",
    status: "ready",
    host: "shop-1:9080",
    engine: "chromium",
    headless: true,
    user_id: "admin",
    created_at: "2026-01-31T05:50:00Z",
    last_seen_at: "2026-01-31T05:59:00Z",
    expires_at: "2026-01-31T06:04:00Z",
    idle_ttl_seconds: 300,
    max_ttl_seconds: 14_400,
    labels: {},
    start_url_wait: "load",
    vnc_enabled: false,
    ...part,
  };
}

test("what is left counts down to the end and not beyond", () => {
  expect(timeLeft(session({}), NOW)).toBe("4 min");
  expect(timeLeft(session({}), NOW + 235_500)).toBe("5 s");
  expect(timeLeft(session({}), NOW + 240_000)).toBe("Any moment");
});

test("the last minute is soon, and of short sessions less", () => {
  expect(endsSoon(session({}), NOW + 179_000)).toBe(false);
  expect(endsSoon(session({}), NOW + 181_000)).toBe(true);
  expect(endsSoon(session({ idle_ttl_seconds: 30, expires_at: "2026-01-31T06:00:30Z" }), NOW)).toBe(false);
  expect(endsSoon(session({ idle_ttl_seconds: 30, expires_at: "2026-01-31T06:00:30Z" }), NOW + 22_000)).toBe(true);
});

test("a browser can be used from its start to its end", () => {
  const open = (["init", "ready", "terminating", "dead"] as const).filter((status) => isOpen(session({ status })));

  expect(open).toEqual(["init", "ready"]);
});

test("every reason of an end has words of its own", () => {
  const reasons = [
    "deleted",
    "closed_by_client",
    "idle",
    "max_ttl",
    "browser_crashed",
    "start_failed",
    "server_stopped",
    "host_lost",
  ] as const;
  const words = reasons.map((close_reason) => endOf(session({ close_reason })));

  expect(new Set(words).size).toBe(reasons.length);
  expect(words).not.toContain(endOf(session({})));
  expect(endOf(session({ close_reason: "idle" }))).toContain("5 min");
});

test("the live page is asked for where the console is, whatever the server takes for its own address", () => {
  const live_view_url = "ws://10.0.0.7:9080/ws/sessions/7/live?token=a.b";

  expect(livePath(session({ live_view_url }))).toBe("/ws/sessions/7/live?token=a.b");
  expect(livePath(session({}))).toBeUndefined();
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { CapturedSession, Host, JsonObject, Worker } from "../api/types";
import { offerOf, requestOf, sessionSchema } from "./request";

function host(engines: Record<string, "available" | "unavailable">): Host {
  return { engines: Object.entries(engines).map(([name, availability]) => ({ name, availability })) } as Host;
}

function worker(part: Partial<Worker>): Worker {
  return { name: "shop-1:9080", healthy: true, detail: "available", supports_vnc: false, ...part };
}

test("what any node has is offered, in the usual order", () => {
  const hosts = [host({ firefox: "available", chromium: "unavailable" }), host({ chromium: "available" })];

  expect(offerOf(hosts, [], []).engines).toEqual(["chromium", "firefox"]);
});

test("where no node has said what it has, the server is left to say what is missing", () => {
  expect(offerOf([], [], []).engines).toEqual(["chromium", "firefox", "webkit"]);
});

test("a window is offered where a worker that does well can show it", () => {
  const fields = (workers: Worker[]) =>
    Object.keys(sessionSchema(offerOf([], workers, [])).properties as JsonObject);

  expect(fields([worker({ supports_vnc: true })])).toEqual(expect.arrayContaining(["vnc", "headless"]));
  expect(fields([worker({ supports_vnc: true, healthy: false }), worker({})])).not.toContain("vnc");
});

test("where there are several nodes that do well, one of them may be chosen", () => {
  const nodes = (...workers: Worker[]) => {
    const properties = sessionSchema(offerOf([], workers, [])).properties as Record<string, JsonObject>;
    return properties.host?.enum;
  };

  const [a, b, c] = [worker({ name: "a" }), worker({ name: "b" }), worker({ name: "c", healthy: false })];

  expect(nodes(a, b, c)).toEqual(["a", "b"]);
  expect(nodes(a)).toBeUndefined();
});

test("what was captured may be begun with, where there is something", () => {
  const names = (...captured: string[]) => {
    const offer = offerOf([], [], captured.map((name) => ({ name }) as CapturedSession));
    const properties = sessionSchema(offer).properties as Record<string, JsonObject>;
    return properties.captured_session?.enum;
  };

  expect(names("shop-as-ada", "shop-as-bo")).toEqual(["shop-as-ada", "shop-as-bo"]);
  expect(names()).toBeUndefined();
});

test("a session that is seen over VNC has a window", () => {
  expect(requestOf({ vnc: true, headless: true })).toEqual({ vnc: true, headless: false });
  expect(requestOf({ vnc: true, vnc_password: true })).toEqual({ vnc: true, headless: false, vnc_password: true });
  expect(requestOf({ vnc_password: true })).toEqual({});
  expect(requestOf({ engine: "chromium", browser: { locale: undefined } as unknown as JsonObject })).toEqual({
    engine: "chromium",
  });
});

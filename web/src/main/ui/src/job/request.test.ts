// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Job, Task } from "../api/types";
import { draftOf, optionsSchema, requestOf } from "./request";

test("emptied options are not sent", () => {
  const request = requestOf("pdf", { params: { url: "https://a.example" }, options: { browser: { viewport: {} } } });

  expect(request).toEqual({ task: "pdf", params: { url: "https://a.example" }, browser: { viewport: {} } });
});

test("a job runs again with its parameters and options, but not at its old time", () => {
  const job = { params: { url: "u" }, priority: "high", labels: { team: "shop" }, not_before: "2026-01-01T00:00:00Z" };
  const reliability_info = { timeout_seconds: 30 };

  expect(draftOf({ ...job, reliability_info } as unknown as Job, { default_timeout_seconds: 60 } as Task)).toEqual({
    params: { url: "u" },
    options: { priority: "high", timeout_seconds: 30, labels: { team: "shop" } },
  });
});

test("a job runs again in the same browser, with the same recordings", () => {
  const browser = { engine: "chromium", locale: "sv-SE", viewport: { width: 800, height: 600 } };
  const record = { trace: "always", video: "never", har: "never" };
  const job = { params: {}, priority: "normal", browser, record, webhook_url: "https://hook.example/" };

  expect(draftOf(job as unknown as Job, undefined).options).toEqual({
    browser,
    record,
    webhook_url: "https://hook.example/",
  });
});

test("a task without a browser has no browser options", () => {
  const names = (engines: string[]) =>
    Object.keys(optionsSchema({ engines } as Task).properties as Record<string, unknown>);

  expect(names(["chromium"])).toContain("browser");
  expect(names([])).not.toContain("browser");
});

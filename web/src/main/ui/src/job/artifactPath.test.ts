// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { artifactPath, isTrace, tracePath } from "./artifactPath";

test("names and ids are no part of an address until they are encoded", () => {
  expect(artifactPath("1/../2", "a b.zip")).toBe("/api/v1/jobs/1%2F..%2F2/artifacts/a%20b.zip");
  expect(tracePath("1", "attempt-2-trace.zip")).toBe("/jobs/1/trace?name=attempt-2-trace.zip");
});

test("only what Playwright wrote is a trace", () => {
  expect(isTrace({ kind: "trace", content_type: "application/zip" })).toBe(true);
  expect(isTrace({ kind: "download", content_type: "application/zip" })).toBe(false);
  expect(isTrace({ kind: "trace", content_type: "text/html" })).toBe(false);
});

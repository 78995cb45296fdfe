// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { backoffMs } from "./backoff";

test("the wait doubles and stops growing at fifteen seconds", () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50].map((attempt) => backoffMs(attempt, () => 0));

  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
});

test("chance takes at most a quarter off", () => {
  expect(backoffMs(3, () => 1)).toBe(1500);
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { wordOf } from "./words";

test("numbers get the unit that their name tells", () => {
  expect(wordOf("uptime_seconds", 9000)).toBe("2 h 30 min");
  expect(wordOf("heap_bytes", 536_870_912)).toBe("537 MB");
  expect(wordOf("workers", 2)).toBe("2");
});

test("whatever is inside is told too", () => {
  expect(wordOf("roles", ["api", "worker"])).toBe("api, worker");
  expect(wordOf("pool", { size_bytes: 1000, is_open: true })).toBe("size bytes 1.0 kB, is open Yes");
  expect(wordOf("reason", null)).toBe("–");
});

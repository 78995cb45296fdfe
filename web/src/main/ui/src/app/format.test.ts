// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { bytes, countdown, duration, humanise, plural, relative } from "./format";

test("durations are short and as exact as they need to be", () => {
  expect([0, 216, 4_250, 59_000, 61_000, 3_600_000, 7_800_000, 90_000_000].map(duration)).toEqual([
    "0.00 s",
    "0.22 s",
    "4.3 s",
    "59 s",
    "1 min 1 s",
    "1 h",
    "2 h 10 min",
    "1 d 1 h",
  ]);
});

test("what is left is told in whole seconds, and never as nothing", () => {
  expect([-5, 0, 1, 8_200, 59_001, 61_000].map(countdown)).toEqual(["1 s", "1 s", "1 s", "9 s", "1 min", "1 min 1 s"]);
});

test("one is not many", () => {
  expect([0, 1, 2].map((count) => plural(count, "job"))).toEqual(["0 jobs", "1 job", "2 jobs"]);
});

test("sizes are in the units of the decimal system", () => {
  expect([0, 999, 1_500, 234_567_890].map(bytes)).toEqual(["0 B", "999 B", "1.5 kB", "235 MB"]);
});

test("moments are told from now", () => {
  expect(relative(0, 1_000)).toBe("just now");
  expect(relative(0, 8_400)).toBe("8 s ago");
  expect(relative(0, 245_000)).toBe("4 min ago");
  expect(relative(7_199_000, 0)).toBe("in 2 h");
});

test("names of fields read as words", () => {
  expect(["url", "full_page", "not_before", "waitUntil", "max-attempts"].map(humanise)).toEqual([
    "URL",
    "Full page",
    "Not before",
    "Wait until",
    "Max attempts",
  ]);
});

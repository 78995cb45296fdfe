// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { countFitting } from "./deadLetters";

const STATS = { total: 300, by_error_category: { network: 200, timeout: 100 } };
const FIRST_PAGE = { items: Array(25), hasMore: true };

test("a list that is shown in full has been counted, whatever it is narrowed to", () => {
  expect(countFitting({ task: "pdf", error_category: "network" }, STATS, { items: Array(3), hasMore: false })).toBe(3);
});

test("a longer list is counted by its category", () => {
  expect(countFitting({ task: "", error_category: "" }, STATS, FIRST_PAGE)).toBe(300);
  expect(countFitting({ task: "", error_category: "timeout" }, STATS, FIRST_PAGE)).toBe(100);
});

test("nobody has counted a longer list of one task", () => {
  expect(countFitting({ task: "pdf", error_category: "network" }, STATS, FIRST_PAGE)).toBeUndefined();
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { labelsOf } from "./labels";

test("labels are written as name and value, parted by commas", () => {
  expect(labelsOf("team:shop")).toEqual({ team: "shop" });
  expect(labelsOf(" team: shop ,page:https://example.com/a, ")).toEqual({
    team: "shop",
    page: "https://example.com/a",
  });
  expect(labelsOf("")).toEqual({});
});

test("a word alone is no label", () => {
  expect(labelsOf("shop")).toBeUndefined();
  expect(labelsOf("team:shop, :x")).toBeUndefined();
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { newKey } from "./key";

test("keys are long and never the same", () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { parseValue, showValue } from "./jsonText";

test("where anything goes a text needs no quotation marks", () => {
  expect(parseValue("hello ${name}", true)).toBe("hello ${name}");
  expect(parseValue("42", true)).toBe(42);
  expect(parseValue('"42"', true)).toBe("42");
  expect(parseValue("  ", true)).toBeUndefined();
});

test("half-written JSON is no text", () => {
  expect(() => parseValue('{"a": ', true)).toThrow(SyntaxError);
  expect(() => parseValue("hello", false)).toThrow(SyntaxError);
});

test("every value is shown so that it is read as itself again", () => {
  for (const value of ["hello", "42", "true", "{", "", " ", 42, null, ["a"], { a: "b" }]) {
    expect(parseValue(showValue(value, true), true)).toEqual(value);
    expect(parseValue(showValue(value, false), false)).toEqual(value);
  }
});

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Schema } from "./resolve";
import { pruned, validate } from "./validate";

const SCREENSHOT: Schema = {
  type: "object",
  properties: {
    url: { type: "string", format: "uri" },
    quality: { type: "integer", minimum: 1, maximum: 100 },
    viewport: { type: "object", properties: { width: { type: "integer" } }, required: ["width"] },
  },
  required: ["url"],
};

test("what is required and missing is reported at its place", () => {
  expect(check({})).toEqual({ "/params/url": "Required" });
  expect(check({ url: "" })).toEqual({ "/params/url": "Required" });
  expect(check({ url: "https://a.example", viewport: {} })).toEqual({ "/params/viewport/width": "Required" });
});

test("bounds and kinds are checked", () => {
  expect(check({ url: "https://a.example", quality: 0 })).toEqual({ "/params/quality": "Between 1 and 100" });
  expect(check({ url: "https://a.example", quality: 1.5 })).toEqual({ "/params/quality": "A whole number is needed" });
  expect(check({ url: "a.example" })["/params/url"]).toContain("https://");
});

test("a pattern is explained in the schema's own words", () => {
  const schema: Schema = {
    type: "string",
    pattern: "^\\d+mm$",
    errorMessage: { pattern: "must be a length such as 10mm" },
  };

  expect(validate("10", schema, schema, "/top")).toEqual({ "/top": "Must be a length such as 10mm" });
  expect(validate("10mm", schema, schema, "/top")).toEqual({});
});

test("valid parameters have nothing to report", () => {
  expect(check({ url: "https://a.example", quality: 80, viewport: { width: 800 } })).toEqual({});
});

test("lists and maps are checked inside, with keys escaped", () => {
  const schema: Schema = {
    type: "object",
    properties: {
      steps: {
        type: "array",
        minItems: 1,
        items: { type: "object", properties: { url: { type: "string" } }, required: ["url"] },
      },
      fields: { type: "object", additionalProperties: { type: "integer" } },
    },
  };

  expect(validate({ steps: [{}] }, schema, schema, "")).toEqual({ "/steps/0/url": "Required" });
  expect(validate({ steps: [] }, schema, schema, "")).toEqual({ "/steps": "At least one is needed" });
  expect(validate({ fields: { "a/b": "x" } }, schema, schema, "")).toEqual({ "/fields/a~1b": "A number is needed" });
});

test("a variant is checked as the one that its tag chooses", () => {
  const step: Schema = {
    oneOf: [
      {
        type: "object",
        properties: { action: { const: "goto" }, url: { type: "string" } },
        required: ["action", "url"],
      },
      {
        type: "object",
        properties: { action: { const: "click" }, selector: { type: "string" } },
        required: ["selector"],
      },
    ],
  };

  expect(validate({ action: "click" }, step, step, "")).toEqual({ "/selector": "Required" });
  expect(validate({}, step, step, "")).toEqual({ "/action": "Required" });
});

test("emptied fields leave nothing behind", () => {
  expect(pruned({ url: "u", selector: undefined!, viewport: { width: undefined! } })).toEqual({ url: "u" });
  expect(pruned({ labels: {}, steps: [{ a: undefined! }] })).toEqual({ labels: {}, steps: [{}] });
});

function check(params: Record<string, never> | Schema) {
  return validate(params, SCREENSHOT, SCREENSHOT, "/params");
}

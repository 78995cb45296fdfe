// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { fieldOf } from "./schema";
import { type Schema } from "./resolve";

test("plain types become their widgets", () => {
  expect(of({ type: "string" })).toMatchObject({ kind: "text", isLong: false });
  expect(of({ type: "string", maxLength: 50_000 })).toMatchObject({ kind: "text", isLong: true });
  expect(of({ type: "string", format: "uri", maxLength: 2048 })).toMatchObject({
    kind: "text",
    isUri: true,
    isLong: false,
  });
  expect(of({ type: "integer", minimum: 1, maximum: 100 })).toMatchObject({
    kind: "number",
    isInteger: true,
    minimum: 1,
  });
  expect(of({ type: "boolean", default: true })).toMatchObject({ kind: "boolean", defaultValue: true });
  expect(of({ enum: ["png", "jpeg"] })).toMatchObject({ kind: "choice", options: ["png", "jpeg"] });
});

test("a field is named by its title, else by its property", () => {
  expect(fieldOf({ type: "boolean" }, {}, "full_page").label).toBe("Full page");
  expect(fieldOf({ type: "string" }, {}, "start_url").label).toBe("Start URL");
  expect(fieldOf({ type: "string", title: "Where to begin" }, {}, "url").label).toBe("Where to begin");
});

test("an object lists its properties in the order of the schema and knows which are required", () => {
  const field = of({
    type: "object",
    properties: { url: { type: "string" }, depth: { type: "integer" } },
    required: ["url"],
  });

  expect(field).toMatchObject({
    kind: "object",
    properties: [
      { name: "url", isRequired: true },
      { name: "depth", isRequired: false },
    ],
  });
});

test("an object without properties of its own is a map, if it may have others", () => {
  expect(of({ type: "object", additionalProperties: { type: "string" } }).kind).toBe("map");
  expect(of({ type: "object" })).toMatchObject({ kind: "map", value: {} });
  expect(of({ type: "object", additionalProperties: false })).toMatchObject({ kind: "object", properties: [] });
});

test("alternatives told apart by a constant are variants, and the constant is no field of theirs", () => {
  const field = of({
    oneOf: [step("goto", { url: { type: "string" } }), step("click", { selector: { type: "string" } })],
  });

  expect(field).toMatchObject({ kind: "variant", tag: "action", options: [{ value: "goto" }, { value: "click" }] });
  const first = field.kind === "variant" ? field.options[0]! : undefined;
  expect(first?.schema.properties).toEqual({ url: { type: "string" } });
  expect(first?.schema.required).toEqual([]);
});

test("conditions on one property are variants too", () => {
  const root: Schema = {
    properties: { action: { enum: ["goto", "repeat"] } },
    allOf: [
      { if: { properties: { action: { const: "goto" } } }, then: { $ref: "#/$defs/goto" } },
      { if: { properties: { action: { const: "repeat" } } }, then: { $ref: "#/$defs/repeat" } },
    ],
    $defs: {
      goto: step("goto", { url: { type: "string" } }),
      repeat: step("repeat", { steps: { type: "array", items: { $ref: "#" } } }),
    },
  };

  const field = fieldOf(root, root);

  expect(field).toMatchObject({ kind: "variant", tag: "action", options: [{ title: "Goto" }, { title: "Repeat" }] });
});

test("a text among other types is a text until it is something else", () => {
  expect(of({ type: ["string", "array"] })).toMatchObject({ kind: "text", orJson: true });
  expect(of({ type: ["integer", "array"] })).toMatchObject({ kind: "json", takesText: false });
  expect(of({ description: "Anything." })).toMatchObject({ kind: "json", takesText: true });
});

test("an allOf of one says something beside a reference", () => {
  const root: Schema = { $defs: { fields: { type: "object", additionalProperties: { type: "string" } } } };

  expect(fieldOf({ allOf: [{ $ref: "#/$defs/fields" }], description: "beside" }, root)).toMatchObject({
    kind: "map",
    description: "beside",
  });
});

test("other alternatives and conditions are left to JSON", () => {
  expect(of({ oneOf: [{ type: "string" }, { type: "object" }] }).kind).toBe("json");
  expect(of({ type: "object", if: {}, then: { properties: { extra: {} } }, properties: { a: {} } }).kind).toBe("json");
  expect(of({}).kind).toBe("json");
});

test("conditions that only say what goes together leave the fields as they are", () => {
  const field = of({
    type: "object",
    properties: { format: { enum: ["png", "jpeg"] }, quality: { type: "integer" } },
    if: { properties: { format: { const: "png" } } },
    then: { not: { required: ["quality"] } },
    dependentSchemas: { quality: { properties: { format: { const: "jpeg" } } } },
  });

  expect(field.kind).toBe("object");
});

test("references are followed, also in a schema that contains itself", () => {
  const root: Schema = {
    $defs: {
      field: {
        type: "object",
        properties: {
          selector: { type: "string" },
          fields: { type: "object", additionalProperties: { $ref: "#/$defs/field" } },
        },
      },
    },
  };

  const field = fieldOf({ $ref: "#/$defs/field", description: "beside" }, root);

  expect(field).toMatchObject({ kind: "object", description: "beside" });
  const nested = field.kind === "object" ? fieldOf(field.properties[1]!.schema, root) : undefined;
  expect(nested?.kind).toBe("map");
});

test("a reference that leads nowhere, or round in a circle, is JSON", () => {
  expect(of({ $ref: "#/$defs/none" }).kind).toBe("json");
  expect(of({ $ref: "https://elsewhere.example/schema" }).kind).toBe("json");
  const circle: Schema = { $defs: { a: { $ref: "#/$defs/a" } } };
  expect(fieldOf({ $ref: "#/$defs/a" }, circle).kind).toBe("json");
});

function of(schema: Schema) {
  return fieldOf(schema, schema);
}

function step(action: string, properties: Schema): Schema {
  return { type: "object", properties: { action: { const: action }, ...properties }, required: ["action"] };
}

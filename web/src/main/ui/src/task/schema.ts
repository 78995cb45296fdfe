// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";
import { humanise } from "../app/format";
import { isObject, number, resolve, type Schema, text } from "./resolve";
import { type Variants, variantsOf } from "./variants";

interface Common {
  label: string;
  description?: string;
  defaultValue?: JsonValue;
}

export interface TextShape {
  kind: "text";
  isLong: boolean;
  isUri: boolean;
  /** Other values than texts are allowed too. */
  orJson: boolean;
  pattern?: string;
  patternMessage?: string;
  minLength?: number;
  maxLength?: number;
}

/** What a form shows for a schema; `json` is the way out for whatever it has no widget for. */
export type Shape =
  | TextShape
  | { kind: "moment" }
  | { kind: "number"; isInteger: boolean; minimum?: number; maximum?: number }
  | { kind: "boolean" }
  | { kind: "choice"; options: (string | number)[] }
  | { kind: "object"; properties: Property[] }
  | { kind: "list"; item: Schema; minItems: number; maxItems?: number }
  | { kind: "map"; value: Schema }
  | ({ kind: "variant" } & Variants)
  /** `takesText`: anything goes, so that a text needs no quotation marks. */
  | { kind: "json"; takesText: boolean };

export type Field = Common & Shape;
export type FieldOf<K extends Shape["kind"]> = Common & Extract<Shape, { kind: K }>;

export interface Property {
  name: string;
  schema: Schema;
  isRequired: boolean;
}

/** Where a text may well have several lines. */
const LONG_TEXT = 10_000;
/** Words that decide what is valid beyond what a widget can show: the form does not guess, it lets JSON be written. */
const CONDITIONS = [
  "oneOf",
  "anyOf",
  "allOf",
  "if",
  "not",
  "dependentSchemas",
  "patternProperties",
  "prefixItems",
  "unevaluatedProperties",
];
const JSON_ONLY: Shape = { kind: "json", takesText: false };

/**
 * The field for a schema. Only one level is looked at: a schema may contain itself, so what lies below is asked for when
 * it is shown.
 *
 * @param root holds what `$ref` points to
 */
export function fieldOf(schema: Schema, root: Schema, name = ""): Field {
  const resolved = resolve(schema, root);
  return {
    label: text(resolved.title) ?? humanise(name),
    description: text(resolved.description),
    defaultValue: resolved.default,
    ...shapeOf(resolved, root),
  };
}

function shapeOf(schema: Schema, root: Schema): Shape {
  const variants = variantsOf(schema, root);
  if (variants) {
    return { kind: "variant", ...variants };
  }
  const isConditional = CONDITIONS.some((word) => word in schema);
  // An object whose conditions only say which of its properties go together can still be filled in field by field.
  if (isConditional && !(isObject(schema.properties) && onlyConstrains(schema, schema.properties))) {
    return JSON_ONLY;
  }
  if (Array.isArray(schema.enum) && schema.enum.every((it) => typeof it === "string" || typeof it === "number")) {
    return { kind: "choice", options: schema.enum };
  }
  if (Array.isArray(schema.type)) {
    return schema.type.includes("string") ? { ...textShape(schema), orJson: true } : JSON_ONLY;
  }
  switch (schema.type ?? (isObject(schema.properties) ? "object" : undefined)) {
    case "string":
      return schema.format === "date-time" ? { kind: "moment" } : textShape(schema);
    case "integer":
    case "number":
      return {
        kind: "number",
        isInteger: schema.type === "integer",
        minimum: number(schema.minimum),
        maximum: number(schema.maximum),
      };
    case "boolean":
      return { kind: "boolean" };
    case "array":
      return {
        kind: "list",
        item: isObject(schema.items) ? schema.items : {},
        minItems: number(schema.minItems) ?? 0,
        maxItems: number(schema.maxItems),
      };
    case "object":
      return objectShape(schema);
    default:
      return { kind: "json", takesText: !("enum" in schema || "const" in schema) };
  }
}

function textShape(schema: Schema): TextShape {
  const pattern = text(schema.pattern);
  const isUri = schema.format === "uri" || /^\^?\(?(\?:)?(https?|\[hH\]\[tT\])/.test(pattern ?? "");
  return {
    kind: "text",
    isLong: !isUri && (number(schema.maxLength) ?? 0) > LONG_TEXT,
    isUri,
    orJson: false,
    pattern,
    patternMessage: isObject(schema.errorMessage) ? text(schema.errorMessage.pattern) : undefined,
    minLength: number(schema.minLength),
    maxLength: number(schema.maxLength),
  };
}

function objectShape(schema: Schema): Shape {
  if (isObject(schema.properties)) {
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    return {
      kind: "object",
      properties: Object.entries(schema.properties)
        .filter(([, property]) => property !== false)
        .map(([name, property]) => ({
          name,
          schema: isObject(property) ? property : {},
          isRequired: required.has(name),
        })),
    };
  }
  return schema.additionalProperties === false
    ? { kind: "object", properties: [] }
    : { kind: "map", value: isObject(schema.additionalProperties) ? schema.additionalProperties : {} };
}

/** Whether the conditions of an object speak of no other properties than its own; then the server may judge them. */
function onlyConstrains(schema: Schema, properties: JsonObject): boolean {
  const dependent = isObject(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : [];
  const parts = [schema.oneOf, schema.anyOf, schema.allOf, schema.if, schema.then, schema.else, schema.not, dependent];
  return (
    !("patternProperties" in schema) &&
    parts
      .flat()
      .every(
        (part) =>
          !isObject(part) ||
          (!("$ref" in part || "allOf" in part) &&
            (!isObject(part.properties) ||
              Object.keys(part.properties).every((name) => Object.hasOwn(properties, name)))),
      )
  );
}

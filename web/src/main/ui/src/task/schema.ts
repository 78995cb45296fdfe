// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";
import { humanise } from "../app/format";

/** A JSON Schema (2020-12), of which the form understands a part. */
export type Schema = JsonObject;

interface Common {
  label: string;
  description?: string;
  defaultValue?: JsonValue;
}

/** What a form shows for a schema; `json` is the way out for whatever it has no widget for. */
export type Field = Common &
  (
    | {
        kind: "text";
        isLong: boolean;
        isUri: boolean;
        pattern?: string;
        patternMessage?: string;
        minLength?: number;
        maxLength?: number;
      }
    | { kind: "moment" }
    | { kind: "number"; isInteger: boolean; minimum?: number; maximum?: number }
    | { kind: "boolean" }
    | { kind: "choice"; options: (string | number)[] }
    | { kind: "object"; properties: Property[] }
    | { kind: "list"; item: Schema; minItems: number; maxItems?: number }
    | { kind: "map"; value: Schema }
    | { kind: "variant"; tag: string; options: Variant[] }
    | { kind: "json" }
  );

export interface Property {
  name: string;
  schema: Schema;
  isRequired: boolean;
}

export interface Variant {
  /** The value of the tag that chooses this one. */
  value: string;
  title: string;
  schema: Schema;
}

/** Where a text may well have several lines. */
const LONG_TEXT = 10_000;
/** Words that decide what is valid beyond what a widget can show: the form does not guess, it lets JSON be written. */
const CONDITIONS = ["if", "not", "dependentSchemas", "patternProperties", "prefixItems", "unevaluatedProperties"];

/**
 * The field for a schema. Only one level is looked at: a schema may contain itself, so what lies below is asked for when
 * it is shown.
 *
 * @param root holds what `$ref` points to
 */
export function fieldOf(schema: Schema, root: Schema, name = ""): Field {
  const resolved = resolve(schema, root);
  const common: Common = {
    label: text(resolved.title) ?? humanise(name),
    description: text(resolved.description),
    defaultValue: resolved.default,
  };
  return { ...common, ...shapeOf(resolved, root) } as Field;
}

type Shape = Field extends infer F ? (F extends Field ? Omit<F, keyof Common> : never) : never;

function shapeOf(schema: Schema, root: Schema): Shape {
  const variants = variantsOf(schema, root);
  if (variants) {
    return { kind: "variant", ...variants };
  }
  const hasOwnShape = isObject(schema.properties) || schema.type === "array";
  const isConditional = CONDITIONS.some((word) => word in schema);
  const hasAlternatives = ["oneOf", "anyOf", "allOf"].some((word) => word in schema);
  // An object whose alternatives only say which of its properties go together can still be filled in field by field.
  if ((isConditional || hasAlternatives) && !(isObject(schema.properties) && onlyConstrains(schema))) {
    return { kind: "json" };
  }
  if (Array.isArray(schema.enum) && schema.enum.every((it) => typeof it === "string" || typeof it === "number")) {
    return { kind: "choice", options: schema.enum };
  }
  switch (schema.type ?? (hasOwnShape ? "object" : undefined)) {
    case "string":
      if (schema.format === "date-time") {
        return { kind: "moment" };
      }
      return {
        kind: "text",
        isLong: (number(schema.maxLength) ?? 0) > LONG_TEXT && schema.format !== "uri" && !isUrlish(schema),
        isUri: schema.format === "uri" || isUrlish(schema),
        pattern: text(schema.pattern),
        patternMessage: isObject(schema.errorMessage) ? text(schema.errorMessage.pattern) : undefined,
        minLength: number(schema.minLength),
        maxLength: number(schema.maxLength),
      };
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
      return isObject(schema.items)
        ? {
            kind: "list",
            item: schema.items,
            minItems: number(schema.minItems) ?? 0,
            maxItems: number(schema.maxItems),
          }
        : { kind: "json" };
    case "object":
      return objectShape(schema);
    default:
      return { kind: "json" };
  }
}

function objectShape(schema: Schema): Shape {
  if (isObject(schema.properties) && Object.keys(schema.properties).length > 0) {
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    return {
      kind: "object",
      properties: Object.entries(schema.properties).map(([name, property]) => ({
        name,
        schema: isObject(property) ? property : {},
        isRequired: required.has(name),
      })),
    };
  }
  return isObject(schema.additionalProperties) ? { kind: "map", value: schema.additionalProperties } : { kind: "json" };
}

/** Alternatives that are objects told apart by one property, each with a constant of its own for it. */
function variantsOf(schema: Schema, root: Schema): { tag: string; options: Variant[] } | undefined {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (!Array.isArray(alternatives) || alternatives.length < 2 || isObject(schema.properties)) {
    return undefined;
  }
  const branches = alternatives.map((branch) => (isObject(branch) ? resolve(branch, root) : {}));
  const first = branches[0];
  const candidates = first && isObject(first.properties) ? Object.keys(first.properties) : [];
  for (const tag of candidates) {
    const values = branches.map((branch) => constantOf(branch, tag));
    if (values.every((value) => value !== undefined) && new Set(values).size === values.length) {
      const options = branches.map((branch, i) => ({
        value: values[i]!,
        title: text(branch.title) ?? humanise(values[i]!),
        schema: without(branch, tag),
      }));
      return { tag, options };
    }
  }
  return undefined;
}

function constantOf(branch: Schema, property: string): string | undefined {
  const schema = isObject(branch.properties) ? branch.properties[property] : undefined;
  if (!isObject(schema)) {
    return undefined;
  }
  const only = Array.isArray(schema.enum) && schema.enum.length === 1 ? schema.enum[0] : schema.const;
  return text(only);
}

/** The schema without a property that something else fills in. */
function without(schema: Schema, property: string): Schema {
  const { [property]: _gone, ...properties } = schema.properties as JsonObject;
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => name !== property) : [];
  return { ...schema, properties, required };
}

/** Whether alternatives and conditions add no property or type, so that the server can be left to judge them. */
function onlyConstrains(schema: Schema): boolean {
  const known = new Set(Object.keys(schema.properties as JsonObject));
  const dependent = isObject(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : [];
  const parts = [schema.oneOf, schema.anyOf, schema.allOf, schema.if, schema.then, schema.else, schema.not, dependent]
    .flat()
    .filter((part) => part !== undefined);
  return (
    !("patternProperties" in schema) &&
    parts.every((part) => !isObject(part) || !isObject(part.properties) || subset(Object.keys(part.properties), known))
  );
}

function resolve(schema: Schema, root: Schema, depth = 0): Schema {
  const ref = schema.$ref;
  if (typeof ref !== "string") {
    return schema;
  }
  if (!ref.startsWith("#") || depth > 20) {
    return {};
  }
  let target: JsonValue | undefined = root;
  for (const part of ref.slice(1).split("/").filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    target = isObject(target) ? target[key] : undefined;
  }
  const { $ref: _ref, ...beside } = schema;
  return isObject(target) ? { ...resolve(target, root, depth + 1), ...beside } : {};
}

/** Whether a pattern asks for a web address. */
function isUrlish(schema: Schema): boolean {
  return /^\^?\(?(\?:)?(https?|\[hH\]\[tT\])/.test(text(schema.pattern) ?? "");
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function subset(some: string[], all: Set<string>): boolean {
  return some.every((it) => all.has(it));
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

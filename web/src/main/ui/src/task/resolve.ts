// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";

/** A JSON Schema (2020-12), of which the form understands a part. */
export type Schema = JsonObject;

const DEEPEST = 20;

/**
 * A schema with what it refers to: `$ref` inside of `root`, and an `allOf` of one, which some write to say something
 * beside a reference. What leads nowhere, or round in a circle, becomes the schema of anything.
 */
export function resolve(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > DEEPEST) {
    return {};
  }
  if (typeof schema.$ref === "string") {
    const { $ref, ...beside } = schema;
    const target = at($ref as string, root);
    return target ? { ...resolve(target, root, depth + 1), ...beside } : {};
  }
  const [only, ...others] = Array.isArray(schema.allOf) ? schema.allOf : [];
  if (isObject(only) && others.length === 0 && !("properties" in schema)) {
    const { allOf: _allOf, ...beside } = schema;
    return { ...resolve(only, root, depth + 1), ...beside };
  }
  return schema;
}

function at(ref: string, root: Schema): Schema | undefined {
  if (!ref.startsWith("#")) {
    return undefined;
  }
  let target: JsonValue | undefined = root;
  for (const part of ref.slice(1).split("/").filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    target = isObject(target) ? target[key] : undefined;
  }
  return isObject(target) ? target : undefined;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function text(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function number(value: JsonValue | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

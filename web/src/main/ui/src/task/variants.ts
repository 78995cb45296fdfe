// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";
import { humanise } from "../app/format";
import { isObject, resolve, type Schema, text } from "./resolve";

/** One of the kinds of object that a schema allows. */
export interface Variant {
  /** The value of the tag that chooses this one. */
  value: string;
  title: string;
  /** Without the tag. */
  schema: Schema;
}

export interface Variants {
  /** The property that tells the kinds apart. */
  tag: string;
  options: Variant[];
}

/**
 * The kinds of object that a schema allows, if one property with a constant for each tells them apart. That is written
 * as alternatives (`oneOf`) or as conditions (`allOf` of `if` the tag has a value `then` …).
 */
export function variantsOf(schema: Schema, root: Schema): Variants | undefined {
  return fromAlternatives(schema, root) ?? fromConditions(schema, root);
}

function fromAlternatives(schema: Schema, root: Schema): Variants | undefined {
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (!Array.isArray(alternatives) || alternatives.length < 2 || isObject(schema.properties)) {
    return undefined;
  }
  const branches = alternatives.map((branch) => (isObject(branch) ? resolve(branch, root) : {}));
  for (const tag of propertiesOf(branches[0])) {
    const values = branches.map((branch) => constantOf(branch, tag));
    if (areDistinct(values)) {
      return { tag, options: branches.map((branch, i) => variant(values[i]!, branch, tag)) };
    }
  }
  return undefined;
}

function fromConditions(schema: Schema, root: Schema): Variants | undefined {
  const [tag, ...others] = propertiesOf(schema);
  if (tag === undefined || others.length > 0 || !Array.isArray(schema.allOf)) {
    return undefined;
  }
  const cases = schema.allOf.map((part) => (isObject(part) && isObject(part.if) && isObject(part.then) ? part : {}));
  const values = cases.map((it) => constantOf((it.if as JsonObject | undefined) ?? {}, tag));
  return cases.length > 1 && areDistinct(values)
    ? { tag, options: cases.map((it, i) => variant(values[i]!, resolve(it.then as JsonObject, root), tag)) }
    : undefined;
}

function variant(value: string, schema: Schema, tag: string): Variant {
  const { [tag]: _gone, ...properties } = (schema.properties as JsonObject | undefined) ?? {};
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => name !== tag) : [];
  return {
    value,
    title: text(schema.title) ?? humanise(value),
    schema: { ...schema, type: "object", properties, required },
  };
}

function propertiesOf(schema: Schema | undefined): string[] {
  return isObject(schema?.properties) ? Object.keys(schema.properties) : [];
}

function constantOf(schema: Schema, property: string): string | undefined {
  const its: JsonValue | undefined = isObject(schema.properties) ? schema.properties[property] : undefined;
  if (!isObject(its)) {
    return undefined;
  }
  return text(Array.isArray(its.enum) && its.enum.length === 1 ? its.enum[0] : its.const);
}

function areDistinct(values: (string | undefined)[]): boolean {
  return values.every((value) => value !== undefined) && new Set(values).size === values.length;
}

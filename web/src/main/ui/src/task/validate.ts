// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";
import { child, sentence } from "./pointer";
import { fieldOf, type TextShape } from "./schema";
import { isObject, type Schema } from "./resolve";

/**
 * What the form can tell before the server does: what is missing, and texts and numbers out of their bounds. The server
 * has the last word on everything else.
 */
export function validate(
  value: JsonValue | undefined,
  schema: Schema,
  root: Schema,
  pointer: string,
): Record<string, string> {
  const found: Record<string, string> = {};
  check(value, schema, root, pointer, found);
  return found;
}

function check(value: JsonValue | undefined, schema: Schema, root: Schema, at: string, found: Record<string, string>) {
  if (value === undefined) {
    return;
  }
  const field = fieldOf(schema, root);
  switch (field.kind) {
    case "text":
      report(found, at, typeof value === "string" ? textMistake(value, field) : undefined);
      break;
    case "number":
      report(found, at, numberMistake(value, field));
      break;
    case "list":
      if (Array.isArray(value)) {
        value.forEach((item, i) => check(item, field.item, root, child(at, i), found));
        report(found, at, countMistake(value.length, field));
      }
      break;
    case "map":
      if (isObject(value)) {
        for (const [key, item] of Object.entries(value)) {
          check(item, field.value, root, child(at, key), found);
        }
      }
      break;
    case "object":
      for (const { name, schema: inner, isRequired } of field.properties) {
        const there = isObject(value) ? value[name] : undefined;
        if (isRequired && (there === undefined || there === "") && fieldOf(inner, root).defaultValue === undefined) {
          report(found, child(at, name), "Required");
        } else {
          check(there, inner, root, child(at, name), found);
        }
      }
      break;
    case "variant": {
      const tag = isObject(value) ? value[field.tag] : undefined;
      const chosen = field.options.find((option) => option.value === tag);
      if (chosen) {
        check(value, chosen.schema, root, at, found);
      } else {
        report(found, child(at, field.tag), "Required");
      }
      break;
    }
    case "boolean":
    case "moment":
    case "choice":
    case "json":
      break;
  }
}

function report(found: Record<string, string>, at: string, mistake: string | undefined) {
  if (mistake && !(at in found)) {
    found[at] = mistake;
  }
}

type TextBounds = Pick<TextShape, "minLength" | "maxLength" | "pattern" | "patternMessage" | "isUri">;

function textMistake(value: string, { minLength = 0, maxLength, pattern, patternMessage, isUri }: TextBounds) {
  if (value.length < minLength) {
    return minLength === 1 ? "Required" : `At least ${minLength} characters`;
  }
  if (maxLength !== undefined && value.length > maxLength) {
    return `At most ${maxLength} characters`;
  }
  if (isUri && pattern === undefined && !/^[a-z][a-z0-9+.-]*:/i.test(value)) {
    return "A whole address is needed, with https:// in front";
  }
  return pattern === undefined || fits(pattern, value)
    ? undefined
    : sentence(patternMessage ?? `does not fit the pattern ${pattern}`);
}

function numberMistake(
  value: JsonValue,
  { isInteger, minimum, maximum }: { isInteger: boolean; minimum?: number; maximum?: number },
) {
  if (typeof value !== "number") {
    return "A number is needed";
  }
  if (isInteger && !Number.isInteger(value)) {
    return "A whole number is needed";
  }
  if ((minimum !== undefined && value < minimum) || (maximum !== undefined && value > maximum)) {
    return maximum === undefined
      ? `At least ${minimum}`
      : minimum === undefined
        ? `At most ${maximum}`
        : `Between ${minimum} and ${maximum}`;
  }
  return undefined;
}

function countMistake(count: number, { minItems, maxItems }: { minItems: number; maxItems?: number }) {
  if (count < minItems) {
    return minItems === 1 ? "At least one is needed" : `At least ${minItems} are needed`;
  }
  return maxItems !== undefined && count > maxItems ? `At most ${maxItems}` : undefined;
}

function fits(pattern: string, value: string): boolean {
  try {
    return new RegExp(pattern, "u").test(value);
  } catch {
    // Not a pattern that JavaScript knows: the server will judge.
    return true;
  }
}

/** Drops what a form leaves behind when a field is emptied: `undefined`, and objects with nothing in them. */
export function pruned(value: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    if (item === undefined) {
      continue;
    }
    const clean = isObject(item)
      ? pruned(item)
      : Array.isArray(item)
        ? item.map((it) => (isObject(it) ? pruned(it) : it))
        : item;
    if (!(isObject(clean) && isObject(item) && Object.keys(clean).length === 0 && Object.keys(item).length > 0)) {
      kept[name] = clean;
    }
  }
  return kept;
}

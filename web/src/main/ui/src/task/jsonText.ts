// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from "../api/types";

/** What begins like this is meant as JSON. */
const JSON_START = /^\s*[[{"]/;

/**
 * The value that a text stands for; undefined for an empty one.
 *
 * @param takesText what is no JSON, and does not begin like it, stands for itself
 * @throws SyntaxError when it is not JSON
 */
export function parseValue(text: string, takesText: boolean): JsonValue | undefined {
  if (text.trim() === "") {
    return undefined;
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (takesText && !JSON_START.test(text)) {
      return text;
    }
    throw error;
  }
}

/** The text that stands for a value. */
export function showValue(value: JsonValue | undefined, takesText: boolean): string {
  if (value === undefined) {
    return "";
  }
  const isPlain = takesText && typeof value === "string" && value.trim() !== "" && sameText(value);
  return isPlain ? value : JSON.stringify(value, null, 2);
}

function sameText(text: string): boolean {
  try {
    return parseValue(text, true) === text;
  } catch {
    return false;
  }
}

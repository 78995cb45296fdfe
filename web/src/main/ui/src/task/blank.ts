// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from "../api/types";
import type { Field } from "./schema";

/** Whether a value of the field has values of its own inside. */
export function isNested(field: Field): boolean {
  return field.kind === "object" || field.kind === "map" || field.kind === "list" || field.kind === "variant";
}

/** What a new entry starts as, so that it is there before anything is entered. */
export function blank(field: Field): JsonValue {
  switch (field.kind) {
    case "object":
    case "map":
    case "variant":
      return {};
    case "list":
      return [];
    case "boolean":
      return false;
    case "text":
    case "moment":
      return "";
    case "number":
    case "choice":
      return null;
    case "json":
      return field.takesText ? "" : null;
  }
}

/** `Steps` → `Step`, for what one adds to a list of them. */
export function singular(label: string): string {
  return label.length > 3 && label.endsWith("s") && !label.endsWith("ss") ? label.slice(0, -1) : label;
}

// SPDX-License-Identifier: Apache-2.0
import type { JsonValue } from "../api/types";
import { bytes, duration, humanise } from "../app/format";

/** A value in words, with the unit that its name tells. */
export function wordOf(name: string, value: JsonValue): string {
  if (value === null || value === "") {
    return "–";
  }
  if (typeof value === "number") {
    return name.endsWith("_seconds")
      ? duration(value * 1000)
      : name.endsWith("_bytes")
        ? bytes(value)
        : value.toLocaleString();
  }
  if (typeof value === "boolean") {
    return value ? "Yes" : "No";
  }
  if (Array.isArray(value)) {
    return value.map((item) => wordOf("", item)).join(", ") || "–";
  }
  if (typeof value === "object") {
    return Object.entries(value)
      .map(([key, item]) => `${humanise(key).toLowerCase()} ${wordOf(key, item)}`)
      .join(", ");
  }
  return /^\d{4}-\d\d-\d\dT/.test(value) ? new Date(value).toLocaleString() : value;
}

// SPDX-License-Identifier: Apache-2.0
import type { JsonObject, JsonValue } from "../api/types";
import { bytes, duration, humanise } from "../app/format";

export interface Section {
  title: string;
  facts: [string, JsonValue][];
}

/** Facts of the server by what they are about: each object inside is a section, what stands alone is about the server. */
export function sectionsOf(about: JsonObject): Section[] {
  const own: [string, JsonValue][] = [];
  const others: Section[] = [];
  for (const [name, value] of Object.entries(about)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      others.push({ title: humanise(name), facts: Object.entries(value) });
    } else {
      own.push([name, value]);
    }
  }
  return [{ title: "Server", facts: own }, ...others].filter(({ facts }) => facts.length > 0);
}

/** A value in words, with the unit that its name tells. */
export function wordOf(name: string, value: JsonValue): string {
  if (value === null || value === "") {
    return "–";
  }
  if (typeof value === "number") {
    return name.endsWith("_seconds") ? duration(value * 1000) : name.endsWith("_bytes") ? bytes(value) : value.toLocaleString();
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

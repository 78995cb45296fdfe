// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../api/types";
import { isObject } from "./resolve";
import { fieldOf } from "./schema";
import { validate } from "./validate";

interface Descriptor {
  name: string;
  params_schema: JsonObject;
  example: JsonObject;
}

const TASKS = import.meta.glob<Descriptor>("../../../../../../ejb/src/main/resources/**/*.task.json", {
  eager: true,
  import: "default",
});

test("the built-in tasks are found", () => {
  expect(Object.keys(TASKS).length).toBeGreaterThan(3);
});

describe.each(Object.values(TASKS).map((task) => [task.name, task] as const))("the form of %s", (_name, task) => {
  const { params_schema: schema, example } = task;

  test("has nothing against the example", () => {
    expect(validate(example, schema, schema, "")).toEqual({});
  });

  test("needs no JSON for the example, but for values that may be anything", () => {
    expect(jsonIn(example, schema, "")).toEqual([]);
  });

  function jsonIn(value: JsonValue | undefined, at: JsonObject, pointer: string): string[] {
    const field = fieldOf(at, schema);
    switch (field.kind) {
      case "json":
        return field.takesText ? [] : [pointer];
      case "object":
        return field.properties.flatMap(({ name, schema: inner }) =>
          isObject(value) && name in value ? jsonIn(value[name], inner, `${pointer}/${name}`) : [],
        );
      case "map":
        return Object.entries(isObject(value) ? value : {}).flatMap(([key, held]) =>
          jsonIn(held, field.value, `${pointer}/${key}`),
        );
      case "list":
        return (Array.isArray(value) ? value : []).flatMap((item, i) => jsonIn(item, field.item, `${pointer}/${i}`));
      case "variant": {
        const chosen = field.options.find((option) => isObject(value) && option.value === value[field.tag]);
        return chosen ? jsonIn(value, chosen.schema, pointer) : [`${pointer}: no kind`];
      }
      default:
        return [];
    }
  }
});

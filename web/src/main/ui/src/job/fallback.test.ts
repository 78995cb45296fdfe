// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { fallbackWords } from "./fallback";

describe("what stands in for a result", () => {
  it("names the other engine or source, of the past or to come", () => {
    const engine = { kind: "engine", because: "page_crashed", stale: false, engine: "firefox" } as const;
    const source = { kind: "source", because: "http_503", stale: false, source: "https://mirror.example" } as const;

    expect(fallbackWords(engine, true)).toBe("Another engine was used: firefox");
    expect(fallbackWords(source, false)).toBe("The next attempt uses another source: https://mirror.example");
  });

  it("says how old an earlier result is", () => {
    const stale = { kind: "stale", because: "http_503", stale: true, age_seconds: 720 } as const;

    expect(fallbackWords(stale, true)).toContain("12 min");
  });
});

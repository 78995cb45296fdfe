// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { reasonWords, refusalWords } from "./level";

test("what a level refuses is told in one sentence", () => {
  const words = [[], ["low"], ["low", "normal"], ["low", "normal", "high", "urgent"]].map((refused_priorities) =>
    refusalWords({ refused_priorities }),
  );

  expect(words).toEqual([
    "All jobs are taken.",
    "New jobs of low priority are not taken.",
    "New jobs of low and normal priority are not taken.",
    "No new jobs are taken.",
  ]);
});

test("the reasons are those of the services that are not well", () => {
  const broker = {
    name: "broker" as const,
    healthy: true,
    service_level: "full" as const,
    message: "The broker answers.",
  };
  const disk = {
    name: "disk" as const,
    healthy: false,
    service_level: "minimal" as const,
    message: "The disk is full.",
  };

  expect(reasonWords({ services: [broker, disk] })).toBe("The disk is full.");
});

test("a level that is held for a while has no reason left", () => {
  expect(reasonWords({ services: [] })).toMatch(/^All is well again/);
});

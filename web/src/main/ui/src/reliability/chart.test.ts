// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { areaOf, lineOf, nearest, roundMax, runsOf } from "./chart";

const FRAME = { from: 0, to: 100, max: 10, width: 200, height: 50 };
const at = (...moments: number[]) => moments.map((moment) => ({ at: moment, value: 5 }));

test("the axis ends at a round number", () => {
  expect([[], [0], [0.4], [3], [10], [11], [480], [501]].map(roundMax)).toEqual([1, 1, 1, 5, 10, 20, 500, 1000]);
});

test("time runs to the right and values upwards", () => {
  const run = [
    { at: 0, value: 0 },
    { at: 50, value: 10 },
    { at: 100, value: 2.5 },
  ];

  expect(lineOf(run, FRAME)).toBe("M0 50L100 0L200 37.5");
  expect(areaOf(run, FRAME)).toBe("M0 50L100 0L200 37.5L200 50L0 50Z");
});

test("nothing is drawn where nothing was measured", () => {
  expect(runsOf(at(0, 10, 21, 60, 70), 10).map((run) => run.map((sample) => sample.at))).toEqual([
    [0, 10, 21],
    [60, 70],
  ]);
  expect(runsOf([], 10)).toEqual([]);
});

test("a sample between two gaps is seen", () => {
  expect(lineOf(at(50), FRAME)).toBe("M99 25H101");
  expect(areaOf(at(50), FRAME)).toBe("");
});

test("the nearest sample is found on either side", () => {
  expect([-5, 4, 6, 99].map((moment) => nearest(at(0, 10, 20), moment)?.at)).toEqual([0, 0, 10, 20]);
  expect(nearest([], 1)).toBeUndefined();
});

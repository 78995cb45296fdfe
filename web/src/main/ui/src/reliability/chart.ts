// SPDX-License-Identifier: Apache-2.0

/** A moment in milliseconds, and what was measured then. */
export interface Sample {
  at: number;
  value: number;
}

/** The end of the axis: a round number that no value exceeds. */
export function roundMax(values: readonly number[]): number {
  const most = Math.max(1, ...values);
  const size = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * size).find((end) => end >= most) ?? most;
}

/** The samples, parted where one or more are missing. */
export function runsOf(samples: readonly Sample[], stepMs: number): Sample[][] {
  const runs: Sample[][] = [];
  samples.forEach((sample, i) => {
    const before = samples[i - 1];
    // Samples are not taken to the second.
    if (before && sample.at - before.at <= stepMs * 2.5) {
      runs.at(-1)?.push(sample);
    } else {
      runs.push([sample]);
    }
  });
  return runs;
}

/** The sample that is nearest to a moment. */
export function nearest(samples: readonly Sample[], at: number): Sample | undefined {
  return samples.reduce<Sample | undefined>(
    (best, sample) => (best && Math.abs(best.at - at) <= Math.abs(sample.at - at) ? best : sample),
    undefined,
  );
}

/** A line through a run of samples, in a frame of the given size; a lone sample is a short line, so that it shows. */
export function lineOf(run: readonly Sample[], frame: Frame): string {
  const points = run.map(({ at, value }) => [xOf(at, frame), yOf(value, frame)] as const);
  const [first] = points;
  if (first && points.length === 1) {
    return `M${first[0] - 1} ${first[1]}H${first[0] + 1}`;
  }
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join("");
}

/** What is below that line. */
export function areaOf(run: readonly Sample[], frame: Frame): string {
  const [first, last] = [run[0], run.at(-1)];
  return first && last && run.length > 1
    ? `${lineOf(run, frame)}L${xOf(last.at, frame)} ${frame.height}L${xOf(first.at, frame)} ${frame.height}Z`
    : "";
}

export interface Frame {
  from: number;
  to: number;
  max: number;
  width: number;
  height: number;
}

function xOf(at: number, { from, to, width }: Frame): number {
  return tenths(((at - from) / (to - from)) * width);
}

function yOf(value: number, { max, height }: Frame): number {
  return tenths(height - (Math.min(value, max) / max) * height);
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

// SPDX-License-Identifier: Apache-2.0
import { type PointerEvent, useState } from "react";
import { areaOf, type Frame, lineOf, nearest, roundMax, runsOf, type Sample } from "./chart";

interface Props {
  /** What was measured. */
  label: string;
  samples: Sample[];
  from: number;
  to: number;
  /** How far apart samples are. */
  stepMs: number;
  /** The end of the axis; a round number above all values when absent. */
  max?: number;
  words?: (value: number) => string;
}

const WIDTH = 1000;
const HEIGHT = 200;
const TICKS = [0, 0.25, 0.5, 0.75, 1];
const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY_AND_CLOCK = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const DAY_MS = 86_400_000;

/** A line over time. What the pointer is at, or else the last value, is told in words above it. */
export function TrendChart({
  label,
  samples,
  from,
  to,
  stepMs,
  max,
  words = (value) => value.toLocaleString(),
}: Props) {
  const [pointed, setPointed] = useState<number>();
  if (samples.length === 0) {
    return (
      <p className="drover-subtle">Nothing has been measured in these hours yet. A sample is taken every minute.</p>
    );
  }
  const values = samples.map(({ value }) => value);
  const frame: Frame = { from, to, max: max ?? roundMax(values), width: WIDTH, height: HEIGHT };
  const runs = runsOf(samples, stepMs);
  const shown = pointed === undefined ? undefined : nearest(samples, pointed);
  const told = shown ?? samples.at(-1)!;
  const isNow = !shown && to - told.at <= 3 * stepMs;
  const clock = to - from > DAY_MS ? DAY_AND_CLOCK : CLOCK;

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(from + ((event.clientX - left) / width) * (to - from));
  };

  return (
    <figure className="drover-chart">
      <figcaption>
        <strong data-testid="trend-value">{words(told.value)}</strong>{" "}
        <span className="drover-subtle">
          {label.toLowerCase()} {isNow ? "now" : `at ${clock.format(told.at)}`} · lowest {words(Math.min(...values))} ·
          highest {words(Math.max(...values))}
        </span>
      </figcaption>
      <div className="drover-chart__frame">
        <div className="drover-chart__values" aria-hidden="true">
          {[frame.max, frame.max / 2, 0].map((value) => (
            <span key={value}>{words(value)}</span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={`${label} from ${clock.format(from)} to ${clock.format(to)}`}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={() => setPointed(undefined)}
        >
          {[0, 0.5, 1].map((part) => (
            <path key={part} className="drover-chart__grid" d={`M0 ${part * HEIGHT}H${WIDTH}`} />
          ))}
          {runs.map((run) => (
            <g key={run[0]?.at}>
              <path className="drover-chart__area" d={areaOf(run, frame)} />
              <path className="drover-chart__line" d={lineOf(run, frame)} />
            </g>
          ))}
          {shown && (
            <path className="drover-chart__pointer" d={`M${((shown.at - from) / (to - from)) * WIDTH} 0V${HEIGHT}`} />
          )}
        </svg>
        <div className="drover-chart__times" aria-hidden="true">
          {TICKS.map((part) => (
            <span key={part}>{clock.format(from + part * (to - from))}</span>
          ))}
        </div>
      </div>
    </figure>
  );
}

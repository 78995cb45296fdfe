// SPDX-License-Identifier: Apache-2.0
import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  FormSelect,
  FormSelectOption,
  Skeleton,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import { useRef, useState } from "react";
import type { Trends } from "../api/types";
import { useResource } from "../api/useResource";
import { duration } from "../app/format";
import { ProblemAlert } from "../app/ProblemAlert";
import { TrendChart } from "./TrendChart";
import { getTrends } from "./reliability";

const POLL_MS = 60_000;
const HOUR_MS = 3_600_000;
const RANGES = [1, 6, 24, 48];

interface Figure {
  label: string;
  of: (point: Trends["items"][number]) => number | null | undefined;
  /** The end of the axis, where it does not depend on the values. */
  max?: number;
  words?: (value: number) => string;
}

const FIGURES: Figure[] = [
  { label: "Health score", of: (point) => point.health_score, max: 100 },
  { label: "Jobs that wait", of: (point) => point.queued },
  { label: "Longest wait", of: (point) => point.oldest_wait_seconds, words: (seconds) => duration(seconds * 1000) },
  { label: "Jobs that run", of: (point) => point.running },
  { label: "Open circuit breakers", of: (point) => point.open_circuit_breakers },
  { label: "Memory of the server", of: (point) => point.heap_used_megabytes, words: (value) => `${value} MB` },
  { label: "Load of the machine", of: (point) => point.load_average },
];

/** How a node did over the last hours. */
export function TrendCard() {
  const [hours, setHours] = useState(6);
  const [node, setNode] = useState("");
  const [index, setIndex] = useState(0);
  const figure = FIGURES[index] ?? FIGURES[0]!;
  const { value, problem, reload } = useResource(
    `${hours} ${node}`,
    async (signal) => ({ ...(await getTrends(hours, node, signal)), hours }),
    POLL_MS,
  );
  // What was chosen before stays until the answer is there.
  const latest = useRef(value);
  latest.current = value ?? latest.current;
  const shown = problem ? value : latest.current;
  const nodes = latest.current?.nodes ?? [];
  return (
    <Card data-testid="trend">
      <CardHeader
        hasWrap
        actions={{
          hasNoOffset: true,
          actions: (
            <div className="drover-actions">
              <FormSelect
                aria-label="What to show"
                value={index}
                onChange={(_event, next) => setIndex(Number(next))}
                className="drover-trend__select"
              >
                {FIGURES.map(({ label }, i) => (
                  <FormSelectOption key={label} value={i} label={label} />
                ))}
              </FormSelect>
              {(nodes.length > 1 || node !== "") && (
                <FormSelect
                  aria-label="Node"
                  value={node || latest.current?.node}
                  onChange={(_event, next) => setNode(next)}
                  className="drover-trend__select"
                >
                  {[...new Set([...nodes, ...(node ? [node] : [])])].map((name) => (
                    <FormSelectOption key={name} value={name} label={name} />
                  ))}
                </FormSelect>
              )}
              <ToggleGroup isCompact aria-label="How far back">
                {RANGES.map((range) => (
                  <ToggleGroupItem
                    key={range}
                    text={`${range} h`}
                    buttonId={`range-${range}`}
                    isSelected={range === hours}
                    onChange={() => setHours(range)}
                  />
                ))}
              </ToggleGroup>
            </div>
          ),
        }}
      >
        <CardTitle component="h2">History</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The history could not be read" onRetry={reload} />}
        {!shown && !problem && <Skeleton height="12rem" screenreaderText="Loading" />}
        {shown && (
          <TrendChart
            label={figure.label}
            samples={shown.items.flatMap((point) => {
              const measured = figure.of(point);
              return typeof measured === "number" ? [{ at: Date.parse(point.timestamp), value: measured }] : [];
            })}
            from={Date.parse(shown.from)}
            to={Date.parse(shown.from) + shown.hours * HOUR_MS}
            stepMs={shown.step_seconds * 1000}
            max={figure.max}
            words={figure.words}
          />
        )}
      </CardBody>
    </Card>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle, Progress, ProgressSize, Skeleton } from "@patternfly/react-core";
import type { HealthScore } from "../api/types";
import { useResource } from "../api/useResource";
import { humanise } from "../app/format";
import { ProblemAlert } from "../app/ProblemAlert";
import { getHealthScore } from "./reliability";

const POLL_MS = 5_000;

/** How well this node does in one number, and what it is made of. */
export function HealthCard() {
  const { value, problem, reload } = useResource("health", getHealthScore, POLL_MS);
  return (
    <Card isFullHeight data-testid="health-score">
      <CardHeader
        actions={
          value && {
            hasNoOffset: true,
            actions: (
              <span className="drover-score">
                <strong data-testid="score">{value.score}</strong> <span className="drover-subtle">of 100</span>
              </span>
            ),
          }
        }
      >
        <CardTitle component="h2">Health score</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The health score could not be read" onRetry={reload} />}
        {!value && !problem && <Skeleton height="12rem" screenreaderText="Loading" />}
        {value && (
          <ul className="drover-parts">
            {value.parts.map((part) => (
              <Part key={part.name} part={part} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

function Part({ part: { name, points, most_points: most, message } }: { part: HealthScore["parts"][number] }) {
  return (
    <li data-testid={`part ${name}`}>
      <Progress
        value={points}
        max={most}
        title={humanise(name)}
        label={`${points} of ${most}`}
        valueText={`${points} of ${most} points`}
        size={ProgressSize.sm}
        variant={points === 0 ? "danger" : points < most / 2 ? "warning" : undefined}
        helperText={message}
      />
    </li>
  );
}

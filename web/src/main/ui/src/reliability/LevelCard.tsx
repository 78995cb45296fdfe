// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle, Label, Skeleton } from "@patternfly/react-core";
import type { Level, ServiceLevel } from "../api/types";
import { useResource } from "../api/useResource";
import { duration } from "../app/format";
import { ProblemAlert } from "../app/ProblemAlert";
import { Time } from "../app/Time";
import { useNow } from "../app/useNow";
import { LEVELS, reasonWords, refusalWords } from "./level";
import { getServiceLevel } from "./reliability";

const POLL_MS = 5_000;
const SHOWN = 5;

/** How much of its work the service takes on, why, and how that was before. */
export function LevelCard() {
  const { value, problem, reload } = useResource("level", getServiceLevel, POLL_MS);
  const now = useNow(true);
  return (
    <Card isFullHeight data-testid="service-level" data-level={value?.current_service_level}>
      <CardHeader actions={value && { hasNoOffset: true, actions: <LevelLabel level={value.current_service_level} /> }}>
        <CardTitle component="h2">Service level</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The service level could not be read" onRetry={reload} />}
        {!value && !problem && <Skeleton height="6rem" screenreaderText="Loading" />}
        {value && (
          <>
            <p>
              {refusalWords(value)}
              {value.current_service_level !== "full" && ` ${reasonWords(value)}`}
            </p>
            <p className="drover-subtle">
              At this level for {duration(now - Date.parse(value.since))}; {value.healthy_services} of{" "}
              {value.total_services} services are well.
            </p>
            <Changes changes={value.degradation_events} now={now} />
          </>
        )}
      </CardBody>
    </Card>
  );
}

function LevelLabel({ level }: { level: Level }) {
  const { label, status } = LEVELS[level];
  return (
    <Label isCompact status={status}>
      {label}
    </Label>
  );
}

function Changes({ changes, now }: { changes: ServiceLevel["degradation_events"]; now: number }) {
  if (changes.length === 0) {
    return <p className="drover-subtle">It has been the same since this node was started.</p>;
  }
  return (
    <ol className="drover-timeline drover-level__changes" aria-label="Last changes">
      {changes.slice(0, SHOWN).map(({ timestamp, to_level, reason }) => (
        <li key={timestamp} className="drover-timeline__item" data-tone={LEVELS[to_level].status}>
          <div>
            {LEVELS[to_level].label}
            {reason && <div className="drover-subtle">{reason}</div>}
          </div>
          <span className="drover-subtle drover-timeline__time">
            <Time at={timestamp} now={now} />
          </span>
        </li>
      ))}
    </ol>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Button, Card, CardBody, CardFooter, CardHeader, CardTitle, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import { Link } from "react-router";
import type { JobStatus } from "../api/types";
import { useResource } from "../api/useResource";
import { ProblemAlert } from "../app/ProblemAlert";
import { PurgeDialog } from "./PurgeDialog";
import { countJobs, waiting } from "./queue";
import { isTerminal, STATUSES } from "./status";

const POLL_MS = 2_000;
const SHOWN = (Object.keys(STATUSES) as JobStatus[]).filter((status) => !isTerminal(status));

/** How many jobs have not ended, on all nodes, and how to be rid of them. */
export function QueueCard() {
  const { value: counts, problem, reload } = useResource("counts", countJobs, POLL_MS);
  const hasSome = counts !== undefined && SHOWN.some((status) => (counts[status] ?? 0) > 0);
  const [isPurging, setPurging] = useState(false);
  return (
    <Card isFullHeight data-testid="queue">
      <CardHeader>
        <CardTitle component="h2">Queue</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The jobs could not be counted" onRetry={reload} />}
        {!counts && !problem && <Skeleton screenreaderText="Loading" />}
        {counts && (
          <dl className="drover-counts">
            {SHOWN.map((status) => (
              <div key={status} className="drover-counts__item" data-testid={`count ${status}`}>
                <dt>
                  <Link to={`/jobs?status=${status}`}>{STATUSES[status].label}</Link>
                </dt>
                <dd>{(counts[status] ?? 0).toLocaleString()}</dd>
              </div>
            ))}
          </dl>
        )}
      </CardBody>
      {counts && (
        <CardFooter className="drover-actions">
          <Button variant="secondary" isDanger isDisabled={!hasSome} onClick={() => setPurging(true)}>
            Cancel jobs…
          </Button>
        </CardFooter>
      )}
      {isPurging && counts && (
        <PurgeDialog waiting={waiting(counts)} onClose={() => setPurging(false)} onPurged={reload} />
      )}
    </Card>
  );
}

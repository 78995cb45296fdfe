// SPDX-License-Identifier: Apache-2.0
import { Card, CardBody, CardHeader, CardTitle } from "@patternfly/react-core";
import type { Job } from "../api/types";
import { duration, humanise } from "../app/format";
import { exactTime } from "../app/Time";

/** What an attempt that did not end the job made of it. */
const OUTCOMES: Record<string, string> = {
  retrying: "failed, to be tried again",
  queued: "handed back to the queue",
};

/** The attempts that came to an end, where they tell more than the job does. */
export function Attempts({ job }: { job: Job }) {
  const attempts = job.reliability_info?.attempts ?? [];
  const isTold = attempts.length === 1 && (job.status === "failed" || !attempts[0]?.error);
  if (attempts.length === 0 || isTold) {
    return null;
  }
  return (
    <Card data-testid="attempts">
      <CardHeader>
        <CardTitle component="h2">Attempts</CardTitle>
      </CardHeader>
      <CardBody>
        <ol className="drover-timeline">
          {attempts.map(({ number, host, outcome, error, started_at, finished_at }) => (
            <li key={number} className="drover-timeline__item" data-tone={error ? "danger" : "success"}>
              <div>
                Attempt {number} on {host}: {OUTCOMES[outcome] ?? humanise(outcome).toLowerCase()}
                {error && (
                  <div className="drover-subtle">
                    {humanise(error.category)}: {error.message}
                  </div>
                )}
              </div>
              <time className="drover-subtle drover-timeline__time" dateTime={started_at} title={exactTime(started_at)}>
                {duration(Date.parse(finished_at) - Date.parse(started_at))}
              </time>
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

// SPDX-License-Identifier: Apache-2.0
import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  ClipboardCopy,
  DescriptionList,
  Label,
  LabelGroup,
} from "@patternfly/react-core";
import type { Job } from "../api/types";
import { copy } from "../app/clipboard";
import { Fact } from "../app/Fact";
import { duration, humanise } from "../app/format";
import { Time } from "../app/Time";
import { runTime } from "./jobs";

/** Everything that is to be known of a job beside what it does. */
export function JobFacts({ job, now }: { job: Job; now: number }) {
  const ran = runTime(job, now);
  const waited = job.started_at ? Date.parse(job.started_at) - Date.parse(job.created_at) : undefined;
  const labels = Object.entries(job.labels ?? {});
  const timeout = job.reliability_info?.timeout_seconds;
  return (
    <Card>
      <CardHeader>
        <CardTitle component="h2">Details</CardTitle>
      </CardHeader>
      <CardBody>
        <DescriptionList isHorizontal isCompact className="drover-facts">
          <Fact name="ID">
            <ClipboardCopy
              variant="inline-compact"
              hoverTip="Copy"
              clickTip="Copied"
              isCode
              onCopy={() => void copy(job.id)}
              data-testid="job-id"
            >
              {job.id}
            </ClipboardCopy>
          </Fact>
          <Fact name="Task">{job.task}</Fact>
          <Fact name="Priority">{humanise(job.priority)}</Fact>
          <Fact name={job.attempt === 0 ? "Attempts" : "Attempt"}>
            {job.attempt === 0 ? `Up to ${job.max_attempts}` : `${job.attempt} of ${job.max_attempts}`}
          </Fact>
          {timeout && <Fact name="Timeout">{duration(timeout * 1000)}</Fact>}
          {job.not_before && (job.status === "retrying" || job.attempt <= 1) && (
            <Fact name={job.status === "retrying" ? "Next attempt" : "Not before"}>
              <Time at={job.not_before} now={now} />
            </Fact>
          )}
          <Fact name="Created">
            <Time at={job.created_at} now={now} />
          </Fact>
          {waited !== undefined && <Fact name="Waited">{duration(waited)}</Fact>}
          {ran !== undefined && <Fact name="Run time">{duration(ran)}</Fact>}
          {job.finished_at && (
            <Fact name="Finished">
              <Time at={job.finished_at} now={now} />
            </Fact>
          )}
          {job.expires_at && (
            <Fact name="Kept until">
              <Time at={job.expires_at} now={now} />
            </Fact>
          )}
          {job.browser_type && <Fact name="Browser">{job.browser_type}</Fact>}
          {job.host && <Fact name="Host">{job.host}</Fact>}
          {job.user_id && <Fact name="User">{job.user_id}</Fact>}
          {labels.length > 0 && (
            <Fact name="Labels">
              <LabelGroup numLabels={8}>
                {labels.map(([name, value]) => (
                  <Label key={name} isCompact>{`${name}: ${value}`}</Label>
                ))}
              </LabelGroup>
            </Fact>
          )}
          {job.trace_id && (
            <Fact name="Trace">
              <code className="drover-break drover-small">{job.trace_id}</code>
            </Fact>
          )}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

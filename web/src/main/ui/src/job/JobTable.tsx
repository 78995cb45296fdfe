// SPDX-License-Identifier: Apache-2.0
import { Button, Progress, ProgressSize, Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import type { Job, Task } from "../api/types";
import { duration, shortId } from "../app/format";
import { Time } from "../app/Time";
import { JobName } from "./JobName";
import { attemptAhead, queuePlace, runTime } from "./jobs";
import { StatusLabel } from "./StatusLabel";
import { isTerminal } from "./status";
import { useQueuePlaces } from "./useQueuePlaces";

const COLUMNS = ["Job", "Status", "Progress", "Created", "Run time"] as const;

interface Props {
  jobs: Job[];
  tasks: Task[];
  now: number;
  onCancel: (job: Job) => void;
}

export function JobTable({ jobs, tasks, now, onCancel }: Props) {
  const places = useQueuePlaces(jobs);
  return (
    <Table aria-label="Jobs" variant="compact" gridBreakPoint="" className="drover-jobs">
      <Head />
      <Tbody>
        {jobs.map((job) => (
          <Tr key={job.id} data-testid="job-row" data-job={job.id}>
            <Td dataLabel={COLUMNS[0]} className="drover-jobs__job">
              <JobName job={job} tasks={tasks} />
            </Td>
            <Td dataLabel={COLUMNS[1]} modifier="fitContent" className="drover-jobs__status">
              <StatusLabel status={job.status} />
            </Td>
            <Td dataLabel={COLUMNS[2]} className="drover-jobs__progress">
              <Standing job={job} place={places.get(job.id)} now={now} />
            </Td>
            <Td dataLabel={COLUMNS[3]} modifier="nowrap" className="drover-jobs__created">
              <Time at={job.created_at} now={now} />
            </Td>
            <Td dataLabel={COLUMNS[4]} modifier="nowrap" className="drover-jobs__time">
              <RunTime job={job} now={now} />
            </Td>
            <Td isActionCell modifier="fitContent" className="drover-jobs__actions">
              {!isTerminal(job.status) && (
                <Button
                  variant="link"
                  isInline
                  isDanger
                  onClick={() => onCancel(job)}
                  aria-label={`Cancel job ${shortId(job.id)}`}
                >
                  Cancel
                </Button>
              )}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

/** The table's shape while the jobs are still on their way. */
export function JobTableSkeleton() {
  return (
    <Table aria-label="Loading jobs" variant="compact" gridBreakPoint="" className="drover-jobs" aria-busy>
      <Head />
      <Tbody>
        {[70, 55, 80, 60, 65, 75].map((width) => (
          <Tr key={width}>
            {COLUMNS.map((column) => (
              <Td key={column} dataLabel={column}>
                <Skeleton width={`${width}%`} screenreaderText="Loading" />
              </Td>
            ))}
            <Td />
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Head() {
  return (
    <Thead>
      <Tr>
        {COLUMNS.map((column) => (
          <Th key={column}>{column}</Th>
        ))}
        <Th screenReaderText="Actions" />
      </Tr>
    </Thead>
  );
}

/** What there is to know of a job at a glance: its place in the queue, how far it is, or how it ended. */
function Standing({ job, place, now }: { job: Job; place?: number; now: number }) {
  switch (job.status) {
    case "scheduled":
      return (
        <span className="drover-subtle">
          {job.not_before ? (
            <>
              Starts <Time at={job.not_before} now={now} />
            </>
          ) : (
            "Starts later"
          )}
        </span>
      );
    case "retrying":
      return <span className="drover-subtle drover-clip">{attemptAhead(job, now)}</span>;
    case "queued":
      return (
        <span className="drover-subtle" data-testid="queue-position">
          {queuePlace(place)}
        </span>
      );
    case "failed":
      return <span className="drover-clip">{job.error?.message ?? "Failed"}</span>;
    case "succeeded":
    case "cancelled":
      return <span className="drover-subtle drover-clip">{job.message ?? ""}</span>;
    default:
      return (
        <Progress
          value={job.progress ?? 0}
          title={job.message ?? job.stage ?? "Starting"}
          size={ProgressSize.sm}
          isTitleTruncated
        />
      );
  }
}

function RunTime({ job, now }: { job: Job; now: number }) {
  const ms = runTime(job, now);
  return ms === undefined ? <span className="drover-subtle">–</span> : <>{duration(ms)}</>;
}

// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  Button,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  PageSection,
  Progress,
  Skeleton,
} from "@patternfly/react-core";
import RedoIcon from "@patternfly/react-icons/dist/esm/icons/redo-icon";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import type { Job } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { countdown, humanise, shortId } from "../app/format";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { ConnectionLabel } from "../event/ConnectionLabel";
import { QuestionCard } from "../human/QuestionCard";
import { useTasks } from "../task/tasks";
import { Artifacts } from "./Artifacts";
import { Attempts } from "./Attempts";
import { CancelDialog } from "./CancelDialog";
import { ErrorCard } from "./ErrorCard";
import { FallbackNote } from "./FallbackNote";
import { JobFacts } from "./JobFacts";
import { attemptAhead, queuePlace } from "./jobs";
import { ResultCard } from "./ResultCard";
import { StatusLabel } from "./StatusLabel";
import { isTerminal } from "./status";
import { Timeline } from "./Timeline";
import { useJob } from "./useJob";
import { useReplay } from "./useReplay";

export default function JobPage() {
  const { id = "" } = useParams();
  // A page of its own for every job: nothing of the one before may show.
  return <JobView key={id} id={id} />;
}

function JobView({ id }: { id: string }) {
  const navigate = useNavigate();
  const { job, problem, events, reload, again } = useJob(id);
  const tasks = useTasks().value ?? [];
  const now = useNow(job !== undefined && !isTerminal(job.status));
  const [isCancelling, setCancelling] = useState(false);
  const title = tasks.find((task) => task.name === job?.task)?.title ?? humanise(job?.task ?? "Job");
  useTitle(job ? `${title} ${shortId(id)}` : "Job");

  const parent = { to: "/jobs", label: "Jobs", here: shortId(id) };
  if (!job) {
    return (
      <>
        <PageHeader title={problem?.status === 404 ? "There is no such job" : "Job"} parent={parent} />
        <PageSection isFilled>
          {problem ? (
            <ProblemAlert
              problem={problem}
              title={
                problem.status === 404
                  ? "It may have expired, or belong to somebody else"
                  : "The job could not be loaded"
              }
              onRetry={problem.status === 404 ? undefined : reload}
            />
          ) : (
            <Skeleton height="20rem" screenreaderText="Loading the job" />
          )}
        </PageSection>
      </>
    );
  }

  const hasEnded = isTerminal(job.status);
  return (
    <>
      <PageHeader
        title={title}
        parent={parent}
        beside={
          <>
            <StatusLabel status={job.status} />
            {!hasEnded && <ConnectionLabel connection={events.connection} />}
          </>
        }
        actions={
          <div className="drover-actions">
            {!hasEnded && (
              <Button variant="secondary" isDanger onClick={() => setCancelling(true)}>
                Cancel
              </Button>
            )}
            {job.status === "failed" && <ReplayButton job={job} onTried={again} />}
            <Button
              variant={hasEnded && job.status !== "failed" ? "primary" : "secondary"}
              onClick={() => void navigate(`/new?from=${encodeURIComponent(id)}`)}
            >
              Run again
            </Button>
          </div>
        }
      />
      <PageSection isFilled aria-label="Job">
        {problem && <ProblemAlert problem={problem} title="The job could not be read again" onRetry={reload} />}
        {!hasEnded && events.connection.state === "lost" && (
          <Alert
            component="p"
            isInline
            variant="warning"
            title="Live updates are interrupted. What was missed is shown as soon as they are back."
          />
        )}
        <div className="drover-columns drover-columns--job">
          <div className="drover-stack">
            <QuestionCard job={job} events={events.log.events} now={now} />
            {!hasEnded && <ProgressCard job={job} now={now} />}
            {job.fallback && <FallbackNote fallback={job.fallback} hasEnded={hasEnded} />}
            {job.error && <ErrorCard error={job.error} hasEnded={hasEnded} />}
            <Artifacts job={job} />
            <ResultCard job={job} />
            <Card>
              <CardHeader>
                <CardTitle component="h2">Parameters</CardTitle>
              </CardHeader>
              <CardBody>
                <CodeCard code={JSON.stringify(job.params ?? {}, null, 2)} label="parameters" testId="params" />
              </CardBody>
            </Card>
          </div>
          <div className="drover-stack">
            <Timeline events={events} start={job.created_at} isLive={!hasEnded} />
            <Attempts job={job} />
            <JobFacts job={job} now={now} />
          </div>
        </div>
      </PageSection>
      {isCancelling && <CancelDialog job={job} onClose={() => setCancelling(false)} onCancelled={reload} />}
    </>
  );
}

/** The same job goes on, where “Run again” makes a new one. */
function ReplayButton({ job, onTried }: { job: Job; onTried: () => void }) {
  const { isBusy, replay } = useReplay(onTried);
  return (
    <Button icon={<RedoIcon />} isLoading={isBusy} isDisabled={isBusy} onClick={() => replay(job.id, true)}>
      Replay
    </Button>
  );
}

function ProgressCard({ job, now }: { job: Job; now: number }) {
  return (
    <Card data-testid="progress">
      <CardBody>
        {WAITING.has(job.status) ? (
          <Waiting job={job} now={now} />
        ) : (
          <Progress
            value={Math.round(job.progress ?? 0)}
            title={job.message || (job.stage ? humanise(job.stage) : "Starting")}
            helperText={job.stage ? `Stage: ${humanise(job.stage).toLowerCase()}` : undefined}
            aria-live="polite"
          />
        )}
      </CardBody>
    </Card>
  );
}

const WAITING: ReadonlySet<Job["status"]> = new Set(["scheduled", "queued", "retrying"]);

function Waiting({ job, now }: { job: Job; now: number }) {
  const eta = job.eta_seconds ? `Expected to end in about ${countdown(job.eta_seconds * 1000)}` : undefined;
  return <Progress value={0} measureLocation="none" title={waitsFor(job, now)} helperText={eta} />;
}

function waitsFor(job: Job, now: number): string {
  switch (job.status) {
    case "scheduled":
      return "Waits for its time";
    case "retrying":
      return attemptAhead(job, now);
    default:
      return queuePlace(job.queue_position);
  }
}

// SPDX-License-Identifier: Apache-2.0
import { EmptyState, EmptyStateBody, Label, PageSection, Skeleton } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import { call } from "../api/client";
import type { BrowserWorker, Page } from "../api/types";
import { useResource } from "../api/useResource";
import { bytes, humanise, shortId } from "../app/format";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";

const POLL_MS = 2_000;
const COLUMNS = ["Worker", "Browser", "State", "Job", "Runs", "Memory", "Processes"];

export default function BrowsersPage() {
  useTitle("Browsers");
  const { value, problem, reload } = useResource(
    "browsers",
    (signal) => call<Page<BrowserWorker>>("/api/v1/status/browser-sessions", { signal }),
    POLL_MS,
  );
  const workers = value?.items;
  return (
    <>
      <PageHeader title="Browsers" subtitle="The warm browsers of this server, and what they are doing right now." />
      <PageSection isFilled aria-label="Browsers">
        {problem && <ProblemAlert problem={problem} title="The browsers could not be loaded" onRetry={reload} />}
        {!workers && !problem && <Skeleton height="8rem" screenreaderText="Loading browsers" />}
        {workers?.length === 0 && (
          <EmptyState titleText="No browser runs here" headingLevel="h2">
            <EmptyStateBody>
              This node takes no jobs, or none of its engines passed its probe. The System page and the server's log say
              which.
            </EmptyStateBody>
          </EmptyState>
        )}
        {workers && workers.length > 0 && (
          <Table aria-label="Browsers" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>{column}</Th>
                ))}
              </Tr>
            </Thead>
            <Tbody>
              {workers.map((worker) => (
                <WorkerRow key={worker.id} worker={worker} />
              ))}
            </Tbody>
          </Table>
        )}
      </PageSection>
    </>
  );
}

const TONES: Record<string, "success" | "info" | "warning" | "danger"> = {
  idle: "success",
  ready: "success",
  busy: "info",
  running: "info",
  starting: "warning",
  recycling: "warning",
  dead: "danger",
};

function WorkerRow({ worker }: { worker: BrowserWorker }) {
  const processes = [
    worker.browser_pid ? `browser ${worker.browser_pid}` : "",
    worker.driver_pid ? `driver ${worker.driver_pid}` : "",
  ].filter(Boolean);
  return (
    <Tr data-testid="worker-row">
      <Td dataLabel={COLUMNS[0]}>{worker.id}</Td>
      <Td dataLabel={COLUMNS[1]}>
        {humanise(worker.engine)} <span className="drover-subtle">{worker.version}</span>
      </Td>
      <Td dataLabel={COLUMNS[2]}>
        <Label isCompact status={TONES[worker.state]}>
          {humanise(worker.state)}
        </Label>
      </Td>
      <Td dataLabel={COLUMNS[3]}>
        {worker.job_id ? (
          <Link to={`/jobs/${worker.job_id}`} className="drover-mono">
            {shortId(worker.job_id)}
          </Link>
        ) : (
          <span className="drover-subtle">–</span>
        )}
      </Td>
      <Td dataLabel={COLUMNS[4]}>{worker.runs ?? "–"}</Td>
      <Td dataLabel={COLUMNS[5]}>{worker.memory_bytes ? bytes(worker.memory_bytes) : "–"}</Td>
      <Td dataLabel={COLUMNS[6]}>{processes.join(", ") || "–"}</Td>
    </Tr>
  );
}

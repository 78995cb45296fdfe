// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  EmptyState,
  EmptyStateBody,
  Gallery,
  Label,
  Skeleton,
  Title,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { Link } from "react-router";
import { call } from "../api/client";
import type { BrowserWorker, BrowserWorkers } from "../api/types";
import { useResource } from "../api/useResource";
import { bytes, humanise, shortId } from "../app/format";
import { ProblemAlert } from "../app/ProblemAlert";

const POLL_MS = 2_000;
const COLUMNS = ["Worker", "Browser", "State", "Job", "Runs", "Memory", "Processes"];

/** The warm browsers of this node and what they are doing, and the engines that it has. */
export function Browsers() {
  const { value, problem, reload } = useResource(
    "browsers",
    (signal) => call<BrowserWorkers>("/api/v1/status/browser-sessions", { signal }),
    POLL_MS,
  );
  const workers = value?.items;
  return (
    <>
      <Title headingLevel="h2" size="lg" className="drover-section">
        Browsers
      </Title>
      {problem && <ProblemAlert problem={problem} title="The browsers could not be loaded" onRetry={reload} />}
      {!workers && !problem && <Skeleton height="8rem" screenreaderText="Loading browsers" />}
      {workers?.length === 0 && (
        <EmptyState titleText="No browser runs here" headingLevel="h3">
          <EmptyStateBody>
            {value?.detail ?? "None of the engines of this node works. What it knows of them is below."}
          </EmptyStateBody>
        </EmptyState>
      )}
      {value && value.waiting > 0 && (
        <Alert
          component="p"
          isInline
          variant="info"
          title={value.waiting === 1 ? "One job waits for a browser" : `${value.waiting} jobs wait for a browser`}
        />
      )}
      {value && value.max > 0 && (
        <p className="drover-subtle" data-testid="pool-size">
          {value.size} of {value.max === value.min ? value.max : `${value.min} to ${value.max}`}
          {value.max === 1 ? " browser" : " browsers"}
        </p>
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
      {value && value.engines.length > 0 && <Engines engines={value.engines} />}
    </>
  );
}

const TONES: Record<string, "success" | "info" | "warning" | "danger"> = {
  idle: "success",
  busy: "info",
  starting: "warning",
  recycling: "warning",
  broken: "danger",
};

function Engines({ engines }: Pick<BrowserWorkers, "engines">) {
  return (
    <>
      <Title headingLevel="h2" size="lg" className="drover-section">
        Engines
      </Title>
      <Gallery hasGutter minWidths={{ default: "100%", md: "280px" }}>
        {engines.map(({ name, availability, version, reason }) => (
          <Card key={name} isFullHeight data-testid={`engine ${name}`}>
            <CardHeader>
              <CardTitle component="h3">
                {humanise(name)} <span className="drover-subtle">{version}</span>
              </CardTitle>
            </CardHeader>
            <CardBody>
              <Label isCompact status={availability === "available" ? "success" : undefined}>
                {humanise(availability)}
              </Label>
              {reason && <p className="drover-subtle drover-engines__reason">{reason}</p>}
            </CardBody>
          </Card>
        ))}
      </Gallery>
    </>
  );
}

function WorkerRow({ worker }: { worker: BrowserWorker }) {
  const processes = [
    worker.browser_pid ? `browser ${worker.browser_pid}` : "",
    worker.driver_pid ? `driver ${worker.driver_pid}` : "",
  ].filter(Boolean);
  return (
    <Tr data-testid="worker-row">
      <Td dataLabel={COLUMNS[0]}>{worker.id}</Td>
      <Td dataLabel={COLUMNS[1]}>
        {worker.engine ? humanise(worker.engine) : "–"} <span className="drover-subtle">{worker.version}</span>
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

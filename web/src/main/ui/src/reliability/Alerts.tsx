// SPDX-License-Identifier: Apache-2.0
import {
  EmptyState,
  EmptyStateBody,
  Label,
  Skeleton,
  Title,
  ToggleGroup,
  ToggleGroupItem,
} from "@patternfly/react-core";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import type { ServiceAlert } from "../api/types";
import { useList } from "../api/useList";
import { duration, humanise } from "../app/format";
import { LoadMore } from "../app/LoadMore";
import { ProblemAlert } from "../app/ProblemAlert";
import { Time } from "../app/Time";
import { useNow } from "../app/useNow";
import { listAlerts } from "./reliability";

const POLL_MS = 10_000;
const COLUMNS = ["Severity", "What", "Began", "Lasted"];
const CHOICES = [
  { active: "true", label: "Going on" },
  { active: "false", label: "Over" },
  { active: "", label: "All" },
];

const TONES: Record<ServiceAlert["severity"], "danger" | "warning" | "info" | undefined> = {
  critical: "danger",
  high: "danger",
  medium: "warning",
  low: "info",
};

/** What is not as it should be, and what was not. */
export function Alerts() {
  const [active, setActive] = useState("true");
  const { items, hasMore, problem, isLoadingMore, loadMore, reload } = useList(
    `alerts ${active}`,
    (limit, cursor) => listAlerts(active, limit, cursor),
    POLL_MS,
  );
  const now = useNow(true);
  return (
    <section aria-labelledby="alerts" data-testid="alerts">
      <div className="drover-section drover-section--tools">
        <Title headingLevel="h2" size="lg" id="alerts">
          Alerts
        </Title>
        <ToggleGroup isCompact aria-label="Which alerts">
          {CHOICES.map((choice) => (
            <ToggleGroupItem
              key={choice.active}
              text={choice.label}
              buttonId={`alerts-${choice.label}`}
              isSelected={choice.active === active}
              onChange={() => setActive(choice.active)}
            />
          ))}
        </ToggleGroup>
      </div>
      {problem && <ProblemAlert problem={problem} title="The alerts could not be loaded" onRetry={reload} />}
      {!items && !problem && <Skeleton height="6rem" screenreaderText="Loading alerts" />}
      {items?.length === 0 && (
        <EmptyState
          variant="sm"
          titleText={active === "true" ? "All is as it should be" : "No alerts"}
          headingLevel="h3"
          icon={CheckCircleIcon}
          status="success"
          data-testid="no-alerts"
        >
          <EmptyStateBody>
            {active === "true" ? "No alert goes on now." : "Nothing was wrong as far back as alerts are kept."}
          </EmptyStateBody>
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <>
          <Table aria-label="Alerts" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>{column}</Th>
                ))}
              </Tr>
            </Thead>
            <Tbody>
              {items.map((alert) => (
                <AlertRow key={alert.id} alert={alert} now={now} />
              ))}
            </Tbody>
          </Table>
          <LoadMore count={items.length} hasMore={hasMore} noun="alert" isLoading={isLoadingMore} onMore={loadMore} />
        </>
      )}
    </section>
  );
}

function AlertRow({ alert, now }: { alert: ServiceAlert; now: number }) {
  const { severity, rule, subject, message, node, active, started_at, ended_at } = alert;
  const about = subject === "" || message.includes(subject) ? "" : subject;
  return (
    <Tr data-testid="alert" data-rule={rule}>
      <Td dataLabel={COLUMNS[0]} modifier="fitContent">
        <Label isCompact variant={active ? "filled" : "outline"} status={TONES[severity]}>
          {humanise(severity)}
        </Label>
      </Td>
      <Td dataLabel={COLUMNS[1]} className="drover-break">
        <div>{message}</div>
        <div className="drover-subtle drover-small">
          {[humanise(rule), about, node === about ? "" : `seen by ${node}`].filter(Boolean).join(" · ")}
        </div>
      </Td>
      <Td dataLabel={COLUMNS[2]} modifier="nowrap">
        <Time at={started_at} now={now} />
      </Td>
      <Td dataLabel={COLUMNS[3]} modifier="nowrap">
        {ended_at ? duration(Date.parse(ended_at) - Date.parse(started_at)) : "Goes on"}
      </Td>
    </Tr>
  );
}

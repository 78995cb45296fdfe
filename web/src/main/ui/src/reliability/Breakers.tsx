// SPDX-License-Identifier: Apache-2.0
import { Button, EmptyState, EmptyStateBody, Label, Skeleton, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import type { CircuitBreaker } from "../api/types";
import { useResource } from "../api/useResource";
import { ActionDialog } from "../app/ActionDialog";
import { countdown, duration, plural } from "../app/format";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
import { Time } from "../app/Time";
import { useNow } from "../app/useNow";
import { listBreakers, resetAllBreakers, resetBreaker } from "./reliability";

const POLL_MS = 5_000;
const COLUMNS = ["Site", "State", "Failed", "Now", "Opens from", "Limits"];
const STATES = {
  closed: { label: "Closed", status: "success" },
  half_open: { label: "Being tried", status: "warning" },
  open: { label: "Open", status: "danger" },
} as const;

/** The sites that jobs visit, and which of them are left alone for now. */
export function Breakers() {
  const { value, problem, reload } = useResource("breakers", listBreakers, POLL_MS);
  const notices = useNotices();
  const [isResetting, setResetting] = useState(false);
  const now = useNow(true);
  const notClosed = value ? value.summary.open + value.summary.half_open : 0;

  const resetAll = async () => {
    const reset = await resetAllBreakers();
    notices.success(`${plural(reset, "circuit breaker")} closed`);
    reload();
  };

  return (
    <section aria-labelledby="breakers" data-testid="breakers">
      <div className="drover-section drover-section--tools">
        <Title headingLevel="h2" size="lg" id="breakers">
          Circuit breakers
        </Title>
        {notClosed > 0 && (
          <Button variant="secondary" size="sm" onClick={() => setResetting(true)}>
            Reset all…
          </Button>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} title="The circuit breakers could not be loaded" onRetry={reload} />}
      {!value && !problem && <Skeleton height="6rem" screenreaderText="Loading circuit breakers" />}
      {value?.items.length === 0 && (
        <EmptyState variant="sm" titleText="No site has been visited yet" headingLevel="h3" data-testid="no-breakers">
          <EmptyStateBody>
            Each site that jobs visit gets a circuit breaker. It opens when too many visits fail: jobs then wait until
            the site has had a rest, and lose no attempt.
          </EmptyStateBody>
        </EmptyState>
      )}
      {value && value.items.length > 0 && (
        <Table aria-label="Circuit breakers" variant="compact" gridBreakPoint="grid-lg">
          <Thead>
            <Tr>
              {COLUMNS.map((column) => (
                <Th key={column}>{column}</Th>
              ))}
              <Th screenReaderText="Actions" />
            </Tr>
          </Thead>
          <Tbody>
            {value.items.map((breaker) => (
              <BreakerRow key={breaker.name} breaker={breaker} now={now} onReset={reload} />
            ))}
          </Tbody>
        </Table>
      )}
      {isResetting && (
        <ActionDialog
          title={`Reset ${plural(notClosed, "circuit breaker")}?`}
          description="They close on all nodes, jobs visit these sites again at once, and what was counted is forgotten. A site that still fails has its circuit breaker open again soon."
          confirm="Reset all"
          act={resetAll}
          onClose={() => setResetting(false)}
        />
      )}
    </section>
  );
}

function BreakerRow({ breaker, now, onReset }: { breaker: CircuitBreaker; now: number; onReset: () => void }) {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const { name, state, failure_rate, calls, running, thresholds: limits } = breaker;
  const site = name.replace(/^site:/, "");

  const reset = async () => {
    setBusy(true);
    try {
      await resetBreaker(name);
      notices.success(`The circuit breaker of ${site} is closed`);
    } catch (error) {
      notices.failure("The circuit breaker could not be reset", error);
    }
    setBusy(false);
    onReset();
  };

  return (
    <Tr data-testid="breaker" data-name={name} data-state={state}>
      <Td dataLabel={COLUMNS[0]} className="drover-break">
        {site}
      </Td>
      <Td dataLabel={COLUMNS[1]} modifier="nowrap">
        <Label isCompact status={STATES[state].status}>
          {STATES[state].label}
        </Label>
        <Rest breaker={breaker} now={now} />
      </Td>
      <Td dataLabel={COLUMNS[2]} modifier="nowrap">
        {calls === 0 ? <span className="drover-subtle">–</span> : `${failure_rate} % of ${calls}`}
      </Td>
      <Td dataLabel={COLUMNS[3]} modifier="nowrap">
        {running === 0 ? <span className="drover-subtle">–</span> : plural(running, "visit")}
      </Td>
      <Td dataLabel={COLUMNS[4]}>
        {`${limits.failure_rate} % of at least ${limits.least_calls}, for ${duration(limits.open_seconds * 1000)}`}
      </Td>
      <Td dataLabel={COLUMNS[5]}>{limitWords(limits)}</Td>
      <Td isActionCell modifier="fitContent">
        {state !== "closed" && (
          <Button
            variant="secondary"
            size="sm"
            isLoading={isBusy}
            isDisabled={isBusy}
            onClick={() => void reset()}
            aria-label={`Reset the circuit breaker of ${site}`}
          >
            Reset
          </Button>
        )}
      </Td>
    </Tr>
  );
}

/** How long a site has been left alone, and for how long it still is. */
function Rest({ breaker: { opened_at, retry_at }, now }: { breaker: CircuitBreaker; now: number }) {
  const left = retry_at ? Date.parse(retry_at) - now : 0;
  return (
    opened_at && (
      <div className="drover-subtle drover-small">
        Opened <Time at={opened_at} now={now} />
        {left > 0 && `, tried in ${countdown(left)}`}
      </div>
    )
  );
}

function limitWords({ concurrency, per_second }: CircuitBreaker["thresholds"]): string {
  const limits = [concurrency > 0 ? `${concurrency} at once` : "", per_second > 0 ? `${per_second} a second` : ""];
  return limits.filter(Boolean).join(", ") || "None";
}

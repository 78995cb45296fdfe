// SPDX-License-Identifier: Apache-2.0
import { Button, EmptyState, EmptyStateBody, FormSelect, FormSelectOption, Label, Skeleton, Title } from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import { Link } from "react-router";
import type { WebhookDelivery, WebhookEndpoint } from "../api/types";
import { useList } from "../api/useList";
import { FilterBar } from "../app/FilterBar";
import { humanise, plural, shortId } from "../app/format";
import { LoadMore } from "../app/LoadMore";
import { ProblemAlert } from "../app/ProblemAlert";
import { Time } from "../app/Time";
import { useFilters } from "../app/useFilters";
import { useNow } from "../app/useNow";
import { DeliveryDialog } from "./DeliveryDialog";
import { JOB_EVENTS, listDeliveries, outcomeOf, placeOf, SERVER_EVENTS, STATUSES } from "./webhooks";

const POLL_MS = 3_000;
const COLUMNS = ["Event", "To", "State", "Last attempt", "When"];

/** What was sent to whom, and how that went. */
export function Deliveries({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  const { filters, isFiltered, filter, showAll } = useFilters("status", "event_type", "endpoint_id", "job_id");
  const list = useList(
    Object.values(filters).join(" "),
    (limit, cursor) => listDeliveries(filters, limit, cursor),
    POLL_MS,
  );
  const [looking, setLooking] = useState<string>();
  const now = useNow(true);
  const { items, problem } = list;
  return (
    <section aria-labelledby="deliveries" data-testid="deliveries">
      <div className="drover-section">
        <Title headingLevel="h2" size="lg" id="deliveries">
          Deliveries
        </Title>
      </div>
      {problem && <ProblemAlert problem={problem} title="The deliveries could not be loaded" onRetry={list.reload} />}
      {(isFiltered || (items && items.length > 0)) && (
        <FilterBar isFiltered={isFiltered} onShowAll={showAll}>
          <FormSelect
            aria-label="Filter by state"
            value={filters.status}
            onChange={(_event, value) => filter("status", value)}
          >
            <FormSelectOption value="" label="All states" />
            {Object.entries(STATUSES).map(([value, { label }]) => (
              <FormSelectOption key={value} value={value} label={label} />
            ))}
          </FormSelect>
          <FormSelect
            aria-label="Filter by event"
            value={filters.event_type}
            onChange={(_event, value) => filter("event_type", value)}
          >
            <FormSelectOption value="" label="All events" />
            {[...JOB_EVENTS, ...SERVER_EVENTS].map((type) => (
              <FormSelectOption key={type} value={type} label={humanise(type)} />
            ))}
          </FormSelect>
          <FormSelect
            aria-label="Filter by endpoint"
            value={filters.endpoint_id}
            onChange={(_event, value) => filter("endpoint_id", value)}
          >
            <FormSelectOption value="" label="All receivers" />
            {endpoints.map(({ id, url, description }) => (
              <FormSelectOption key={id} value={id} label={description || placeOf(url)} />
            ))}
            {filters.endpoint_id && !endpoints.some(({ id }) => id === filters.endpoint_id) && (
              <FormSelectOption value={filters.endpoint_id} label={`…${shortId(filters.endpoint_id)}`} />
            )}
          </FormSelect>
        </FilterBar>
      )}
      {!items && !problem && <Skeleton height="12rem" screenreaderText="Loading deliveries" />}
      {items && items.length > 0 && (
        <>
          <Table aria-label="Deliveries" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>{column}</Th>
                ))}
                <Th screenReaderText="Actions" />
              </Tr>
            </Thead>
            <Tbody>
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} now={now} onLook={() => setLooking(delivery.id)} />
              ))}
            </Tbody>
          </Table>
          <LoadMore
            count={items.length}
            hasMore={list.hasMore}
            noun="webhook"
            isLoading={list.isLoadingMore}
            onMore={list.loadMore}
          />
        </>
      )}
      {items?.length === 0 && (
        <EmptyState
          variant="sm"
          titleText={isFiltered ? "No delivery matches" : "Nothing was sent yet"}
          headingLevel="h3"
          data-testid="no-deliveries"
        >
          <EmptyStateBody>
            {isFiltered
              ? "No delivery that is still kept has all of this."
              : "Each event that somebody is told of shows up here, with every attempt."}
          </EmptyStateBody>
        </EmptyState>
      )}
      {looking && <DeliveryDialog id={looking} onClose={() => setLooking(undefined)} onSent={list.reload} />}
    </section>
  );
}

interface RowProps {
  delivery: WebhookDelivery;
  now: number;
  onLook: () => void;
}

function DeliveryRow({ delivery, now, onLook }: RowProps) {
  const { id, job_id, event_type, url, status, attempt_count, next_attempt_at, created_at } = delivery;
  const { label, status: tone } = STATUSES[status];
  const isWaiting = next_attempt_at !== undefined && Date.parse(next_attempt_at) > now;
  return (
    <Tr data-testid="delivery" data-id={id} data-status={status}>
      <Td dataLabel={COLUMNS[0]}>
        <div>{humanise(event_type)}</div>
        {job_id && (
          <div className="drover-subtle drover-small">
            <Link to={`/jobs/${job_id}`}>job …{shortId(job_id)}</Link>
          </div>
        )}
      </Td>
      <Td dataLabel={COLUMNS[1]} className="drover-break">
        {placeOf(url)}
      </Td>
      <Td dataLabel={COLUMNS[2]} modifier="nowrap">
        <Label isCompact status={tone}>
          {label}
        </Label>
        {isWaiting && (
          <div className="drover-subtle drover-small">
            again <Time at={next_attempt_at} now={now} />
          </div>
        )}
      </Td>
      <Td dataLabel={COLUMNS[3]}>
        <div>{outcomeOf(delivery)}</div>
        {attempt_count > 1 && <div className="drover-subtle drover-small">{plural(attempt_count, "attempt")}</div>}
      </Td>
      <Td dataLabel={COLUMNS[4]} modifier="nowrap">
        <Time at={created_at} now={now} />
      </Td>
      <Td isActionCell modifier="fitContent">
        <Button variant="secondary" size="sm" onClick={onLook} aria-label={`Look at delivery ${shortId(id)}`}>
          Look
        </Button>
      </Td>
    </Tr>
  );
}

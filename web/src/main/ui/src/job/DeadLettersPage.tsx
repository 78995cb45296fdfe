// SPDX-License-Identifier: Apache-2.0
import {
  Badge,
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  FormSelect,
  FormSelectOption,
  PageSection,
  Skeleton,
} from "@patternfly/react-core";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import RedoIcon from "@patternfly/react-icons/dist/esm/icons/redo-icon";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useState } from "react";
import type { DeadLetterStats, Job } from "../api/types";
import { useList } from "../api/useList";
import { useResource } from "../api/useResource";
import { FilterBar } from "../app/FilterBar";
import { humanise } from "../app/format";
import { LoadMore } from "../app/LoadMore";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useFilters } from "../app/useFilters";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { TaskSelect } from "../task/TaskSelect";
import { useTasks } from "../task/tasks";
import { countDeadLetters, countFitting, listDeadLetters } from "./deadLetters";
import { DeadLetterTable } from "./DeadLetterTable";
import { RemoveDialog } from "./RemoveDialog";
import { ReplayAllDialog } from "./ReplayAllDialog";

const POLL_MS = 5_000;

export default function DeadLettersPage() {
  useTitle("Dead letters");
  const { filters, isFiltered, filter, showAll } = useFilters("error_category", "task");
  const { task, error_category } = filters;
  const list = useList(
    `${task} ${error_category}`,
    (limit, cursor) => listDeadLetters(filters, limit, cursor),
    POLL_MS,
  );
  const stats = useResource("stats", countDeadLetters, POLL_MS);
  const tasks = useTasks().value ?? [];
  const now = useNow(true);
  const [isReplayingAll, setReplayingAll] = useState(false);
  const [removing, setRemoving] = useState<Job>();
  const { items } = list;
  const problem = list.problem ?? stats.problem;
  const hasSome = items !== undefined && items.length > 0;
  const total = stats.value?.total ?? 0;

  const reload = () => {
    list.reload();
    stats.reload();
  };

  return (
    <>
      <PageHeader
        title="Dead letters"
        subtitle="Jobs that failed for good. They are kept with all that is known of them, until they are replayed, removed or too old."
        beside={total > 0 && <Badge isRead>{total.toLocaleString()}</Badge>}
        actions={
          hasSome && (
            <Button variant="secondary" icon={<RedoIcon />} onClick={() => setReplayingAll(true)}>
              {isFiltered ? "Replay all that fit" : "Replay all"}
            </Button>
          )
        }
      />
      <PageSection isFilled aria-label="Dead letters">
        {problem && <ProblemAlert problem={problem} title="The dead letters could not be loaded" onRetry={reload} />}
        {(isFiltered || hasSome) && (
          <FilterBar isFiltered={isFiltered} onShowAll={showAll}>
            <CategorySelect
              stats={stats.value}
              value={error_category}
              onChange={(value) => filter("error_category", value)}
            />
            <TaskSelect
              label="Filter by task"
              tasks={tasks}
              value={task}
              onChange={(value) => filter("task", value)}
            />
          </FilterBar>
        )}
        {items === undefined && !problem && <Skeleton height="12rem" screenreaderText="Loading dead letters" />}
        {hasSome && (
          <>
            <DeadLetterTable jobs={items} tasks={tasks} now={now} onReplayed={reload} onRemove={setRemoving} />
            <LoadMore
              count={items.length}
              hasMore={list.hasMore}
              noun="dead letter"
              isLoading={list.isLoadingMore}
              onMore={list.loadMore}
            />
          </>
        )}
        {items && !hasSome && (isFiltered ? <NoMatch onShowAll={showAll} /> : <NoDeadLetters />)}
      </PageSection>
      {isReplayingAll && (
        <ReplayAllDialog
          filter={filters}
          count={countFitting(filters, stats.value, list)}
          tasks={tasks}
          onClose={() => setReplayingAll(false)}
          onReplayed={reload}
        />
      )}
      {removing && <RemoveDialog job={removing} onClose={() => setRemoving(undefined)} onRemoved={reload} />}
    </>
  );
}

interface CategorySelectProps {
  stats: DeadLetterStats | undefined;
  value: string;
  onChange: (value: string) => void;
}

function CategorySelect({ stats, value, onChange }: CategorySelectProps) {
  const counts = Object.entries(stats?.by_error_category ?? {});
  return (
    <FormSelect aria-label="Filter by kind of error" value={value} onChange={(_event, next) => onChange(next)}>
      <FormSelectOption value="" label="All errors" />
      {counts.map(([category, count]) => (
        <FormSelectOption key={category} value={category} label={`${humanise(category)} (${count.toLocaleString()})`} />
      ))}
      {value && !counts.some(([category]) => category === value) && (
        <FormSelectOption value={value} label={humanise(value)} />
      )}
    </FormSelect>
  );
}

function NoDeadLetters() {
  return (
    <EmptyState
      titleText="No dead letters"
      headingLevel="h2"
      icon={CheckCircleIcon}
      status="success"
      data-testid="no-dead-letters"
    >
      <EmptyStateBody>
        No job has failed for good. One that does is kept here with its attempts, their errors and its files.
      </EmptyStateBody>
    </EmptyState>
  );
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState titleText="No dead letter matches" headingLevel="h2" icon={SearchIcon} data-testid="no-match">
      <EmptyStateBody>No dead letter has this kind of error and task.</EmptyStateBody>
      <EmptyStateFooter>
        <EmptyStateActions>
          <Button variant="link" onClick={onShowAll}>
            Show all dead letters
          </Button>
        </EmptyStateActions>
      </EmptyStateFooter>
    </EmptyState>
  );
}

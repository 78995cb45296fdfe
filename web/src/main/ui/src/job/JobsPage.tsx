// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  FormSelect,
  FormSelectOption,
  PageSection,
} from "@patternfly/react-core";
import CubesIcon from "@patternfly/react-icons/dist/esm/icons/cubes-icon";
import PlusIcon from "@patternfly/react-icons/dist/esm/icons/plus-icon";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Job } from "../api/types";
import { FilterBar } from "../app/FilterBar";
import { LoadMore } from "../app/LoadMore";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useFilters } from "../app/useFilters";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { ConnectionLabel } from "../event/ConnectionLabel";
import { TaskSelect } from "../task/TaskSelect";
import { useTasks } from "../task/tasks";
import { CancelDialog } from "./CancelDialog";
import { JobTable, JobTableSkeleton } from "./JobTable";
import { STATUSES } from "./status";
import { useJobs } from "./useJobs";

export function JobsPage() {
  useTitle("Jobs");
  const navigate = useNavigate();
  const { filters, isFiltered, filter, showAll } = useFilters("status", "task");
  const { status, task } = filters;
  const { list, problem, connection, isLoadingMore, loadMore, refresh } = useJobs({ status, task });
  const tasks = useTasks().value ?? [];
  const now = useNow(true);
  const [cancelling, setCancelling] = useState<Job>();

  // The list is there, only not fresh: one warning says it all.
  const isStale = connection.state === "lost" && list !== undefined && problem?.status === 0;

  return (
    <>
      <PageHeader
        title="Jobs"
        beside={<ConnectionLabel connection={connection} />}
        actions={
          <Button icon={<PlusIcon />} onClick={() => void navigate("/new")}>
            New job
          </Button>
        }
      />
      <PageSection isFilled aria-label="Jobs">
        {problem && !isStale && (
          <ProblemAlert problem={problem} title="The jobs could not be loaded" onRetry={refresh} />
        )}
        {connection.state === "lost" && (!problem || isStale) && (
          <Alert
            component="p"
            isInline
            variant="warning"
            title={
              isStale
                ? "The server cannot be reached. This is the list as it was last."
                : "Live updates are interrupted. The list is read every few seconds until they are back."
            }
          />
        )}
        {(isFiltered || list === undefined || list.jobs.length > 0) && (
          <FilterBar isFiltered={isFiltered} onShowAll={showAll}>
            <FormSelect
              aria-label="Filter by status"
              value={status}
              onChange={(_event, value) => filter("status", value)}
            >
              <FormSelectOption value="" label="All statuses" />
              <FormSelectOption value="active" label="Not ended" />
              {Object.entries(STATUSES).map(([value, { label }]) => (
                <FormSelectOption key={value} value={value} label={label} />
              ))}
            </FormSelect>
            <TaskSelect
              label="Filter by task"
              tasks={tasks}
              value={task}
              onChange={(value) => filter("task", value)}
            />
          </FilterBar>
        )}
        {list === undefined && !problem && <JobTableSkeleton />}
        {list && list.jobs.length > 0 && (
          <>
            <JobTable jobs={list.jobs} tasks={tasks} now={now} onCancel={setCancelling} />
            <LoadMore
              count={list.jobs.length}
              hasMore={list.next !== undefined}
              noun="job"
              isLoading={isLoadingMore}
              onMore={loadMore}
            />
          </>
        )}
        {list?.jobs.length === 0 && (isFiltered ? <NoMatch /> : <NoJobs />)}
      </PageSection>
      {cancelling && (
        <CancelDialog job={cancelling} onClose={() => setCancelling(undefined)} onCancelled={() => refresh()} />
      )}
    </>
  );

  function NoJobs() {
    return (
      <EmptyState titleText="No jobs yet" headingLevel="h2" icon={CubesIcon} data-testid="no-jobs">
        <EmptyStateBody>
          A job drives a real browser for you: it takes a screenshot, prints a PDF, reads a page or runs your script.
          Its progress shows up here as it happens.
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => void navigate("/new")}>Start your first job</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }

  function NoMatch() {
    return (
      <EmptyState titleText="No job matches" headingLevel="h2" icon={SearchIcon} data-testid="no-match">
        <EmptyStateBody>No job has this status and task at the moment.</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="link" onClick={showAll}>
              Show all jobs
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    );
  }
}

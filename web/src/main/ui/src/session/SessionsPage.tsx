// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  FormSelect,
  FormSelectOption,
  PageSection,
} from "@patternfly/react-core";
import DesktopIcon from "@patternfly/react-icons/dist/esm/icons/desktop-icon";
import PlusIcon from "@patternfly/react-icons/dist/esm/icons/plus-icon";
import SearchIcon from "@patternfly/react-icons/dist/esm/icons/search-icon";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Session } from "../api/types";
import { useList } from "../api/useList";
import { FilterBar } from "../app/FilterBar";
import { LoadMore } from "../app/LoadMore";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useFilters } from "../app/useFilters";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { EndDialog } from "./EndDialog";
import { SessionTable, SessionTableSkeleton } from "./SessionTable";
import { listSessions, STATUSES } from "./sessions";

const POLL_MS = 3_000;

/** The browsers that are held, by people and by programs. */
export default function SessionsPage() {
  useTitle("Sessions");
  const navigate = useNavigate();
  const { filters, isFiltered, filter, showAll } = useFilters("status");
  const { status } = filters;
  const list = useList<Session>(status, (limit, cursor) => listSessions(status, limit, cursor), POLL_MS);
  const now = useNow(true);
  const [ending, setEnding] = useState<Session>();
  const { items, problem } = list;
  const launch = () => void navigate("/sessions/new");

  return (
    <>
      <PageHeader
        title="Sessions"
        subtitle="Browsers that you hold: look at them, use them, or drive them with Playwright and Puppeteer."
        actions={
          <Button icon={<PlusIcon />} onClick={launch}>
            Launch a session
          </Button>
        }
      />
      <PageSection isFilled aria-label="Sessions">
        {problem && <ProblemAlert problem={problem} title="The sessions could not be loaded" onRetry={list.reload} />}
        {(isFiltered || items === undefined || items.length > 0) && (
          <FilterBar isFiltered={isFiltered} onShowAll={showAll}>
            <FormSelect
              aria-label="Filter by status"
              value={status}
              onChange={(_event, value) => filter("status", value)}
            >
              <FormSelectOption value="" label="All statuses" />
              {Object.entries(STATUSES).map(([value, { label }]) => (
                <FormSelectOption key={value} value={value} label={label} />
              ))}
            </FormSelect>
          </FilterBar>
        )}
        {!items && !problem && <SessionTableSkeleton />}
        {items && items.length > 0 && (
          <>
            <SessionTable sessions={items} now={now} onEnd={setEnding} />
            <LoadMore
              count={items.length}
              hasMore={list.hasMore}
              noun="session"
              isLoading={list.isLoadingMore}
              onMore={list.loadMore}
            />
          </>
        )}
        {items?.length === 0 &&
          (isFiltered ? (
            <EmptyState titleText="No session matches" headingLevel="h2" icon={SearchIcon} data-testid="no-match">
              <EmptyStateBody>No session has this status at the moment.</EmptyStateBody>
              <EmptyStateFooter>
                <EmptyStateActions>
                  <Button variant="link" onClick={showAll}>
                    Show all sessions
                  </Button>
                </EmptyStateActions>
              </EmptyStateFooter>
            </EmptyState>
          ) : (
            <EmptyState titleText="No sessions yet" headingLevel="h2" icon={DesktopIcon} data-testid="no-sessions">
              <EmptyStateBody>
                A session is a browser of your own that stays open: you see its page here, use it with mouse and
                keyboard, and connect stock clients to it. It ends when nobody has used it for a while.
              </EmptyStateBody>
              <EmptyStateFooter>
                <EmptyStateActions>
                  <Button onClick={launch}>Launch your first session</Button>
                </EmptyStateActions>
              </EmptyStateFooter>
            </EmptyState>
          ))}
      </PageSection>
      {ending && <EndDialog session={ending} onClose={() => setEnding(undefined)} onEnded={list.reload} />}
    </>
  );
}

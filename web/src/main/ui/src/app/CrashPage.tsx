// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
} from "@patternfly/react-core";
import BugIcon from "@patternfly/react-icons/dist/esm/icons/bug-icon";
import { useRouteError } from "react-router";

/** Instead of a white page when the console itself fails, or a part of it that was replaced by an upgrade. */
export function CrashPage() {
  const error = useRouteError();
  return (
    <PageSection isFilled>
      <EmptyState headingLevel="h1" status="danger" titleText="The console stumbled" icon={BugIcon}>
        <EmptyStateBody>
          {error instanceof Error ? error.message : String(error)}
          <br />
          Your jobs are not affected. Loading the page again usually helps.
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => window.location.reload()}>Load again</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}

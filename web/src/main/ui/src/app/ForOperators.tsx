// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
} from "@patternfly/react-core";
import LockIcon from "@patternfly/react-icons/dist/esm/icons/lock-icon";
import { Outlet, useNavigate } from "react-router";
import { useIsOperator } from "../security/caller";
import { useTitle } from "./useTitle";

/** Around the pages of those who run the server. The server itself refuses everybody else, too. */
export function ForOperators() {
  return useIsOperator() === false ? <NotForYou /> : <Outlet />;
}

function NotForYou() {
  useTitle("For administrators");
  const navigate = useNavigate();
  return (
    <PageSection isFilled>
      <EmptyState headingLevel="h1" titleText="This page is for administrators" icon={LockIcon}>
        <EmptyStateBody>Your token lets you run jobs and see them, but not steer the server.</EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => void navigate("/jobs")}>Go to the jobs</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}

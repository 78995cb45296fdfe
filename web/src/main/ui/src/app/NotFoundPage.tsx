// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  PageSection,
} from "@patternfly/react-core";
import MapSignsIcon from "@patternfly/react-icons/dist/esm/icons/map-signs-icon";
import { useLocation, useNavigate } from "react-router";
import { useTitle } from "./useTitle";

export function NotFoundPage() {
  useTitle("Page not found");
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <PageSection isFilled>
      <EmptyState headingLevel="h1" titleText="There is no such page" icon={MapSignsIcon}>
        <EmptyStateBody>
          Nothing lives at <code>{pathname}</code>. The address may be mistyped, or the page has moved.
        </EmptyStateBody>
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button onClick={() => void navigate("/jobs")}>Go to the jobs</Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      </EmptyState>
    </PageSection>
  );
}

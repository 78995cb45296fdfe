// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from "@patternfly/react-core";
import type { JobError } from "../api/types";
import { humanise } from "../app/format";

/** What usually helps, in words. */
const RECOVERIES: Record<string, string> = {
  retry: "Trying again often helps.",
  retry_other_engine: "Another browser engine may do it.",
  wait_for_breaker: "The site is failing at the moment. Wait before you try again.",
  fail: "Trying again as it is will not help: change the parameters or the page first.",
};

export function ErrorCard({ error, hasEnded }: { error: JobError; hasEnded: boolean }) {
  const { category, code, message, recovery } = error;
  return (
    <Alert
      component="p"
      isInline
      variant={hasEnded ? "danger" : "warning"}
      title={hasEnded ? message : `The last attempt failed: ${message}`}
      data-testid="job-error"
    >
      <DescriptionList isHorizontal isCompact className="drover-error">
        <DescriptionListGroup>
          <DescriptionListTerm>Category</DescriptionListTerm>
          <DescriptionListDescription data-testid="error-category">{humanise(category)}</DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>Code</DescriptionListTerm>
          <DescriptionListDescription>
            <code data-testid="error-code">{code}</code>
          </DescriptionListDescription>
        </DescriptionListGroup>
        {recovery && (
          <DescriptionListGroup>
            <DescriptionListTerm>Recovery</DescriptionListTerm>
            <DescriptionListDescription>{RECOVERIES[recovery] ?? recovery}</DescriptionListDescription>
          </DescriptionListGroup>
        )}
      </DescriptionList>
    </Alert>
  );
}

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
import { recoveryWords } from "./recovery";

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
            <DescriptionListDescription>{recoveryWords(recovery)}</DescriptionListDescription>
          </DescriptionListGroup>
        )}
      </DescriptionList>
    </Alert>
  );
}

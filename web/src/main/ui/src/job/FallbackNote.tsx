// SPDX-License-Identifier: Apache-2.0
import { Alert } from "@patternfly/react-core";
import { Link } from "react-router";
import type { JobFallback } from "../api/types";
import { fallbackWords } from "./fallback";

/** Says that the job did not get, or does not go for, what it asked for. */
export function FallbackNote({ fallback, hasEnded }: { fallback: JobFallback; hasEnded: boolean }) {
  return (
    <Alert
      component="p"
      isInline
      variant="warning"
      title={fallbackWords(fallback, hasEnded)}
      data-testid="job-fallback"
    >
      In place of the job’s own way, which failed: <code>{fallback.because}</code>.
      {fallback.result_of && (
        <>
          {" "}
          <Link to={`/jobs/${encodeURIComponent(fallback.result_of)}`}>The job that it is of</Link> has its files, as long
          as it is kept.
        </>
      )}
    </Alert>
  );
}

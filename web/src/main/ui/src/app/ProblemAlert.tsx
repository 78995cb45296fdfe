// SPDX-License-Identifier: Apache-2.0
import { Alert, AlertActionLink } from "@patternfly/react-core";
import type { Problem } from "../api/problem";

interface Props {
  problem: Problem;
  /** Instead of the problem's own title, when the page knows better what failed. */
  title?: string;
  onRetry?: () => void;
}

/** A problem document in words: what went wrong, why, each field, and how to find it in the server's log. */
export function ProblemAlert({ problem, title, onRetry }: Props) {
  const { detail, errors = [], trace_id, code, status } = problem;
  const shownTitle = title ?? problem.title;
  const facts = [status ? `HTTP ${status}` : "", code ?? "", trace_id ? `trace ${trace_id}` : ""].filter(Boolean);
  return (
    <Alert
      component="p"
      variant="danger"
      isInline
      title={shownTitle}
      data-testid="problem"
      role="alert"
      actionLinks={onRetry && <AlertActionLink onClick={onRetry}>Try again</AlertActionLink>}
    >
      {title && problem.title !== title && !detail && <p>{problem.title}</p>}
      {detail && detail !== shownTitle && <p>{detail}</p>}
      {errors.length > 0 && (
        <ul className="drover-problem__errors">
          {errors.map(({ pointer, message }) => (
            <li key={`${pointer} ${message}`}>
              {pointer && <code>{pointer}</code>} {message}
            </li>
          ))}
        </ul>
      )}
      {facts.length > 0 && <p className="drover-subtle drover-problem__facts">{facts.join(" · ")}</p>}
    </Alert>
  );
}

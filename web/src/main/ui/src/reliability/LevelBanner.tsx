// SPDX-License-Identifier: Apache-2.0
import { Banner } from "@patternfly/react-core";
import ExclamationTriangleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon";
import { Link } from "react-router";
import { useResource } from "../api/useResource";
import { useIsOperator } from "../security/caller";
import { LEVELS, reasonWords, refusalWords } from "./level";
import { getServiceLevel } from "./reliability";

const POLL_MS = 10_000;

/** Over every page while the service does not take on all of its work. */
export function LevelBanner() {
  const { value } = useResource("level", getServiceLevel, POLL_MS);
  const isOperator = useIsOperator();
  if (!value || value.current_service_level === "full") {
    return null;
  }
  const { label, status } = LEVELS[value.current_service_level];
  return (
    <Banner status={status} screenReaderText="Warning:" role="status" className="drover-level" data-testid="level">
      <ExclamationTriangleIcon aria-hidden="true" className="drover-level__icon" />
      <span>
        <strong>Service level {label.toLowerCase()}.</strong> {refusalWords(value)} {reasonWords(value)}{" "}
        {isOperator && <Link to="/reliability">More</Link>}
      </span>
    </Banner>
  );
}

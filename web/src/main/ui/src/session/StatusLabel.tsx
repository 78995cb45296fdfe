// SPDX-License-Identifier: Apache-2.0
import { Label } from "@patternfly/react-core";
import type { Session } from "../api/types";
import { STATUSES } from "./sessions";

export function StatusLabel({ status }: Pick<Session, "status">) {
  const { label, tone } = STATUSES[status] ?? { label: status };
  return (
    <Label status={tone} variant="outline" data-testid="status" data-status={status}>
      {label}
    </Label>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Label } from "@patternfly/react-core";
import BanIcon from "@patternfly/react-icons/dist/esm/icons/ban-icon";
import CalendarAltIcon from "@patternfly/react-icons/dist/esm/icons/calendar-alt-icon";
import CheckCircleIcon from "@patternfly/react-icons/dist/esm/icons/check-circle-icon";
import ExclamationCircleIcon from "@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon";
import InProgressIcon from "@patternfly/react-icons/dist/esm/icons/in-progress-icon";
import PendingIcon from "@patternfly/react-icons/dist/esm/icons/pending-icon";
import RedoIcon from "@patternfly/react-icons/dist/esm/icons/redo-icon";
import UserClockIcon from "@patternfly/react-icons/dist/esm/icons/user-clock-icon";
import type { JobStatus } from "../api/types";
import { STATUSES } from "./status";

const ICONS: Record<JobStatus, React.ReactNode> = {
  scheduled: <CalendarAltIcon />,
  queued: <PendingIcon />,
  running: <InProgressIcon />,
  waiting_for_human: <UserClockIcon />,
  retrying: <RedoIcon />,
  succeeded: <CheckCircleIcon />,
  failed: <ExclamationCircleIcon />,
  cancelled: <BanIcon />,
};

export function StatusLabel({ status }: { status: JobStatus }) {
  const { label, tone } = STATUSES[status] ?? { label: status, tone: undefined };
  return (
    <Label status={tone} icon={ICONS[status]} variant="outline" data-testid="status" data-status={status}>
      {label}
    </Label>
  );
}

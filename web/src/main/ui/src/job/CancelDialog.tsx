// SPDX-License-Identifier: Apache-2.0
import { Checkbox, FormGroup, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import type { Job } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { shortId } from "../app/format";
import { useNotices } from "../app/notices";
import { cancelJob } from "./jobs";

interface Props {
  job: Job;
  onClose: () => void;
  onCancelled: (job: Job) => void;
}

export function CancelDialog({ job, onClose, onCancelled }: Props) {
  const notices = useNotices();
  const [reason, setReason] = useState("");
  const [force, setForce] = useState(false);

  const cancel = async () => {
    const answer = await cancelJob(job.id, reason.trim(), force);
    notices.success(answer.status === "cancelled" ? "The job is cancelled" : "The job is being cancelled");
    onCancelled(answer);
  };

  return (
    <ActionDialog
      title={`Cancel ${job.task} …${shortId(job.id)}?`}
      description="A job that is cancelled cannot be resumed. You can run it again as a new one."
      confirm="Cancel the job"
      dismiss="Keep it"
      isDanger
      act={cancel}
      onClose={onClose}
    >
      <FormGroup label="Reason" fieldId="cancel-reason">
        <TextInput
          id="cancel-reason"
          value={reason}
          onChange={(_event, value) => setReason(value)}
          placeholder="Optional, kept with the job"
          autoFocus
        />
      </FormGroup>
      <Checkbox
        id="cancel-force"
        label="Force"
        description="End the browser at once, without waiting for the task to stop by itself."
        isChecked={force}
        onChange={(_event, checked) => setForce(checked)}
      />
    </ActionDialog>
  );
}

// SPDX-License-Identifier: Apache-2.0
import type { Job } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { shortId } from "../app/format";
import { useNotices } from "../app/notices";
import { removeDeadLetter } from "./deadLetters";

interface Props {
  job: Job;
  onClose: () => void;
  onRemoved: () => void;
}

export function RemoveDialog({ job, onClose, onRemoved }: Props) {
  const notices = useNotices();
  const remove = async () => {
    await removeDeadLetter(job.id);
    notices.success("The job is removed");
    onRemoved();
  };
  return (
    <ActionDialog
      title={`Remove ${job.task} …${shortId(job.id)}?`}
      description="The job goes with its attempts, its events and its files, and cannot be brought back."
      confirm="Remove the job"
      dismiss="Keep it"
      isDanger
      act={remove}
      onClose={onClose}
    />
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from "@patternfly/react-core";
import { useState } from "react";
import type { Task } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { humanise, plural } from "../app/format";
import { useNotices } from "../app/notices";
import { type DeadLetterFilter, replayAll } from "./deadLetters";

interface Props {
  filter: DeadLetterFilter;
  /** How many fit; undefined where nobody has counted them. */
  count: number | undefined;
  tasks: readonly Task[];
  onClose: () => void;
  onReplayed: () => void;
}

export function ReplayAllDialog({ filter, count, tasks, onClose, onReplayed }: Props) {
  const notices = useNotices();
  const [once, setOnce] = useState(false);
  const title = tasks.find(({ name }) => name === filter.task)?.title ?? filter.task;
  const which = [
    filter.task ? `of the task ${title}` : "",
    filter.error_category ? `with the error “${humanise(filter.error_category)}”` : "",
  ].filter(Boolean);

  const replay = async () => {
    const replayed = await replayAll(filter, !once);
    notices.success(replayed === 1 ? "1 job is queued again" : `${plural(replayed, "job")} are queued again`);
    onReplayed();
  };

  return (
    <ActionDialog
      title={count === undefined ? "Replay all that fit?" : `Replay ${plural(count, "job")}?`}
      description={`All dead letters${which.length > 0 ? ` ${which.join(" and ")}` : ""} go back to the queue.`}
      confirm="Replay"
      act={replay}
      onClose={onClose}
    >
      <Checkbox
        id="replay-once"
        label="One attempt each"
        description="Otherwise each gets as many attempts as a new job."
        isChecked={once}
        onChange={(_event, checked) => setOnce(checked)}
      />
    </ActionDialog>
  );
}

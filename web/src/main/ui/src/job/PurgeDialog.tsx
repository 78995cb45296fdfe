// SPDX-License-Identifier: Apache-2.0
import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import { ActionDialog } from "../app/ActionDialog";
import { plural } from "../app/format";
import { useNotices } from "../app/notices";
import { TaskSelect } from "../task/TaskSelect";
import { useTasks } from "../task/tasks";
import { labelsOf } from "./labels";
import { purge } from "./queue";

interface Props {
  /** How many jobs wait, of all tasks and users. */
  waiting: number;
  onClose: () => void;
  onPurged: () => void;
}

export function PurgeDialog({ waiting, onClose, onPurged }: Props) {
  const notices = useNotices();
  const tasks = useTasks().value ?? [];
  const [task, setTask] = useState("");
  const [user, setUser] = useState("");
  const [labelText, setLabelText] = useState("");
  const [reason, setReason] = useState("");
  const [running, setRunning] = useState(false);
  const [force, setForce] = useState(false);
  const labels = labelsOf(labelText);
  const isNarrowed = task !== "" || user.trim() !== "" || labelText.trim() !== "";

  const cancel = async () => {
    const cancelled = await purge({
      reason: reason.trim() || undefined,
      task: task || undefined,
      user_id: user.trim() || undefined,
      labels: labels && Object.keys(labels).length > 0 ? labels : undefined,
      running,
      force: running && force,
    });
    notices.success(cancelled === 0 ? "There was nothing to cancel" : `${plural(cancelled, "job")} cancelled`);
    onPurged();
  };

  return (
    <ActionDialog
      title={isNarrowed ? "Cancel the jobs that fit?" : `Cancel all that ${running ? "has not ended" : "waits"}?`}
      description={`${plural(waiting, "job")} ${waiting === 1 ? "waits" : "wait"} now, of all users. What is cancelled cannot be resumed.`}
      confirm="Cancel the jobs"
      dismiss="Keep them"
      isDanger
      isDisabled={labels === undefined}
      act={cancel}
      onClose={onClose}
    >
      <FormGroup label="Task" fieldId="purge-task">
        <TaskSelect id="purge-task" label="Task" tasks={tasks} value={task} onChange={setTask} />
      </FormGroup>
      <FormGroup label="User" fieldId="purge-user">
        <TextInput
          id="purge-user"
          value={user}
          onChange={(_event, value) => setUser(value)}
          placeholder="All users"
          autoComplete="off"
        />
      </FormGroup>
      <FormGroup label="Labels" fieldId="purge-labels">
        <TextInput
          id="purge-labels"
          value={labelText}
          onChange={(_event, value) => setLabelText(value)}
          placeholder="For example team:shop, env:test"
          validated={labels ? "default" : "error"}
          aria-describedby={labels ? undefined : "purge-labels-help"}
        />
        {!labels && (
          <FormHelperText>
            <HelperText id="purge-labels-help" isLiveRegion>
              <HelperTextItem variant="error">Write name:value, with commas between them.</HelperTextItem>
            </HelperText>
          </FormHelperText>
        )}
      </FormGroup>
      <FormGroup label="Reason" fieldId="purge-reason">
        <TextInput
          id="purge-reason"
          value={reason}
          maxLength={500}
          onChange={(_event, value) => setReason(value)}
          placeholder="Optional, kept with the jobs"
        />
      </FormGroup>
      <Checkbox
        id="purge-running"
        label="Also jobs that run"
        description="They are asked to stop."
        isChecked={running}
        onChange={(_event, checked) => setRunning(checked)}
      />
      {running && (
        <Checkbox
          id="purge-force"
          label="Force"
          description="End their browsers at once, without waiting for the tasks to stop by themselves."
          isChecked={force}
          onChange={(_event, checked) => setForce(checked)}
        />
      )}
    </ActionDialog>
  );
}

// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Checkbox,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from "@patternfly/react-core";
import { type FormEvent, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import type { Job } from "../api/types";
import { shortId } from "../app/format";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
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
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await cancelJob(job.id, reason.trim(), force);
      notices.success(answer.status === "cancelled" ? "The job is cancelled" : "The job is being cancelled");
      onCancelled(answer);
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby="cancel-title">
      <ModalHeader
        title={`Cancel ${job.task} …${shortId(job.id)}?`}
        labelId="cancel-title"
        description="A job that is cancelled cannot be resumed. You can run it again as a new one."
      />
      <ModalBody>
        <Form id="cancel-job" onSubmit={(event) => void submit(event)}>
          {problem && <ProblemAlert problem={problem} />}
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
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="cancel-job" variant="danger" isLoading={isBusy} isDisabled={isBusy}>
          Cancel the job
        </Button>
        <Button variant="link" onClick={onClose}>
          Keep it
        </Button>
      </ModalFooter>
    </Modal>
  );
}

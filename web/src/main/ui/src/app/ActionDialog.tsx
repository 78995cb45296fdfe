// SPDX-License-Identifier: Apache-2.0
import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import { ProblemAlert } from "./ProblemAlert";

interface Props {
  title: string;
  description?: ReactNode;
  /** What the button says that does it. */
  confirm: string;
  dismiss?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  /** What failed stays on screen, with the dialog. */
  act: () => Promise<void>;
  onClose: () => void;
  children?: ReactNode;
}

/** Asks before something is done that cannot be taken back, or for what it needs to know. */
export function ActionDialog(props: Props) {
  const { title, description, confirm, dismiss = "Cancel", isDanger, isDisabled, act, onClose, children } = props;
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={title} labelId={`${id}-title`} description={description} />
      <ModalBody>
        <Form id={`${id}-form`} onSubmit={(event) => void submit(event)} noValidate>
          {problem && <ProblemAlert problem={problem} />}
          {children}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form={`${id}-form`}
          variant={isDanger ? "danger" : "primary"}
          isLoading={isBusy}
          isDisabled={isBusy || isDisabled}
        >
          {confirm}
        </Button>
        <Button variant="link" onClick={onClose}>
          {dismiss}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

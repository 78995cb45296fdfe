// SPDX-License-Identifier: Apache-2.0
import { Alert, Button, Modal, ModalBody, ModalFooter, ModalHeader } from "@patternfly/react-core";
import { useId } from "react";
import type { WebhookEndpoint } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { exactTime } from "../app/Time";

interface Props {
  /** With its secret. */
  endpoint: WebhookEndpoint;
  onClose: () => void;
}

/** Shows a secret, for the one time that the server tells it. */
export function SecretDialog({ endpoint, onClose }: Props) {
  const id = useId();
  const { secret = "", previous_secret_until } = endpoint;
  return (
    <Modal variant="small" isOpen onClose={onClose} aria-labelledby={id} data-testid="secret-dialog">
      <ModalHeader title="The secret of the endpoint" labelId={id} description={endpoint.url} />
      <ModalBody>
        <div className="drover-stack">
          <Alert component="p" isInline variant="warning" title="It is not shown again">
            Copy it to where the receiver verifies signatures. Whoever has it can write events that look like this
            server's.
          </Alert>
          <CodeCard code={secret} label="the secret" testId="secret" />
          {previous_secret_until && (
            <p>The secret before signs too until {exactTime(previous_secret_until)}: change over until then.</p>
          )}
        </div>
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>I have copied it</Button>
      </ModalFooter>
    </Modal>
  );
}

// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Skeleton,
  Title,
} from "@patternfly/react-core";
import { Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useId, useState } from "react";
import type { WebhookDelivery } from "../api/types";
import { useResource } from "../api/useResource";
import { CodeCard } from "../app/CodeCard";
import { duration, humanise } from "../app/format";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
import { exactTime } from "../app/Time";
import { getDelivery, redeliver, STATUSES } from "./webhooks";

const POLL_MS = 2_000;
const COLUMNS = ["#", "When", "Took", "Outcome"];

interface Props {
  id: string;
  onClose: () => void;
  /** It was sent anew. */
  onSent: () => void;
}

/** All of a delivery: what is sent, every attempt, and the way to send it anew. */
export function DeliveryDialog({ id, onClose, onSent }: Props) {
  const titleId = useId();
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const { value, problem, reload } = useResource(id, (signal) => getDelivery(id, signal), POLL_MS);

  const send = async () => {
    setBusy(true);
    try {
      await redeliver(id);
      notices.success("The delivery is sent anew");
    } catch (error) {
      notices.failure("The delivery could not be sent", error);
    }
    setBusy(false);
    reload();
    onSent();
  };

  return (
    <Modal variant="medium" isOpen onClose={onClose} aria-labelledby={titleId} data-testid="delivery-dialog">
      <ModalHeader title={value ? humanise(value.event_type) : "Delivery"} labelId={titleId} description={value?.url} />
      <ModalBody>
        {problem && <ProblemAlert problem={problem} title="The delivery could not be loaded" onRetry={reload} />}
        {!value && !problem && <Skeleton height="12rem" screenreaderText="Loading the delivery" />}
        {value && (
          <div className="drover-stack">
            <Facts delivery={value} />
            <Attempts delivery={value} />
            <Title headingLevel="h3" size="md">
              Body
            </Title>
            <CodeCard code={JSON.stringify(value.body, null, 2)} label="the body" testId="delivery-body" />
          </div>
        )}
      </ModalBody>
      <ModalFooter>
        <Button isLoading={isBusy} isDisabled={isBusy || !value} onClick={() => void send()}>
          {value?.status === "pending" ? "Send now" : "Send anew"}
        </Button>
        <Button variant="link" onClick={onClose}>
          Close
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Facts({ delivery }: { delivery: WebhookDelivery }) {
  const { id, status, created_at, next_attempt_at } = delivery;
  const { label, status: tone } = STATUSES[status];
  return (
    <DescriptionList isHorizontal isCompact>
      <DescriptionListGroup>
        <DescriptionListTerm>State</DescriptionListTerm>
        <DescriptionListDescription>
          <Label isCompact status={tone} data-testid="delivery-status">
            {label}
          </Label>
        </DescriptionListDescription>
      </DescriptionListGroup>
      <DescriptionListGroup>
        <DescriptionListTerm>webhook-id</DescriptionListTerm>
        <DescriptionListDescription className="drover-mono drover-break">{id}</DescriptionListDescription>
      </DescriptionListGroup>
      <DescriptionListGroup>
        <DescriptionListTerm>Happened</DescriptionListTerm>
        <DescriptionListDescription>{exactTime(created_at)}</DescriptionListDescription>
      </DescriptionListGroup>
      {next_attempt_at && (
        <DescriptionListGroup>
          <DescriptionListTerm>Next attempt</DescriptionListTerm>
          <DescriptionListDescription>{exactTime(next_attempt_at)}</DescriptionListDescription>
        </DescriptionListGroup>
      )}
    </DescriptionList>
  );
}

function Attempts({ delivery: { attempts = [] } }: { delivery: WebhookDelivery }) {
  if (attempts.length === 0) {
    return <p className="drover-subtle">It was not sent yet.</p>;
  }
  return (
    <Table aria-label="Attempts" variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          {COLUMNS.map((column) => (
            <Th key={column}>{column}</Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {attempts.map(({ number, started_at, duration_ms, answer_status, answer, message }) => (
          <Tr key={number} data-testid="delivery-attempt">
            <Td dataLabel={COLUMNS[0]}>{number}</Td>
            <Td dataLabel={COLUMNS[1]} modifier="nowrap">
              {exactTime(started_at)}
            </Td>
            <Td dataLabel={COLUMNS[2]} modifier="nowrap">
              {duration(duration_ms)}
            </Td>
            <Td dataLabel={COLUMNS[3]} className="drover-break">
              <div>{message ?? `HTTP ${answer_status}`}</div>
              {answer && <div className="drover-subtle drover-mono">{answer}</div>}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}

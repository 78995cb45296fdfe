// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Label,
  LabelGroup,
  MenuToggle,
  Skeleton,
  Title,
} from "@patternfly/react-core";
import EllipsisVIcon from "@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon";
import { ActionsColumn, Table, Tbody, Td, Th, Thead, Tr } from "@patternfly/react-table";
import { useState } from "react";
import type { WebhookEndpoint } from "../api/types";
import type { List } from "../api/useList";
import { ActionDialog } from "../app/ActionDialog";
import { humanise } from "../app/format";
import { LoadMore } from "../app/LoadMore";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
import { Time } from "../app/Time";
import { useNow } from "../app/useNow";
import { useCaller } from "../security/caller";
import { EndpointForm } from "./EndpointForm";
import { changeEndpoint, placeOf, removeEndpoint, rotateSecret, stateOf } from "./webhooks";

const COLUMNS = ["Address", "State", "Events"];
const GRACES = [
  { seconds: 0, label: "At once" },
  { seconds: 3_600, label: "In an hour" },
  { seconds: 86_400, label: "In a day" },
  { seconds: 604_800, label: "In a week" },
];

interface Props {
  list: List<WebhookEndpoint>;
  onChanged: () => void;
  /** A secret is there to be shown. */
  onSecret: (endpoint: WebhookEndpoint) => void;
  onRegister: () => void;
}

type Doing = { what: "edit" | "rotate" | "remove"; endpoint: WebhookEndpoint };

export function Endpoints({ list, onChanged, onSecret, onRegister }: Props) {
  const { items, problem } = list;
  const [doing, setDoing] = useState<Doing>();
  const done = () => setDoing(undefined);
  const now = useNow(true);
  return (
    <section aria-labelledby="endpoints" data-testid="endpoints">
      <div className="drover-section">
        <Title headingLevel="h2" size="lg" id="endpoints">
          Endpoints
        </Title>
      </div>
      {problem && <ProblemAlert problem={problem} title="The endpoints could not be loaded" onRetry={onChanged} />}
      {!items && !problem && <Skeleton height="6rem" screenreaderText="Loading endpoints" />}
      {items?.length === 0 && (
        <EmptyState variant="sm" titleText="No endpoints yet" headingLevel="h3" data-testid="no-endpoints">
          <EmptyStateBody>
            An endpoint hears of the events of all jobs that you choose. A single job can also name an address of its
            own, as <code>webhook_url</code>.
          </EmptyStateBody>
          <EmptyStateFooter>
            <EmptyStateActions>
              <Button variant="secondary" onClick={onRegister}>
                Register the first
              </Button>
            </EmptyStateActions>
          </EmptyStateFooter>
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <>
          <Table aria-label="Endpoints" variant="compact" gridBreakPoint="grid-md">
            <Thead>
              <Tr>
                {COLUMNS.map((column) => (
                  <Th key={column}>{column}</Th>
                ))}
                <Th screenReaderText="Actions" />
              </Tr>
            </Thead>
            <Tbody>
              {items.map((endpoint) => (
                <EndpointRow
                  key={endpoint.id}
                  endpoint={endpoint}
                  now={now}
                  onChanged={onChanged}
                  onDo={(what) => setDoing({ what, endpoint })}
                />
              ))}
            </Tbody>
          </Table>
          <LoadMore
            count={items.length}
            hasMore={list.hasMore}
            noun="endpoint"
            isLoading={list.isLoadingMore}
            onMore={list.loadMore}
          />
        </>
      )}
      {doing?.what === "edit" && <EndpointForm endpoint={doing.endpoint} onClose={done} onDone={onChanged} />}
      {doing?.what === "rotate" && (
        <RotateDialog
          endpoint={doing.endpoint}
          onClose={done}
          onRotated={(endpoint) => {
            onSecret(endpoint);
            onChanged();
          }}
        />
      )}
      {doing?.what === "remove" && <RemoveDialog endpoint={doing.endpoint} onClose={done} onRemoved={onChanged} />}
    </section>
  );
}

interface RowProps {
  endpoint: WebhookEndpoint;
  now: number;
  onChanged: () => void;
  onDo: (what: Doing["what"]) => void;
}

function EndpointRow({ endpoint, now, onChanged, onDo }: RowProps) {
  const notices = useNotices();
  const caller = useCaller();
  const [isBusy, setBusy] = useState(false);
  const { url, description, enabled, event_types, failing_since, user_id } = endpoint;
  const state = stateOf(endpoint);
  const place = placeOf(url);
  const notes = [description, user_id === caller?.user_id ? "" : user_id].filter(Boolean);

  const enable = async (wish: boolean) => {
    setBusy(true);
    try {
      await changeEndpoint(endpoint, { enabled: wish });
      notices.success(wish ? "The endpoint is enabled" : "The endpoint is disabled");
    } catch (error) {
      notices.failure("The endpoint could not be changed", error);
    }
    setBusy(false);
    onChanged();
  };

  return (
    <Tr data-testid="endpoint" data-id={endpoint.id} data-state={state.label}>
      <Td dataLabel={COLUMNS[0]} className="drover-break">
        <div>{place}</div>
        {notes.length > 0 && <div className="drover-subtle drover-small">{notes.join(" · ")}</div>}
      </Td>
      <Td dataLabel={COLUMNS[1]} modifier="nowrap">
        <Label isCompact status={state.status}>
          {state.label}
        </Label>
        {failing_since && (
          <div className="drover-subtle drover-small">
            took nothing since <Time at={failing_since} now={now} />
          </div>
        )}
      </Td>
      <Td dataLabel={COLUMNS[2]}>
        <LabelGroup numLabels={4} aria-label={`Events for ${place}`}>
          {event_types.map((type) => (
            <Label key={type} isCompact variant="outline">
              {humanise(type)}
            </Label>
          ))}
        </LabelGroup>
      </Td>
      <Td isActionCell modifier="fitContent">
        <div className="drover-actions">
          <Button
            variant="secondary"
            size="sm"
            isLoading={isBusy}
            isDisabled={isBusy}
            onClick={() => void enable(!enabled)}
            aria-label={`${enabled ? "Disable" : "Enable"} ${place}`}
          >
            {enabled ? "Disable" : "Enable"}
          </Button>
          <ActionsColumn
            actionsToggle={({ toggleRef, onToggle, isOpen, isDisabled }) => (
              <MenuToggle
                ref={toggleRef}
                variant="plain"
                icon={<EllipsisVIcon />}
                aria-label={`More for ${place}`}
                isExpanded={isOpen}
                isDisabled={isDisabled}
                onClick={onToggle}
              />
            )}
            items={[
              { title: "Change…", onClick: () => onDo("edit") },
              { title: "New secret…", onClick: () => onDo("rotate") },
              { title: "Remove…", isDanger: true, onClick: () => onDo("remove") },
            ]}
          />
        </div>
      </Td>
    </Tr>
  );
}

interface RotateProps {
  endpoint: WebhookEndpoint;
  onClose: () => void;
  onRotated: (endpoint: WebhookEndpoint) => void;
}

function RotateDialog({ endpoint, onClose, onRotated }: RotateProps) {
  const [grace, setGrace] = useState(86_400);
  return (
    <ActionDialog
      title="Replace the secret?"
      description="The endpoint gets a new secret, which signs from now on. For a while the old one signs too, so that the receiver can change over."
      confirm="Make a new secret"
      act={async () => onRotated(await rotateSecret(endpoint, grace))}
      onClose={onClose}
    >
      <FormGroup label="The old one ends" fieldId="rotate-grace">
        <FormSelect id="rotate-grace" value={grace} onChange={(_event, value) => setGrace(Number(value))}>
          {GRACES.map(({ seconds, label }) => (
            <FormSelectOption key={seconds} value={seconds} label={label} />
          ))}
        </FormSelect>
      </FormGroup>
    </ActionDialog>
  );
}

interface RemoveProps {
  endpoint: WebhookEndpoint;
  onClose: () => void;
  onRemoved: () => void;
}

function RemoveDialog({ endpoint, onClose, onRemoved }: RemoveProps) {
  const notices = useNotices();
  const remove = async () => {
    await removeEndpoint(endpoint);
    notices.success("The endpoint is removed");
    onRemoved();
  };
  return (
    <ActionDialog
      title={`Remove ${placeOf(endpoint.url)}?`}
      description="It hears of nothing any more, and goes with its secret and all that is known of its deliveries."
      confirm="Remove the endpoint"
      dismiss="Keep it"
      isDanger
      act={remove}
      onClose={onClose}
    />
  );
}

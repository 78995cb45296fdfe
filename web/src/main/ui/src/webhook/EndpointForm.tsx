// SPDX-License-Identifier: Apache-2.0
import { Checkbox, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from "@patternfly/react-core";
import { useState } from "react";
import type { WebhookEndpoint } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { humanise } from "../app/format";
import { useNotices } from "../app/notices";
import { urlMistake } from "../app/url";
import { useIsOperator } from "../security/caller";
import {
  changeEndpoint,
  changesOf,
  JOB_EVENTS,
  registerEndpoint,
  SERVER_EVENTS,
  USUAL_EVENTS,
} from "./webhooks";

interface Props {
  /** The one to change; a new one where there is none. */
  endpoint?: WebhookEndpoint;
  onClose: () => void;
  onDone: (endpoint: WebhookEndpoint) => void;
}

export function EndpointForm({ endpoint, onClose, onDone }: Props) {
  const notices = useNotices();
  const isOperator = useIsOperator() ?? false;
  const [url, setUrl] = useState(endpoint?.url ?? "");
  const [description, setDescription] = useState(endpoint?.description ?? "");
  const [types, setTypes] = useState<readonly string[]>(endpoint?.event_types ?? USUAL_EVENTS);
  const [isTouched, setTouched] = useState(false);
  const mistake = urlMistake(url.trim());
  const hearsOfServer = endpoint ? endpoint.scope === "all" : isOperator;
  const choices: readonly string[] = hearsOfServer ? [...JOB_EVENTS, ...SERVER_EVENTS] : JOB_EVENTS;

  const save = async () => {
    const wish = { url: url.trim(), description: description.trim(), event_types: [...types] };
    if (!endpoint) {
      onDone(await registerEndpoint(wish));
      return;
    }
    const change = changesOf(endpoint, wish);
    if (change) {
      onDone(await changeEndpoint(endpoint, change));
      notices.success("The endpoint is changed");
    }
  };

  return (
    <ActionDialog
      title={endpoint ? "Change the endpoint" : "New endpoint"}
      description={endpoint ? undefined : "It hears of events from now on."}
      confirm={endpoint ? "Save" : "Register"}
      isDisabled={mistake !== undefined || types.length === 0}
      act={save}
      onClose={onClose}
    >
      <FormGroup label="Address" fieldId="endpoint-url" isRequired>
        <TextInput
          id="endpoint-url"
          type="url"
          value={url}
          onChange={(_event, value) => setUrl(value)}
          onBlur={() => setTouched(true)}
          validated={isTouched && mistake ? "error" : "default"}
          placeholder="https://shop.example.com/drover"
          isRequired
          autoFocus
        />
        {isTouched && mistake && (
          <FormHelperText>
            <HelperText>
              <HelperTextItem variant="error">{mistake}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        )}
      </FormGroup>
      <FormGroup label="Description" fieldId="endpoint-description">
        <TextInput
          id="endpoint-description"
          value={description}
          onChange={(_event, value) => setDescription(value)}
          placeholder="Optional: what it is for"
        />
      </FormGroup>
      <FormGroup label="Events" role="group" isStack>
        {choices.map((type) => (
          <Checkbox
            key={type}
            id={`endpoint-event-${type}`}
            label={humanise(type)}
            isChecked={types.includes(type)}
            onChange={(_event, checked) =>
              setTypes(checked ? [...types, type] : types.filter((other) => other !== type))
            }
          />
        ))}
      </FormGroup>
    </ActionDialog>
  );
}

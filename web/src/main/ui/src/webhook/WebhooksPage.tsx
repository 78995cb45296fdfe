// SPDX-License-Identifier: Apache-2.0
import { Button, Label, PageSection } from "@patternfly/react-core";
import PlusIcon from "@patternfly/react-icons/dist/esm/icons/plus-icon";
import { useState } from "react";
import type { WebhookEndpoint } from "../api/types";
import { useList } from "../api/useList";
import { useResource } from "../api/useResource";
import { PageHeader } from "../app/PageHeader";
import { useTitle } from "../app/useTitle";
import { Deliveries } from "./Deliveries";
import { EndpointForm } from "./EndpointForm";
import { Endpoints } from "./Endpoints";
import { SecretDialog } from "./SecretDialog";
import { getHealth, listEndpoints } from "./webhooks";

const POLL_MS = 5_000;

/** Who is told of events, and how that goes. */
export default function WebhooksPage() {
  useTitle("Webhooks");
  const list = useList<WebhookEndpoint>("endpoints", listEndpoints, POLL_MS);
  const health = useResource("webhook health", getHealth, POLL_MS);
  const [isRegistering, setRegistering] = useState(false);
  const [withSecret, setWithSecret] = useState<WebhookEndpoint>();
  const reload = () => {
    list.reload();
    health.reload();
  };
  return (
    <>
      <PageHeader
        title="Webhooks"
        subtitle="Addresses that are told of events, signed as Standard Webhooks says, until they take them."
        beside={
          health.value?.status === "degraded" && (
            <Label status="warning" data-testid="webhook-health">
              Some are not delivered
            </Label>
          )
        }
        actions={
          <Button icon={<PlusIcon />} onClick={() => setRegistering(true)}>
            New endpoint
          </Button>
        }
      />
      <PageSection isFilled aria-label="Webhooks">
        <Endpoints list={list} onChanged={reload} onSecret={setWithSecret} onRegister={() => setRegistering(true)} />
        <Deliveries endpoints={list.items ?? []} />
      </PageSection>
      {isRegistering && (
        <EndpointForm
          onClose={() => setRegistering(false)}
          onDone={(endpoint) => {
            setWithSecret(endpoint);
            reload();
          }}
        />
      )}
      {withSecret?.secret && <SecretDialog endpoint={withSecret} onClose={() => setWithSecret(undefined)} />}
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Button, EmptyState, EmptyStateBody, Gallery, PageSection, Skeleton } from "@patternfly/react-core";
import PlusIcon from "@patternfly/react-icons/dist/esm/icons/plus-icon";
import { useState } from "react";
import { useResource } from "../api/useResource";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useNow } from "../app/useNow";
import { useTitle } from "../app/useTitle";
import { getDrain, SELF } from "./drain";
import { HostCard } from "./HostCard";
import { listHosts, silenceOf } from "./hosts";
import { RegisterDialog } from "./RegisterDialog";

const POLL_MS = 2_000;

/** Where work is done. */
export default function HostsPage() {
  useTitle("Hosts");
  const { value, problem, reload } = useResource("hosts", listHosts, POLL_MS);
  const self = useResource("self", (signal) => getDrain(SELF, signal)).value?.host;
  const [isRegistering, setRegistering] = useState(false);
  const now = useNow(true);
  const hosts = value?.items;
  return (
    <>
      <PageHeader
        title="Hosts"
        subtitle="The nodes of this cluster, which list themselves, and other machines that were registered."
        actions={
          <Button variant="secondary" icon={<PlusIcon />} onClick={() => setRegistering(true)}>
            Register a machine
          </Button>
        }
      />
      <PageSection isFilled aria-label="Hosts">
        {problem && <ProblemAlert problem={problem} title="The hosts could not be loaded" onRetry={reload} />}
        {!hosts && !problem && <Skeleton height="16rem" screenreaderText="Loading hosts" />}
        {hosts?.length === 0 && (
          <EmptyState titleText="No host has said that it lives yet" headingLevel="h2">
            <EmptyStateBody>A node does so some seconds after its start.</EmptyStateBody>
          </EmptyState>
        )}
        {hosts && hosts.length > 0 && (
          <Gallery hasGutter minWidths={{ default: "100%", md: "24rem" }}>
            {hosts.map((host) => (
              <HostCard
                key={host.id}
                host={host}
                silenceMs={silenceOf(host, hosts)}
                isThis={host.id === self}
                now={now}
                onChanged={reload}
              />
            ))}
          </Gallery>
        )}
      </PageSection>
      {isRegistering && <RegisterDialog onClose={() => setRegistering(false)} onRegistered={reload} />}
    </>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { Gallery, PageSection } from "@patternfly/react-core";
import { PageHeader } from "../app/PageHeader";
import { useTitle } from "../app/useTitle";
import { Browsers } from "../browser/Browsers";
import { QueueCard } from "../job/QueueCard";
import { NodeCard } from "./NodeCard";

const TITLE = "Queue and workers";

/** What waits, and what works on it. */
export default function OperationsPage() {
  useTitle(TITLE);
  return (
    <>
      <PageHeader title={TITLE} subtitle="What waits to be done, and what this server does about it right now." />
      <PageSection isFilled aria-label={TITLE}>
        <Gallery hasGutter minWidths={{ default: "100%", md: "26rem" }}>
          <QueueCard />
          <NodeCard />
        </Gallery>
        <Browsers />
      </PageSection>
    </>
  );
}

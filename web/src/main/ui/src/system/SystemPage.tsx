// SPDX-License-Identifier: Apache-2.0
import {
  Card,
  CardBody,
  CardHeader,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Gallery,
  Label,
  PageSection,
  Skeleton,
} from "@patternfly/react-core";
import { call } from "../api/client";
import type { JsonObject, JsonValue } from "../api/types";
import { useResource } from "../api/useResource";
import { humanise } from "../app/format";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { type Health, loadHealth } from "./health";
import { sectionsOf, wordOf } from "./sections";

const POLL_MS = 5_000;

export default function SystemPage() {
  useTitle("System");
  const health = useResource("health", loadHealth, POLL_MS);
  const about = useResource("info", (signal) => call<JsonObject>("/api/v1/system/info", { signal }), POLL_MS);
  return (
    <>
      <PageHeader title="System" subtitle="What this server is, what it runs on, and how it feels." />
      <PageSection isFilled aria-label="System">
        {about.problem && <ProblemAlert problem={about.problem} title="The system could not be read" onRetry={about.reload} />}
        {health.problem && <ProblemAlert problem={health.problem} title="The health could not be read" onRetry={health.reload} />}
        <Gallery hasGutter minWidths={{ default: "100%", md: "340px" }}>
          <HealthCard health={health.value} />
          {about.value ? (
            sectionsOf(about.value).map(({ title, facts }) => <Facts key={title} title={title} facts={facts} />)
          ) : (
            <Skeleton height="12rem" screenreaderText="Loading" />
          )}
        </Gallery>
      </PageSection>
    </>
  );
}

function HealthCard({ health }: { health: Health | undefined }) {
  return (
    <Card isFullHeight data-testid="health">
      <CardHeader>
        <CardTitle component="h2">Health</CardTitle>
      </CardHeader>
      <CardBody>
        {!health && <Skeleton screenreaderText="Loading" />}
        {health && (
          <DescriptionList isHorizontal isCompact className="drover-facts">
            <DescriptionListGroup>
              <DescriptionListTerm>All in all</DescriptionListTerm>
              <DescriptionListDescription>
                <UpOrDown isUp={health.status === "UP"} />
              </DescriptionListDescription>
            </DescriptionListGroup>
            {health.checks.map(({ name, status }) => (
              <DescriptionListGroup key={name}>
                <DescriptionListTerm>{humanise(name)}</DescriptionListTerm>
                <DescriptionListDescription>
                  <UpOrDown isUp={status === "UP"} />
                </DescriptionListDescription>
              </DescriptionListGroup>
            ))}
          </DescriptionList>
        )}
      </CardBody>
    </Card>
  );
}

function UpOrDown({ isUp }: { isUp: boolean }) {
  return (
    <Label isCompact status={isUp ? "success" : "danger"}>
      {isUp ? "Up" : "Down"}
    </Label>
  );
}

function Facts({ title, facts }: { title: string; facts: [string, JsonValue][] }) {
  return (
    <Card isFullHeight>
      <CardHeader>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        <DescriptionList isHorizontal isCompact className="drover-facts">
          {facts.map(([name, value]) => (
            <DescriptionListGroup key={name}>
              <DescriptionListTerm>{humanise(name.replace(/_(seconds|bytes)$/, ""))}</DescriptionListTerm>
              <DescriptionListDescription className="drover-break">{wordOf(name, value)}</DescriptionListDescription>
            </DescriptionListGroup>
          ))}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

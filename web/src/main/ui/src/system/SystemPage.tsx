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
import type { ReactNode } from "react";
import { call } from "../api/client";
import type { JsonObject, JsonValue, SystemStatus } from "../api/types";
import { useResource } from "../api/useResource";
import { humanise } from "../app/format";
import { PageHeader } from "../app/PageHeader";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { wordOf } from "./words";

const POLL_MS = 5_000;

export default function SystemPage() {
  useTitle("System");
  const status = useResource("status", (signal) => call<SystemStatus>("/api/v1/system/status", { signal }), POLL_MS);
  const about = useResource("info", (signal) => call<JsonObject>("/api/v1/system/info", { signal }));
  const components = Object.entries(status.value?.components ?? {});
  return (
    <>
      <PageHeader
        title="System"
        subtitle="What this server is, what it runs on, and how its parts are."
        beside={status.value && <UpOrDown status={status.value.status} />}
      />
      <PageSection isFilled aria-label="System">
        {about.problem && (
          <ProblemAlert problem={about.problem} title="The system could not be read" onRetry={about.reload} />
        )}
        {status.problem && (
          <ProblemAlert
            problem={status.problem}
            title="The state of the system could not be read"
            onRetry={status.reload}
          />
        )}
        {!about.value && !about.problem && <Skeleton height="12rem" screenreaderText="Loading" />}
        <Gallery hasGutter minWidths={{ default: "100%", md: "340px" }}>
          {about.value && (
            <SystemCard title="Server">
              <Facts
                facts={[
                  ...Object.entries(about.value),
                  ...(status.value ? [["uptime_seconds", status.value.uptime_seconds] as Fact] : []),
                ]}
              />
            </SystemCard>
          )}
          {components.map(([name, { status: state, message, details }]) => (
            <SystemCard key={name} title={humanise(name)} status={state}>
              <p className="drover-system__message">{message}</p>
              <Facts facts={Object.entries((details ?? {}) as JsonObject)} />
            </SystemCard>
          ))}
        </Gallery>
      </PageSection>
    </>
  );
}

function SystemCard({ title, status, children }: { title: string; status?: string; children: ReactNode }) {
  return (
    <Card isFullHeight data-testid={`system ${title.toLowerCase()}`}>
      <CardHeader
        actions={status === undefined ? undefined : { hasNoOffset: true, actions: <UpOrDown status={status} /> }}
      >
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
}

function UpOrDown({ status }: { status: string }) {
  return (
    <Label isCompact status={status === "up" ? "success" : "danger"} data-testid="up">
      {humanise(status)}
    </Label>
  );
}

type Fact = [string, JsonValue];

function Facts({ facts }: { facts: Fact[] }) {
  return (
    <DescriptionList isHorizontal isCompact className="drover-facts">
      {facts.map(([name, value]) => (
        <DescriptionListGroup key={name}>
          <DescriptionListTerm>{humanise(name.replace(/_(seconds|bytes|at)$/, ""))}</DescriptionListTerm>
          <DescriptionListDescription className="drover-break">{wordOf(name, value)}</DescriptionListDescription>
        </DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}

// SPDX-License-Identifier: Apache-2.0
import { PageSection } from "@patternfly/react-core";
import { PageHeader } from "../app/PageHeader";
import { useTitle } from "../app/useTitle";
import { Alerts } from "./Alerts";
import { Breakers } from "./Breakers";
import { HealthCard } from "./HealthCard";
import { LevelCard } from "./LevelCard";
import { TrendCard } from "./TrendCard";

/** How well the service and the sites do, and what is to be done about it. */
export default function ReliabilityPage() {
  useTitle("Reliability");
  return (
    <>
      <PageHeader
        title="Reliability"
        subtitle="How well this server and the sites that its jobs visit do, and what was wrong lately."
      />
      <PageSection isFilled aria-label="Reliability">
        <div className="drover-columns">
          <div className="drover-stack">
            <LevelCard />
            <TrendCard />
          </div>
          <HealthCard />
        </div>
        <Alerts />
        <Breakers />
      </PageSection>
    </>
  );
}

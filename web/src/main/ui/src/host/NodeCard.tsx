// SPDX-License-Identifier: Apache-2.0
import { Button, Card, CardBody, CardFooter, CardHeader, CardTitle, Label, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import { Link } from "react-router";
import type { Drain } from "../api/types";
import { useResource } from "../api/useResource";
import { countdown, plural } from "../app/format";
import { useNotices } from "../app/notices";
import { ProblemAlert } from "../app/ProblemAlert";
import { useNow } from "../app/useNow";
import { DrainDialog } from "./DrainDialog";
import { getDrain, resume, SELF } from "./drain";

const POLL_MS = 2_000;

const STATES = {
  serving: { label: "Takes jobs", status: "success" },
  draining: { label: "Draining", status: "warning" },
  drained: { label: "Drained", status: "info" },
} as const;

/** Whether this node takes jobs, and how to take it out of the work and back. */
export function NodeCard() {
  const { value, problem, reload } = useResource("drain", (signal) => getDrain(SELF, signal), POLL_MS);
  const notices = useNotices();
  const [isAsking, setAsking] = useState(false);
  const [isResuming, setResuming] = useState(false);
  const now = useNow(value?.state === "draining");

  const takeJobs = async () => {
    setResuming(true);
    try {
      await resume(SELF);
      notices.success("This node takes jobs again");
    } catch (error) {
      notices.failure("This node could not be resumed", error);
    }
    setResuming(false);
    reload();
  };

  const state = value && STATES[value.state];
  return (
    <Card isFullHeight data-testid="node" data-state={value?.state}>
      <CardHeader
        actions={
          state && {
            hasNoOffset: true,
            actions: (
              <Label isCompact status={state.status} data-testid="drain-state">
                {state.label}
              </Label>
            ),
          }
        }
      >
        <CardTitle component="h2">This node</CardTitle>
      </CardHeader>
      <CardBody>
        {problem && <ProblemAlert problem={problem} title="The node could not be asked" onRetry={reload} />}
        {!value && !problem && <Skeleton screenreaderText="Loading" />}
        {value && (
          <>
            <p className="drover-mono drover-break drover-subtle">{value.host}</p>
            <p aria-live="polite">{words(value, now)}</p>
          </>
        )}
      </CardBody>
      {value && (
        <CardFooter className="drover-actions">
          {value.state !== "serving" && (
            <Button isLoading={isResuming} isDisabled={isResuming} onClick={() => void takeJobs()}>
              Take jobs again
            </Button>
          )}
          {value.state !== "drained" && (
            <Button variant="secondary" onClick={() => setAsking(true)}>
              {value.state === "serving" ? "Drain…" : "Change the deadline…"}
            </Button>
          )}
          <Link to="/hosts">All hosts</Link>
        </CardFooter>
      )}
      {isAsking && <DrainDialog host={SELF} onClose={() => setAsking(false)} onDrained={reload} />}
    </Card>
  );
}

function words({ state, running, deadline }: Drain, now: number): string {
  switch (state) {
    case "serving":
      return running === 0
        ? "No job runs here now."
        : `${plural(running, "job")} ${running === 1 ? "runs" : "run"} here.`;
    case "draining": {
      const left = deadline ? Date.parse(deadline) - now : 0;
      const [who, then] = running === 1 ? ["One job", "it returns"] : [`${running} jobs`, "they return"];
      return left > 0
        ? `It takes no more jobs. ${who} may go on for ${countdown(left)}, then ${then} to the queue.`
        : `It takes no more jobs. The time of ${who.toLowerCase()} is over: ${then} to the queue.`;
    }
    case "drained":
      return "It takes no jobs, and none goes on. The API is still served.";
  }
}

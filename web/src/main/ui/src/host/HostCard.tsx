// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Card,
  CardBody,
  CardFooter,
  CardHeader,
  CardTitle,
  DescriptionList,
  Label,
  LabelGroup,
  Progress,
} from "@patternfly/react-core";
import { useState } from "react";
import type { Host } from "../api/types";
import { ActionDialog } from "../app/ActionDialog";
import { Fact } from "../app/Fact";
import { countdown, humanise, plural } from "../app/format";
import { useNotices } from "../app/notices";
import { Time } from "../app/Time";
import { DrainDialog } from "./DrainDialog";
import { resume } from "./drain";
import { extrasOf, heardOf, isOut, removeHost, stateOf } from "./hosts";

interface Props {
  host: Host;
  /** How long nothing was heard of it. */
  silenceMs: number;
  /** Whether it is the node that answers. */
  isThis: boolean;
  now: number;
  onChanged: () => void;
}

export function HostCard({ host, silenceMs, isThis, now, onChanged }: Props) {
  const { id, host_name, host_url, kind, running, slots, roles, version, devices, drain_deadline } = host;
  const [asking, setAsking] = useState<"drain" | "remove">();
  const isNode = kind === "node";
  const state = stateOf(host, silenceMs);
  const extras = extrasOf(host);
  const left = drain_deadline && host.status === "draining" ? Date.parse(drain_deadline) - now : undefined;
  return (
    <Card isFullHeight data-testid="host" data-host={id} data-kind={kind} data-status={host.status}>
      <CardHeader
        hasWrap
        actions={{
          hasNoOffset: true,
          actions: (
            <>
              {isThis && <Label isCompact>This node</Label>}
              {!isNode && <Label isCompact variant="outline">Registered machine</Label>}
              <Label isCompact status={state.status} data-testid="host-state">
                {state.label}
              </Label>
            </>
          ),
        }}
      >
        <CardTitle component="h2" className="drover-break">
          {host_name}
        </CardTitle>
      </CardHeader>
      <CardBody>
        <div className="drover-stack">
          {isNode && (
            <Progress
              title={roles.includes("worker") ? "Jobs with a browser" : "Jobs: it takes none (no worker role)"}
              value={running}
              max={Math.max(slots, running, 1)}
              label={`${running} of ${slots}`}
              size="sm"
              data-testid="host-load"
            />
          )}
          {left !== undefined && (
            <p>
              {left > 0
                ? `What runs may go on for ${countdown(left)}, then it returns to the queue.`
                : "The time of what runs is over: it returns to the queue."}
            </p>
          )}
          <DescriptionList isHorizontal isCompact className="drover-facts">
            <Fact name="Heard of">{heardOf(silenceMs)}</Fact>
            {host_url && (
              <Fact name="Address">
                <span className="drover-break">{host_url}</span>
              </Fact>
            )}
            {isNode && <Fact name="Roles">{roles.join(", ")}</Fact>}
            {version && <Fact name="Version">{version}</Fact>}
            <Fact name={isNode ? "Up since" : "Registered"}>
              <Time at={host.registered_at} now={now} />
            </Fact>
            {host.engines.length > 0 && (
              <Fact name="Engines">
                <Engines engines={host.engines} />
              </Fact>
            )}
            {extras.length > 0 && (
              <Fact name="Labels">
                <LabelGroup numLabels={8} aria-label={`Labels of ${host_name}`}>
                  {extras.map((name) => (
                    <Label key={name} isCompact>
                      {name}
                    </Label>
                  ))}
                </LabelGroup>
              </Fact>
            )}
            {devices.length > 0 && <Fact name="Devices">{plural(devices.length, "device")}</Fact>}
          </DescriptionList>
        </div>
      </CardBody>
      <CardFooter className="drover-actions">
        {isNode ? (
          <NodeActions host={host} onDrain={() => setAsking("drain")} onChanged={onChanged} />
        ) : (
          <Button variant="secondary" isDanger onClick={() => setAsking("remove")}>
            Remove…
          </Button>
        )}
      </CardFooter>
      {asking === "drain" && (
        <DrainDialog host={id} name={host_name} onClose={() => setAsking(undefined)} onDrained={onChanged} />
      )}
      {asking === "remove" && <RemoveDialog host={host} onClose={() => setAsking(undefined)} onRemoved={onChanged} />}
    </Card>
  );
}

function NodeActions({ host, onDrain, onChanged }: { host: Host; onDrain: () => void; onChanged: () => void }) {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const takeJobs = async () => {
    setBusy(true);
    try {
      await resume(host.id);
      notices.success(`${host.host_name} takes jobs again`);
    } catch (error) {
      notices.failure(`${host.host_name} could not be resumed`, error);
    }
    setBusy(false);
    onChanged();
  };
  return (
    <>
      {isOut(host) && (
        <Button isLoading={isBusy} isDisabled={isBusy} onClick={() => void takeJobs()}>
          Take jobs again
        </Button>
      )}
      {host.status !== "drained" && (
        <Button variant="secondary" onClick={onDrain}>
          {isOut(host) ? "Change the deadline…" : "Drain…"}
        </Button>
      )}
    </>
  );
}

function Engines({ engines }: Pick<Host, "engines">) {
  return (
    <ul className="drover-engines">
      {engines.map(({ name, availability, version, reason }) => (
        <li key={name} data-testid={`engine ${name}`} data-availability={availability}>
          <Label isCompact status={availability === "available" ? "success" : undefined}>
            {humanise(name)}
          </Label>{" "}
          <span className="drover-subtle drover-small drover-break">
            {availability === "available" ? version : (reason ?? humanise(availability))}
          </span>
        </li>
      ))}
    </ul>
  );
}

function RemoveDialog({ host, onClose, onRemoved }: { host: Host; onClose: () => void; onRemoved: () => void }) {
  const notices = useNotices();
  const remove = async () => {
    await removeHost(host.id);
    notices.success(`${host.host_name} is removed`);
    onRemoved();
  };
  return (
    <ActionDialog
      title={`Remove ${host.host_name}?`}
      description="It is taken off the list and no longer sent anything. It comes back when it registers again."
      confirm="Remove the machine"
      dismiss="Keep it"
      isDanger
      act={remove}
      onClose={onClose}
    />
  );
}

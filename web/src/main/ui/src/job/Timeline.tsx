// SPDX-License-Identifier: Apache-2.0
import { Button, Card, CardBody, CardHeader, CardTitle, Skeleton } from "@patternfly/react-core";
import { useState } from "react";
import type { JobEvent } from "../api/types";
import { bytes, duration, humanise } from "../app/format";
import { exactTime } from "../app/Time";
import type { JobEvents } from "../event/useJobEvents";
import { statusIn } from "./liveJob";
import { STATUSES, type Tone } from "./status";

const SHOWN = 100;

interface Props {
  events: JobEvents;
  /** When the job was created: times are counted from here. */
  start: string;
  isLive: boolean;
}

/** What happened to a job, from its first event on. */
export function Timeline({ events: { log, connection }, start, isLive }: Props) {
  const [showsAll, setShowsAll] = useState(false);
  const moments = log.events.filter(isWorthALine);
  const hidden = showsAll ? 0 : Math.max(0, moments.length - SHOWN);
  return (
    <Card>
      <CardHeader>
        <CardTitle component="h2">Timeline</CardTitle>
      </CardHeader>
      <CardBody>
        {log.events.length === 0 && connection.state === "connecting" && <Skeleton screenreaderText="Loading events" />}
        {log.events.length === 0 && connection.state !== "connecting" && (
          <p className="drover-subtle">Nothing has happened yet.</p>
        )}
        {hidden > 0 && (
          <Button variant="link" isInline onClick={() => setShowsAll(true)}>
            Show {hidden} earlier events
          </Button>
        )}
        <ol
          className="drover-timeline"
          data-testid="timeline"
          aria-live={isLive ? "polite" : "off"}
          aria-relevant="additions"
        >
          {moments.slice(hidden).map((event) => (
            <Moment key={event.seq} event={event} start={start} />
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

/** Codes turn each second: of those in a row only the last is worth a line. */
function isWorthALine({ event_type }: JobEvent, i: number, all: readonly JobEvent[]): boolean {
  return event_type !== "qr_code_update" || all[i + 1]?.event_type !== "qr_code_update";
}

function Moment({ event, start }: { event: JobEvent; start: string }) {
  const { title, detail, tone, isLog } = words(event);
  const since = Math.max(0, Date.parse(event.timestamp) - Date.parse(start));
  return (
    <li
      className="drover-timeline__item"
      data-tone={tone ?? "none"}
      data-seq={event.seq}
      data-testid={`event ${event.event_type}`}
    >
      <div className={isLog ? "drover-mono" : undefined}>
        {title}
        {detail && <span className="drover-subtle"> {detail}</span>}
      </div>
      <time
        className="drover-subtle drover-timeline__time"
        dateTime={event.timestamp}
        title={exactTime(event.timestamp)}
      >
        +{duration(since)}
      </time>
    </li>
  );
}

function words(event: JobEvent): { title: string; detail?: string; tone?: Tone; isLog?: boolean } {
  const { event_type } = event;
  const it = event.data as Record<string, unknown>;
  const message = text(it.message);
  switch (event_type) {
    case "log":
      return { title: message ?? JSON.stringify(it), isLog: true };
    case "artifact_created": {
      const name = text(it.name) ?? "a file";
      return { title: `Saved ${name}`, detail: typeof it.size === "number" ? bytes(it.size) : undefined };
    }
    case "human_required":
      return { title: message ?? "Waiting for somebody to help", tone: "warning" };
    case "qr_code_update":
      return { title: "A new QR code is shown", tone: "warning" };
    case "booking_completed":
      return it.booking_result ? { title: "The booking is made", tone: "success" } : { title: "Nothing was booked" };
    default: {
      const status = statusIn(event);
      const known = status && STATUSES[status];
      if (known?.isTerminal) {
        return { title: known.label, detail: errorMessage(it) ?? message, tone: known.tone };
      }
      const progress = typeof it.progress === "number" && it.progress > 0 ? `${Math.round(it.progress)} %` : undefined;
      return { title: message ?? humanise(text(it.status) ?? event_type), detail: progress, tone: known?.tone };
    }
  }
}

function errorMessage({ error }: Record<string, unknown>): string | undefined {
  return typeof error === "object" && error !== null ? text((error as { message?: unknown }).message) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

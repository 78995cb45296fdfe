// SPDX-License-Identifier: Apache-2.0
import type { JobEvent } from "../api/types";

/** The events of one job in their order, each once, however they arrived. */
export interface EventLog {
  readonly events: readonly JobEvent[];
}

export const EMPTY_LOG: EventLog = { events: [] };

export const FINAL_EVENTS: ReadonlySet<string> = new Set(["job_completed"]);

/** The log with more events; the same object when it knew them all. */
export function withEvents(log: EventLog, incoming: readonly JobEvent[]): EventLog {
  const known = new Set(log.events.map((event) => event.seq));
  const fresh: JobEvent[] = [];
  for (const event of incoming) {
    if (!known.has(event.seq)) {
      known.add(event.seq);
      fresh.push(event);
    }
  }
  if (fresh.length === 0) {
    return log;
  }
  return { events: [...log.events, ...fresh].sort((a, b) => a.seq - b.seq) };
}

/** The last event; a reader that comes back asks for what followed it. 0 when there is none. */
export function lastSeq(log: EventLog): number {
  return log.events.at(-1)?.seq ?? 0;
}

/**
 * The event after which the first ones are missing, or undefined. A socket may leave out intermediate progress for a
 * slow reader; the stored events have it. Gaps up to `givenUp` do not count.
 */
export function gapAfter(log: EventLog, givenUp = -1): number | undefined {
  let previous = 0;
  for (const { seq } of log.events) {
    if (seq > previous + 1 && previous > givenUp) {
      return previous;
    }
    previous = seq;
  }
  return undefined;
}

export function hasEnded(log: EventLog): boolean {
  const last = log.events.at(-1);
  return last !== undefined && FINAL_EVENTS.has(last.event_type);
}

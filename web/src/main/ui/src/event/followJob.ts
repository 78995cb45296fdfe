// SPDX-License-Identifier: Apache-2.0
import type { JobEvent, Page } from "../api/types";
import { EMPTY_LOG, type EventLog, gapAfter, hasEnded, lastSeq, withEvents } from "./eventLog";
import type { Connection } from "./LiveSocket";

/** What following a job needs from outside. */
export interface FollowPorts {
  /** Stored events with a greater sequence number, oldest first. */
  stored: (after: number) => Promise<Page<JobEvent>>;
  /** Opens the job's socket; `after` is asked at every reconnect. */
  live: (
    after: () => number,
    onEvent: (event: JobEvent) => void,
    onConnection: (connection: Connection) => void,
  ) => { close: () => void };
  onLog: (log: EventLog) => void;
  onConnection: (connection: Connection) => void;
  onFailure: (error: unknown) => void;
}

/**
 * Replays what is stored of a job, then follows it live, without gaps or doubles, until its final event. Returns how to
 * stop.
 */
export function followJob(ports: FollowPorts): () => void {
  let log = EMPTY_LOG;
  let stopped = false;
  let filling = false;
  let givenUp = -1;
  let socket: { close: () => void } | undefined;

  const take = (incoming: readonly JobEvent[]) => {
    const next = withEvents(log, incoming);
    if (next !== log && !stopped) {
      log = next;
      ports.onLog(log);
    }
  };

  const replay = async (from: number) => {
    let after = from;
    for (;;) {
      const page = await ports.stored(after);
      take(page.items);
      const last = page.items.at(-1);
      if (stopped || !page.next_cursor || !last || last.seq <= after) {
        return;
      }
      after = last.seq;
    }
  };

  const fill = async () => {
    const gap = gapAfter(log, givenUp);
    if (gap === undefined || filling || stopped) {
      return;
    }
    filling = true;
    try {
      await replay(gap);
      // What the store does not have either will not come: ask once.
      if (gapAfter(log, givenUp) === gap) {
        givenUp = gap;
      }
    } catch {
      // The next event finds the gap again.
    } finally {
      filling = false;
    }
  };

  const start = async () => {
    await replay(0);
    if (stopped) {
      return;
    }
    if (hasEnded(log)) {
      ports.onConnection({ state: "ended" });
      return;
    }
    givenUp = lastSeq(log) - 1;
    socket = ports.live(
      () => lastSeq(log),
      (event) => {
        take([event]);
        void fill();
      },
      ports.onConnection,
    );
  };

  start().catch((error: unknown) => !stopped && ports.onFailure(error));
  return () => {
    stopped = true;
    socket?.close();
  };
}

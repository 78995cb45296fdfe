// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef, useState } from "react";
import type { JobEvent } from "../api/types";
import { currentToken, signOut } from "../security/session";
import { type Connection, LiveSocket } from "./LiveSocket";

const BATCH_MS = 100;

/**
 * Hears every event that the user may see, in batches: a busy server sends more events a second than a page can be
 * drawn.
 */
export function useEventFeed(onEvents: (batch: JobEvent[]) => void): Connection {
  const [connection, setConnection] = useState<Connection>({ state: "connecting" });
  const listener = useRef(onEvents);
  listener.current = onEvents;

  useEffect(() => {
    let batch: JobEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const full = batch;
      batch = [];
      listener.current(full);
    };
    const socket = new LiveSocket({
      path: () => "/ws/events",
      token: currentToken() ?? "",
      onMessage: (message) => {
        batch.push(JSON.parse(message as string) as JobEvent);
        timer ??= setTimeout(flush, BATCH_MS);
      },
      onConnection: setConnection,
      onRefused: () => signOut("Your token is no longer accepted. Sign in again."),
    });
    return () => {
      socket.close();
      clearTimeout(timer);
    };
  }, []);

  return connection;
}

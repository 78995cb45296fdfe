// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useState } from "react";
import { call } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import type { JobEvent, Page } from "../api/types";
import { currentToken, signOut } from "../security/session";
import { EMPTY_LOG, type EventLog } from "./eventLog";
import { followJob } from "./followJob";
import { type Connection, LiveSocket } from "./LiveSocket";

export interface JobEvents {
  log: EventLog;
  connection: Connection;
  problem?: Problem;
  /** Follows the job once more, after the end that it had. */
  again: () => void;
}

/** All events of a job from its first on, live until it has ended. */
export function useJobEvents(jobId: string): JobEvents {
  const [state, setState] = useState(nothingYet(jobId));
  const [round, setRound] = useState(0);

  useEffect(() => {
    setState((old) => (old.jobId === jobId ? { ...nothingYet(jobId), log: old.log } : nothingYet(jobId)));
    const job = encodeURIComponent(jobId);
    return followJob({
      stored: (after) => call<Page<JobEvent>>(`/api/v1/jobs/${job}/events`, { query: { after, limit: 200 } }),
      live: (after, onEvent, onConnection) =>
        new LiveSocket({
          path: () => `/ws/jobs/${job}?after=${after()}`,
          token: currentToken() ?? "",
          onMessage: (message) => onEvent(JSON.parse(message as string) as JobEvent),
          onConnection,
          onRefused: () => signOut("Your token is no longer accepted. Sign in again."),
        }),
      onLog: (log) => setState((old) => ({ ...old, log })),
      onConnection: (connection) => setState((old) => ({ ...old, connection })),
      onFailure: (error) => setState((old) => ({ ...old, problem: asProblem(error) })),
    });
  }, [jobId, round]);

  const again = useCallback(() => setRound((n) => n + 1), []);
  return { ...state, again };
}

interface State extends Omit<JobEvents, "again"> {
  jobId: string;
}

function nothingYet(jobId: string): State {
  return { jobId, log: EMPTY_LOG, connection: { state: "connecting" } };
}

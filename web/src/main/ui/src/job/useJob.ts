// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import type { Job } from "../api/types";
import { lastSeq } from "../event/eventLog";
import { type JobEvents, useJobEvents } from "../event/useJobEvents";
import { getJob } from "./jobs";
import { afterEvent, turnsIn } from "./liveJob";
import { isTerminal } from "./status";

const QUEUE_POLL_MS = 3_000;

export interface LiveJob {
  job: Job | undefined;
  problem: Problem | undefined;
  events: JobEvents;
  reload: () => void;
  /** The job goes on after its end. */
  again: () => void;
}

/** A job as the server last told it, brought forward by the events that came since. */
export function useJob(id: string): LiveJob {
  const events = useJobEvents(id);
  const [read, setRead] = useState<{ job: Job; upTo: number }>();
  const [problem, setProblem] = useState<Problem>();
  const log = useRef(events.log);
  log.current = events.log;
  const asked = useRef(0);

  const reload = useCallback(() => {
    const number = ++asked.current;
    // Events up to here are in the answer; later ones may be, and do no harm when applied again.
    const upTo = lastSeq(log.current);
    getJob(id).then(
      (job) => {
        if (number === asked.current) {
          setRead({ job, upTo });
          setProblem(undefined);
        }
      },
      (error: unknown) => number === asked.current && setProblem(asProblem(error)),
    );
  }, [id]);

  useEffect(() => {
    reload();
    return () => void asked.current++;
  }, [reload]);

  // The turning points of a job bring more than an event carries: its host, its result, its artifacts.
  const turns = turnsIn(events.log.events);
  useEffect(() => {
    if (turns > 0) {
      reload();
    }
  }, [turns, reload]);

  const job = useMemo(
    () => read && events.log.events.filter(({ seq }) => seq > read.upTo).reduce(afterEvent, read.job),
    [read, events.log],
  );

  const waits = job?.status === "queued" || events.connection.state === "lost";
  const goesOn = job !== undefined && !isTerminal(job.status);
  useEffect(() => {
    if (waits && goesOn) {
      const timer = setInterval(reload, QUEUE_POLL_MS);
      return () => clearInterval(timer);
    }
  }, [waits, goesOn, reload]);

  const followAgain = events.again;
  const again = useCallback(() => {
    followAgain();
    reload();
  }, [followAgain, reload]);

  return { job, problem: problem ?? events.problem, events, reload, again };
}

// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Job } from "../api/types";
import { getJob } from "./jobs";

const POLL_MS = 3_000;
/** A place in the queue is counted for each job by itself, so only the next few are asked for. */
const ASKED = 10;

/** How many jobs are before those that will start next; lists of jobs do not say so. */
export function useQueuePlaces(jobs: readonly Job[]): ReadonlyMap<string, number> {
  const [places, setPlaces] = useState<ReadonlyMap<string, number>>(new Map());
  // Newest first: those that have waited longest are at the end.
  const ids = jobs
    .filter((job) => job.status === "queued")
    .slice(-ASKED)
    .map((job) => job.id)
    .join(" ");

  useEffect(() => {
    if (ids === "") {
      return;
    }
    const abort = new AbortController();
    const ask = async () => {
      const answers = await Promise.allSettled(ids.split(" ").map((id) => getJob(id, abort.signal)));
      if (!abort.signal.aborted) {
        const told = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
        setPlaces(
          new Map(told.flatMap(({ id, queue_position: place }) => (typeof place === "number" ? [[id, place]] : []))),
        );
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), POLL_MS);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [ids]);

  return places;
}

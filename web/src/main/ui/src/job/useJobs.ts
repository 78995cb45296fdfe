// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "../api/problem";
import { useEventFeed } from "../event/useEventFeed";
import type { Connection } from "../event/LiveSocket";
import { afterEvents, type JobList, withNextPage } from "./jobList";
import { type JobFilter, listJobs, newestJobs } from "./jobs";

const PAGE = 25;
/** The list is read again at most this often, however much happens. */
const REFRESH_MS = 1_000;
/** Without the socket the list asks instead. */
const POLL_MS = 5_000;

export interface Jobs {
  list: JobList | undefined;
  problem: Problem | undefined;
  connection: Connection;
  isLoadingMore: boolean;
  loadMore: () => void;
  refresh: () => void;
}

/** The jobs of a filter, kept up to date by events. */
export function useJobs({ status, task }: JobFilter): Jobs {
  const [list, setList] = useState<JobList>();
  const [problem, setProblem] = useState<Problem>();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const current = useRef<JobList | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** How many jobs the user asked to see; what is new pushes out what is old. */
  const wanted = useRef(PAGE);
  /** Answers to an earlier filter are dropped. */
  const era = useRef(0);

  const show = useCallback((next: JobList | undefined) => {
    current.current = next;
    setList(next);
  }, []);

  const refresh = useCallback(() => {
    const asked = era.current;
    newestJobs({ status, task }, wanted.current).then(
      (fresh) => {
        if (asked === era.current) {
          show(fresh);
          setProblem(undefined);
        }
      },
      (error: unknown) => asked === era.current && setProblem(asProblem(error)),
    );
  }, [status, task, show]);

  useEffect(() => {
    era.current++;
    wanted.current = PAGE;
    show(undefined);
    setProblem(undefined);
    refresh();
    return () => {
      era.current++;
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [refresh, show]);

  const refreshSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      refresh();
    }, REFRESH_MS);
  }, [refresh]);

  const connection = useEventFeed((events) => {
    if (current.current === undefined) {
      return;
    }
    const heard = afterEvents(current.current, events, status);
    show(heard.list);
    if (heard.isStale) {
      refreshSoon();
    }
  });

  const state = connection.state;
  const wasLost = useRef(false);
  useEffect(() => {
    if (state === "open" && wasLost.current) {
      wasLost.current = false;
      refresh();
    }
    if (state === "lost") {
      wasLost.current = true;
      const poll = setInterval(refresh, POLL_MS);
      return () => clearInterval(poll);
    }
  }, [state, refresh]);

  const loadMore = useCallback(() => {
    const cursor = current.current?.next;
    if (!cursor) {
      return;
    }
    const asked = era.current;
    wanted.current += PAGE;
    setLoadingMore(true);
    listJobs({ status, task }, PAGE, cursor)
      .then((page) => asked === era.current && current.current && show(withNextPage(current.current, page)))
      .catch((error: unknown) => asked === era.current && setProblem(asProblem(error)))
      .finally(() => setLoadingMore(false));
  }, [status, task, show]);

  return { list, problem, connection, isLoadingMore, loadMore, refresh };
}

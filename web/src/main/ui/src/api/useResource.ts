// SPDX-License-Identifier: Apache-2.0
import { useCallback, useEffect, useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";

export interface Resource<T> {
  value: T | undefined;
  /** Of the latest load; the value before it stays. */
  problem: Problem | undefined;
  reload: () => void;
}

/**
 * Loads on mount, again when `key` changes and, while the page is visible, every `everyMs`. A slow answer that was
 * overtaken is dropped.
 */
export function useResource<T>(key: string, load: (signal: AbortSignal) => Promise<T>, everyMs?: number): Resource<T> {
  const [state, setState] = useState<{ key: string; value?: T; problem?: Problem }>({ key });
  const [round, setRound] = useState(0);
  const latest = useRef(load);
  latest.current = load;

  useEffect(() => {
    const abort = new AbortController();
    latest
      .current(abort.signal)
      .then((value) => !abort.signal.aborted && setState({ key, value }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) {
          const problem = asProblem(error);
          setState((old) => ({ key, value: old.key === key ? old.value : undefined, problem }));
        }
      });
    return () => abort.abort();
  }, [key, round]);

  useEffect(() => {
    if (everyMs === undefined) {
      return;
    }
    const timer = setInterval(() => document.visibilityState === "visible" && setRound((n) => n + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  const current = state.key === key ? state : { value: undefined, problem: undefined };
  return { value: current.value, problem: current.problem, reload };
}

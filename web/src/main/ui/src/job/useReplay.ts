// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import { useNotices } from "../app/notices";
import { replayJob } from "./deadLetters";

export interface Replay {
  isBusy: boolean;
  /** @param resetAttempts as many attempts as a new job has; else one */
  replay: (id: string, resetAttempts: boolean) => void;
}

/** @param onTried also when it failed: somebody else may have been faster */
export function useReplay(onTried: () => void): Replay {
  const notices = useNotices();
  const [isBusy, setBusy] = useState(false);
  const replay = async (id: string, resetAttempts: boolean) => {
    setBusy(true);
    try {
      await replayJob(id, resetAttempts);
      notices.success("The job is queued again");
    } catch (error) {
      notices.failure("The job could not be replayed", error);
    }
    setBusy(false);
    onTried();
  };
  return { isBusy, replay: (id, resetAttempts) => void replay(id, resetAttempts) };
}

// SPDX-License-Identifier: Apache-2.0
import type { JobFallback } from "../api/types";
import { duration } from "../app/format";

/** What stands in for what the job asked for, in one sentence. */
export function fallbackWords(fallback: JobFallback, hasEnded: boolean): string {
  switch (fallback.kind) {
    case "engine":
      return `${hasEnded ? "Another engine was used" : "The next attempt uses another engine"}: ${fallback.engine ?? ""}`;
    case "source":
      return `${hasEnded ? "Another source was used" : "The next attempt uses another source"}: ${fallback.source ?? ""}`;
    case "reduced":
      return "This is a part of the result: what had been found when the last attempt failed";
    case "stale":
      return `This is the result of an earlier job, ${duration(1000 * (fallback.age_seconds ?? 0))} old`;
  }
}

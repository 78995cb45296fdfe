// SPDX-License-Identifier: Apache-2.0
import type { Level, ServiceLevel } from "../api/types";

export const LEVELS: Record<Level, { label: string; status: "success" | "warning" | "danger" }> = {
  full: { label: "Full", status: "success" },
  degraded: { label: "Degraded", status: "warning" },
  minimal: { label: "Minimal", status: "warning" },
  emergency: { label: "Emergency", status: "danger" },
};

const PRIORITIES = 4;

/** What a level means for those who want something done. */
export function refusalWords({ refused_priorities: refused }: Pick<ServiceLevel, "refused_priorities">): string {
  if (refused.length === 0) {
    return "All jobs are taken.";
  }
  if (refused.length === PRIORITIES) {
    return "No new jobs are taken.";
  }
  return `New jobs of ${refused.join(" and ")} priority are not taken.`;
}

/** Why the level is not full, as sentences. */
export function reasonWords({ services }: Pick<ServiceLevel, "services">): string {
  const reasons = services.filter(({ healthy }) => !healthy).map(({ message }) => message);
  return reasons.length > 0 ? reasons.join(" ") : "All is well again, and the level rises if it stays so.";
}

// SPDX-License-Identifier: Apache-2.0

const RECOVERIES: Record<string, string> = {
  retry: "Trying again often helps.",
  retry_other_engine: "Another browser engine may do it.",
  wait_for_breaker: "The site is failing at the moment. Wait before you try again.",
  fail: "Trying again as it is will not help: change the parameters or the page first.",
};

/** What usually helps against an error, in words. */
export function recoveryWords(recovery: string): string {
  return RECOVERIES[recovery] ?? recovery;
}

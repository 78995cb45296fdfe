// SPDX-License-Identifier: Apache-2.0
const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before attempt `attempt` (from 1) to connect again: doubling, with up to a quarter taken off so that
 * the clients of a restarted server do not come back all at once.
 */
export function backoffMs(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 10));
  return Math.round(full * (1 - random() / 4));
}

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { JobEvent } from "../api/types";
import { EMPTY_LOG, gapAfter, hasEnded, lastSeq, withEvents } from "./eventLog";

test("events are kept in order and each once, however they arrive", () => {
  const log = withEvents(withEvents(EMPTY_LOG, [event(3), event(1)]), [event(2), event(3), event(2)]);

  expect(log.events.map((e) => e.seq)).toEqual([1, 2, 3]);
  expect(lastSeq(log)).toBe(3);
});

test("nothing new leaves the log the very same object", () => {
  const log = withEvents(EMPTY_LOG, [event(1)]);

  expect(withEvents(log, [event(1)])).toBe(log);
});

test("the first gap is found, also one at the start", () => {
  expect(gapAfter(withEvents(EMPTY_LOG, [event(1), event(2)]))).toBeUndefined();
  expect(gapAfter(withEvents(EMPTY_LOG, [event(1), event(4), event(9)]))).toBe(1);
  expect(gapAfter(withEvents(EMPTY_LOG, [event(2)]))).toBe(0);
  expect(gapAfter(withEvents(EMPTY_LOG, [event(1), event(4), event(9)]), 1)).toBe(4);
});

test("a log has ended with its final event only", () => {
  expect(hasEnded(EMPTY_LOG)).toBe(false);
  expect(hasEnded(withEvents(EMPTY_LOG, [event(1)]))).toBe(false);
  expect(hasEnded(withEvents(EMPTY_LOG, [event(1), event(2, "job_completed")]))).toBe(true);
});

function event(seq: number, event_type = "status_update"): JobEvent {
  return { event_type, seq, job_id: "j", user_id: "u", timestamp: "2026-01-01T00:00:00Z", data: {} } as JobEvent;
}

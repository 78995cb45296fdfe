// SPDX-License-Identifier: Apache-2.0
import { expect, test, vi } from "vitest";
import type { JobEvent, Page } from "../api/types";
import type { EventLog } from "./eventLog";
import { followJob } from "./followJob";
import type { Connection } from "./LiveSocket";

test("stored pages are replayed, then the socket is opened after the last of them", async () => {
  const job = new FakeJob([1, 2, 3, 4, 5], 2);

  job.follow();

  await eventually(() => expect(job.after?.()).toBe(5));
  expect(job.seqs()).toEqual([1, 2, 3, 4, 5]);
});

test("an event that is both stored and live is shown once", async () => {
  const job = new FakeJob([1, 2]);
  job.follow();
  await eventually(() => expect(job.hear).toBeDefined());

  job.hear?.(event(2));
  job.hear?.(event(3));

  expect(job.seqs()).toEqual([1, 2, 3]);
});

test("what the socket left out is fetched from the store", async () => {
  const job = new FakeJob([1]);
  job.follow();
  await eventually(() => expect(job.hear).toBeDefined());

  job.store.push(event(2), event(3), event(4));
  job.hear?.(event(4));

  await eventually(() => expect(job.seqs()).toEqual([1, 2, 3, 4]));
});

test("a gap that the store has too is asked for once", async () => {
  const job = new FakeJob([1]);
  job.follow();
  await eventually(() => expect(job.hear).toBeDefined());
  const before = job.asked.length;

  job.hear?.(event(5));
  await eventually(() => expect(job.asked.length).toBe(before + 1));
  await Promise.resolve();
  job.hear?.(event(6));

  expect(job.asked.length).toBe(before + 1);
  expect(job.seqs()).toEqual([1, 5, 6]);
});

test("a job that has ended needs no socket", async () => {
  const job = new FakeJob([1]);
  job.store.push(event(2, "job_completed"));

  job.follow();

  await eventually(() => expect(job.connections.at(-1)).toEqual({ state: "ended" }));
  expect(job.hear).toBeUndefined();
});

test("stopping closes the socket and silences what is still under way", async () => {
  const job = new FakeJob([1]);
  const stop = job.follow();
  await eventually(() => expect(job.hear).toBeDefined());

  stop();
  job.hear?.(event(2));

  expect(job.closed).toBe(true);
  expect(job.seqs()).toEqual([1]);
});

/** Generous, for machines that are busy with other things. */
function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 2 });
}

/** A job's stored events and its socket, without a server. */
class FakeJob {
  store: JobEvent[];
  log: EventLog | undefined;
  connections: Connection[] = [];
  asked: number[] = [];
  after: (() => number) | undefined;
  hear: ((event: JobEvent) => void) | undefined;
  closed = false;

  constructor(
    seqs: number[],
    private readonly pageSize = 100,
  ) {
    this.store = seqs.map((seq) => event(seq));
  }

  follow(): () => void {
    return followJob({
      stored: (after) => Promise.resolve(this.page(after)),
      live: (after, onEvent, onConnection) => {
        this.after = after;
        this.hear = onEvent;
        onConnection({ state: "open" });
        return { close: () => (this.closed = true) };
      },
      onLog: (log) => (this.log = log),
      onConnection: (connection) => this.connections.push(connection),
      onFailure: (error) => {
        throw error;
      },
    });
  }

  seqs(): number[] {
    return this.log?.events.map((e) => e.seq) ?? [];
  }

  private page(after: number): Page<JobEvent> {
    this.asked.push(after);
    const rest = this.store.filter((e) => e.seq > after);
    const items = rest.slice(0, this.pageSize);
    return { items, next_cursor: rest.length > items.length ? "more" : null };
  }
}

function event(seq: number, event_type = "status_update"): JobEvent {
  return { event_type, seq, job_id: "j", user_id: "u", timestamp: "2026-01-01T00:00:00Z", data: {} } as JobEvent;
}

// SPDX-License-Identifier: Apache-2.0
import type { Job, JobEvent, Page } from "../api/types";
import { afterEvent } from "./liveJob";
import { matches } from "./status";

/** The newest jobs of a filter, as far as they have been asked for. */
export interface JobList {
  jobs: Job[];
  next?: string;
}

export function firstPage(page: Page<Job>): JobList {
  return { jobs: page.items, next: page.next_cursor ?? undefined };
}

/** The list with the page that its `next` led to. */
export function withNextPage(list: JobList, page: Page<Job>): JobList {
  const known = new Set(list.jobs.map((job) => job.id));
  return {
    jobs: [...list.jobs, ...page.items.filter((job) => !known.has(job.id))],
    next: page.next_cursor ?? undefined,
  };
}

export interface Heard {
  list: JobList;
  /** Something happened that only the server can tell in full: a new job, an end, places in the queue. */
  isStale: boolean;
}

/** The list after events of any jobs. Jobs that no longer match the filter leave it. */
export function afterEvents(list: JobList, events: readonly JobEvent[], status: string): Heard {
  const jobs = new Map(list.jobs.map((job) => [job.id, job]));
  let isStale = false;
  for (const event of events) {
    const job = jobs.get(event.job_id);
    const next = job && afterEvent(job, event);
    if (!job || !next || next.status !== job.status) {
      isStale = true;
    }
    if (job && next && next !== job) {
      jobs.set(job.id, next);
    }
  }
  return { list: { ...list, jobs: [...jobs.values()].filter((job) => matches(job.status, status)) }, isStale };
}

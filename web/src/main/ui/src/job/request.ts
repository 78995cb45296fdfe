// SPDX-License-Identifier: Apache-2.0
import type { Job, JobRequest, JsonObject, Task } from "../api/types";
import type { Schema } from "../task/resolve";
import { pruned } from "../task/validate";

/** What the form holds: the parameters, and all else that a job may say. */
export interface Draft {
  params: JsonObject;
  options: JsonObject;
}

export function requestOf(task: string, { params, options }: Draft): JobRequest {
  return { task, params: pruned(params), ...pruned(options) } as JobRequest;
}

/** The parameters and options of a job, to run it again. What belongs to that one run (its time) is left out. */
export function draftOf(job: Job, task: Task | undefined): Draft {
  const options: JsonObject = {};
  if (job.priority !== "normal") {
    options.priority = job.priority;
  }
  const timeout = job.reliability_info?.timeout_seconds;
  if (timeout && timeout !== task?.default_timeout_seconds) {
    options.timeout_seconds = timeout;
  }
  if (job.browser) {
    options.browser = job.browser as JsonObject;
  }
  if (job.record) {
    options.record = job.record as JsonObject;
  }
  if (job.webhook_url) {
    options.webhook_url = job.webhook_url;
  }
  if (job.labels && Object.keys(job.labels).length > 0) {
    options.labels = job.labels as JsonObject;
  }
  return { params: (job.params as JsonObject | undefined) ?? {}, options };
}

/** The options of every job, in the same language as the parameters of a task, so that one form serves both. */
export function optionsSchema(task: Task): Schema {
  const needsBrowser = task.engines.length > 0;
  return {
    type: "object",
    properties: {
      priority: {
        enum: ["low", "normal", "high", "urgent"],
        default: "normal",
        description: "Jobs of a higher priority leave the queue first.",
      },
      timeout_seconds: {
        title: "Timeout in seconds",
        type: "integer",
        minimum: 1,
        description: "How long one attempt may take.",
        ...(task.default_timeout_seconds ? { default: task.default_timeout_seconds } : {}),
      },
      not_before: {
        type: "string",
        format: "date-time",
        description: "Leave empty to start as soon as a worker is free.",
      },
      ...(needsBrowser ? { browser: browserSchema(task) } : {}),
      labels: {
        type: "object",
        additionalProperties: { type: "string" },
        description: "Words of your own to find the job by, for example team: shop.",
      },
    },
  };
}

function browserSchema(task: Task): Schema {
  return {
    type: "object",
    description: "What the browser tells the page about itself.",
    properties: {
      ...(task.engines.length > 1 ? { engine: { enum: [...task.engines], default: task.engines[0]! } } : {}),
      viewport: {
        type: "object",
        description: "Size of the visible part of the page, in CSS pixels.",
        properties: {
          width: { type: "integer", minimum: 1, maximum: 7680 },
          height: { type: "integer", minimum: 1, maximum: 7680 },
        },
        required: ["width", "height"],
      },
      locale: { type: "string", description: "Language and region, for example sv-SE." },
      timezone: { type: "string", description: "For example Europe/Stockholm." },
    },
  };
}

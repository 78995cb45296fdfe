// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { HumanStep, JobEvent, JsonValue } from "../api/types";

/** What a job asks of a person. */
export interface Question {
  stepId: string;
  kind: string;
  prompt: string;
  choices: string[];
  deadline: string;
  /** Where the page is that is to be taken over, as a path of this server; undefined where nothing is. */
  live?: string;
}

/** A code to scan. */
export interface Code {
  picture: string;
  payload: string;
  /** How often the login was begun anew. */
  retries: number;
  expiresAt: string;
}

/** The last question of a job, from its events. */
export function questionIn(events: readonly JobEvent[]): Question | undefined {
  const data = events.findLast(({ event_type }) => event_type === "human_required")?.data as
    | Record<string, unknown>
    | undefined;
  return (
    data && {
      stepId: text(data.step_id),
      kind: text(data.kind),
      prompt: text(data.prompt),
      choices: Array.isArray(data.choices) ? data.choices.map(String) : [],
      deadline: text(data.deadline),
      live: livePath(text(data.kind), tokenOf(text(data.url))),
    }
  );
}

/** The WebSocket of the page behind a link, for the questions that are answered with the page itself. */
export function livePath(kind: string, token: string): string | undefined {
  return kind === "take_over" && token ? `/ws/human/${encodeURIComponent(token)}/live` : undefined;
}

/** Of the link that a person is sent; it may lead by another address of this server. */
function tokenOf(url: string): string {
  return /\/human\/([^/?#]+)/.exec(url)?.[1] ?? "";
}

/** The code that a job shows now; undefined once it has expired. */
export function codeIn(events: readonly JobEvent[], now: number): Code | undefined {
  const event = events.findLast(({ event_type }) => event_type === "qr_code_update");
  return codeOf(event?.data as Record<string, unknown> | undefined, now);
}

export function codeOf(data: Record<string, unknown> | null | undefined, now: number): Code | undefined {
  if (!data || Date.parse(text(data.expires_at)) <= now) {
    return undefined;
  }
  return {
    picture: text(data.qr_code_data),
    payload: text(data.qr_payload),
    retries: typeof data.retry_count === "number" ? data.retry_count : 0,
    expiresAt: text(data.expires_at),
  };
}

export function answerJob(id: string, stepId: string, answer: JsonValue): Promise<HumanStep> {
  return call(`/api/v1/jobs/${encodeURIComponent(id)}/input`, { method: "POST", body: { answer, step_id: stepId } });
}

/** The question behind a link; nobody needs to be signed in. */
export function readLink(token: string, signal?: AbortSignal): Promise<HumanStep> {
  return call(`/api/v1/human/${encodeURIComponent(token)}`, { signal });
}

interface Follower {
  onCode: (code: HumanStep["qr_code"]) => void;
  onChange: () => void;
}

/** Hears each new code at once, and that something else has changed; connects again by itself. Returns what ends it. */
export function followLink(token: string, { onCode, onChange }: Follower): () => void {
  const stream = new EventSource(`/api/v1/human/${encodeURIComponent(token)}`);
  stream.addEventListener("qr_code_update", (event) => onCode((JSON.parse(event.data) as JobEvent).data as HumanStep["qr_code"]));
  stream.addEventListener("changed", onChange);
  stream.addEventListener("open", onChange);
  return () => stream.close();
}

export function answerLink(token: string, answer: JsonValue): Promise<HumanStep> {
  return call(`/api/v1/human/${encodeURIComponent(token)}`, { method: "POST", body: { answer } });
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

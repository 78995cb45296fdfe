// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Capture, CapturedSession, Page, Session, SessionRequest, SessionTimeline, Worker } from "../api/types";
import { countdown } from "../app/format";

export type SessionStatus = Session["status"];

export const STATUSES: Record<SessionStatus, { label: string; tone?: "info" | "success" | "warning" }> = {
  init: { label: "Starting", tone: "info" },
  ready: { label: "Ready", tone: "success" },
  terminating: { label: "Ending", tone: "warning" },
  dead: { label: "Ended" },
};

export function isSessionStatus(word: string): word is SessionStatus {
  return Object.hasOwn(STATUSES, word);
}

/** Whether its browser can be used. */
export function isOpen({ status }: Session): boolean {
  return status === "init" || status === "ready";
}

export function listSessions(status: string, limit: number, cursor?: string): Promise<Page<Session>> {
  return call("/api/v1/sessions", { query: { status, limit, cursor } });
}

export function getSession(id: string, signal?: AbortSignal): Promise<Session> {
  return call(pathOf(id), { signal });
}

/** @param key the same for another try of the same request, so that it opens one session */
export function openSession(request: SessionRequest, key: string): Promise<Session> {
  return call("/api/v1/sessions", { method: "POST", body: request, headers: { "Idempotency-Key": key } });
}

/** Its idle time begins anew. */
export function touchSession(id: string): Promise<Session> {
  return call(`${pathOf(id)}/touch`, { method: "POST" });
}

export function endSession(id: string): Promise<Session> {
  return call(pathOf(id), { method: "DELETE" });
}

export function listWorkers(signal?: AbortSignal): Promise<Worker[]> {
  return call("/api/v1/workers", { signal });
}

/** A picture of its page, small enough for a list. */
export function thumbnailPath(id: string): string {
  return `${pathOf(id)}/screenshot?quality=40`;
}

/** The newest pictures of its page, the oldest first. */
export function listFrames(id: string, signal?: AbortSignal): Promise<SessionTimeline> {
  return call(`${pathOf(id)}/frames`, { query: { limit: 200 }, signal });
}

/** Keeps its cookies and storage under a name. */
export function captureSession(id: string, name: string): Promise<Capture> {
  return call(`${pathOf(id)}/capture`, { method: "POST", body: { name } });
}

export function isCaptureName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name);
}

/** The newest of the caller's. */
export function listCaptured(signal?: AbortSignal): Promise<Page<CapturedSession>> {
  return call("/api/v1/captured-sessions", { query: { limit: 200 }, signal });
}

function pathOf(id: string): string {
  return `/api/v1/sessions/${encodeURIComponent(id)}`;
}

/** Why a session ended, in a sentence, and what its user may do about it. */
export function endOf({ close_reason, idle_ttl_seconds, max_ttl_seconds }: Session): string {
  const reason: string | undefined = close_reason;
  switch (reason) {
    case "deleted":
      return "Somebody terminated it.";
    case "closed_by_client":
      return "A client that was connected told the browser to close. To leave it open, disconnect instead.";
    case "idle":
      return `Nobody used it for ${countdown(idle_ttl_seconds * 1000)}. Launch the next one with a longer idle time, or extend it in time.`;
    case "max_ttl":
      return `It had lived for ${countdown(max_ttl_seconds * 1000)}, the longest that it was allowed.`;
    case "browser_crashed":
      return "Its browser ended by itself. A page that needs too much memory does that; launch another session to try again.";
    case "display_lost":
      return "The display of its window ended by itself. Launch another session to try again.";
    case "start_failed":
      return "Its browser could not be started. The log of its host says why.";
    case "server_stopped":
      return "The server was stopped. Launch another session once it is back.";
    case "host_lost":
      return "Its host died or was not heard of for too long. Launch another session: it goes to another host.";
    default:
      return "It is over.";
  }
}

/** What is left of a session, as long as nobody uses it. */
export function timeLeft({ expires_at }: Session, now: number): string {
  const left = Date.parse(expires_at) - now;
  return left > 0 ? countdown(left) : "Any moment";
}

/** Whether somebody should extend it now, if they still want it. */
export function endsSoon({ expires_at, idle_ttl_seconds }: Session, now: number): boolean {
  return Date.parse(expires_at) - now < Math.min(60_000, idle_ttl_seconds * 300);
}

/** The page of a session as this console reaches it: behind a proxy, the server may not know its own address. */
export function livePath({ live_view_url }: Session): string | undefined {
  if (!live_view_url) {
    return undefined;
  }
  const { pathname, search } = new URL(live_view_url);
  return pathname + search;
}

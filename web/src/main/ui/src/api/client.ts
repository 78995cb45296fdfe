// SPDX-License-Identifier: Apache-2.0
import { currentToken, signOut } from "../security/session";
import { problemOf, unreachable } from "./problem";

export interface Call {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Calls the API as the user who is signed in.
 *
 * @throws ApiProblem for every answer that is not a success; a 401 also signs out
 */
export async function call<T>(path: string, options: Call = {}): Promise<T> {
  const response = await send(path, options, currentToken());
  if (response.status === 401) {
    signOut("Your token is no longer accepted. Sign in again.");
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

/** The bytes behind a path of the API, which a plain link could not fetch: it would not carry the token. */
export async function fetchBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await send(path, { headers: { Accept: "*/*" }, signal }, currentToken());
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response.blob();
}

/** Whether the server accepts a token. @throws ApiProblem when it says neither yes nor no */
export async function accepts(token: string): Promise<boolean> {
  const response = await send("/api/v1/tasks", {}, token);
  if (response.status === 401 || response.status === 403) {
    return false;
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return true;
}

async function send(path: string, { method = "GET", query, body, headers, signal }: Call, token: string | null) {
  const url = new URL(path, window.location.origin);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") {
      url.searchParams.set(name, String(value));
    }
  }
  try {
    return await fetch(url, {
      method,
      signal,
      headers: {
        Accept: "application/json, application/problem+json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw unreachable();
  }
}

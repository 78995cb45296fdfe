// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";

export interface Session {
  token: string | null;
  /** Why the user has to sign in again; null after a sign-out of their own. */
  notice: string | null;
}

const KEY = "drover.token";
const listeners = new Set<() => void>();
let session: Session = { token: stored(), notice: null };

export function currentToken(): string | null {
  return session.token;
}

export function signIn(token: string): void {
  // The tab's own storage: it ends with the tab and no other tab reads it.
  window.sessionStorage.setItem(KEY, token);
  change({ token, notice: null });
}

export function signOut(notice: string | null = null): void {
  if (session.token === null) {
    return;
  }
  window.sessionStorage.removeItem(KEY);
  change({ token: null, notice });
}

export function useSession(): Session {
  return useSyncExternalStore(subscribe, () => session);
}

function change(next: Session): void {
  session = next;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function stored(): string | null {
  return typeof window === "undefined" ? null : window.sessionStorage.getItem(KEY);
}

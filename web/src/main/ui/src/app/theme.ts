// SPDX-License-Identifier: Apache-2.0
import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";

const KEY = "drover.theme";
const DARK_CLASS = "pf-v6-theme-dark";
const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
let choice = stored();

/** Puts the theme on the page and keeps it in step with the system; before the first render, so that nothing flashes. */
export function startTheme(): void {
  apply();
  systemDark.addEventListener("change", apply);
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  if (next === "system") {
    window.localStorage.removeItem(KEY);
  } else {
    window.localStorage.setItem(KEY, next);
  }
  apply();
}

export function useTheme(): { choice: ThemeChoice; dark: boolean } {
  const snapshot = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => `${choice} ${isDark()}`,
  );
  return { choice: snapshot.split(" ")[0] as ThemeChoice, dark: snapshot.endsWith("true") };
}

function isDark(): boolean {
  return choice === "dark" || (choice === "system" && systemDark.matches);
}

function apply(): void {
  document.documentElement.classList.toggle(DARK_CLASS, isDark());
  document.documentElement.style.colorScheme = isDark() ? "dark" : "light";
  listeners.forEach((listener) => listener());
}

function stored(): ThemeChoice {
  const value = window.localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

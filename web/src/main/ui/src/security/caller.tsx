// SPDX-License-Identifier: Apache-2.0
import { createContext, type ReactNode, useContext } from "react";
import { call } from "../api/client";
import type { Me } from "../api/types";
import { useResource } from "../api/useResource";

/** Roles may be given and taken while somebody is signed in. */
const REFRESH_MS = 30_000;

const Context = createContext<Me | undefined>(undefined);

export function CallerProvider({ children }: { children: ReactNode }) {
  const { value } = useResource("me", (signal) => call<Me>("/api/v1/me", { signal }), REFRESH_MS);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** Who is signed in; undefined until the server has said so. */
export function useCaller(): Me | undefined {
  return useContext(Context);
}

/** Whether the caller may see and steer what belongs to all; undefined until the server has said so. */
export function useIsOperator(): boolean | undefined {
  return useCaller()?.roles?.includes("admin");
}

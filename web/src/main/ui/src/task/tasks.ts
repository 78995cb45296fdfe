// SPDX-License-Identifier: Apache-2.0
import { call } from "../api/client";
import type { Page, Task } from "../api/types";
import { type Resource, useResource } from "../api/useResource";

let known: Promise<Task[]> | undefined;

/** The tasks of the server. They change only when it restarts, so they are asked for once a visit. */
export function loadTasks(): Promise<Task[]> {
  known ??= call<Page<Task>>("/api/v1/tasks").then((page) => page.items);
  known.catch(() => (known = undefined));
  return known;
}

export function useTasks(): Resource<Task[]> {
  return useResource("tasks", loadTasks);
}

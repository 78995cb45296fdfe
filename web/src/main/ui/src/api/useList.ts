// SPDX-License-Identifier: Apache-2.0
import { useState } from "react";
import type { Problem } from "./problem";
import type { Page } from "./types";
import { useResource } from "./useResource";

export interface List<T> {
  items: T[] | undefined;
  /** Whether the server has more than is shown. */
  hasMore: boolean;
  problem: Problem | undefined;
  isLoadingMore: boolean;
  loadMore: () => void;
  reload: () => void;
}

type PageOf<T> = (limit: number, cursor?: string) => Promise<Page<T>>;

const PAGE = 25;
const LARGEST_PAGE = 200;

/** The first items of a list of the API, read again every `everyMs`. Another `key` begins with the first page. */
export function useList<T extends { id: string }>(key: string, pageOf: PageOf<T>, everyMs: number): List<T> {
  const [wish, setWish] = useState({ key, count: PAGE });
  const count = wish.key === key ? wish.count : PAGE;
  const load = async () => ({ ...(await firstOf(pageOf, count)), asked: count });
  const { value, problem, reload } = useResource(key, load, everyMs);
  return {
    items: value?.items,
    hasMore: value?.next !== undefined,
    problem,
    isLoadingMore: problem === undefined && value !== undefined && value.asked < count,
    loadMore: () => {
      setWish({ key, count: count + PAGE });
      reload();
    },
    reload,
  };
}

/** The first `count` items of a list, in as few pages as the API allows; each once, also when new ones push in. */
export async function firstOf<T extends { id: string }>(
  pageOf: PageOf<T>,
  count: number,
): Promise<{ items: T[]; next?: string }> {
  const items = new Map<string, T>();
  let next: string | undefined;
  do {
    const page = await pageOf(Math.min(LARGEST_PAGE, count - items.size), next);
    const known = items.size;
    page.items.forEach((item) => items.set(item.id, item));
    next = items.size > known ? (page.next_cursor ?? undefined) : undefined;
  } while (next && items.size < count);
  return { items: [...items.values()], next };
}

// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Page } from "./types";
import { firstOf } from "./useList";

test("as many pages are read as are asked for", async () => {
  const server = new FakeList(500);

  const { items, next } = await firstOf(server.pageOf, 225);

  expect(items.map(({ id }) => id)).toEqual(server.all.slice(0, 225).map(({ id }) => id));
  expect(next).toBe("225");
  expect(server.limits).toEqual([200, 25]);
});

test("a short list is read at once and has no next page", async () => {
  const { items, next } = await firstOf(new FakeList(3).pageOf, 25);

  expect(items).toHaveLength(3);
  expect(next).toBeUndefined();
});

test("an item that a new one pushed to the next page is there once", async () => {
  const server = new FakeList(300);
  const pageOf = async (limit: number, cursor?: string) => {
    const page = await server.pageOf(limit, cursor);
    server.all.unshift({ id: "new" });
    return page;
  };

  const { items } = await firstOf(pageOf, 250);

  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});

/** Pages by place, as a list without stable cursors would have them. */
class FakeList {
  all: { id: string }[];
  limits: number[] = [];

  constructor(size: number) {
    this.all = Array.from({ length: size }, (_, i) => ({ id: String(i) }));
  }

  pageOf = (limit: number, cursor = "0"): Promise<Page<{ id: string }>> => {
    this.limits.push(limit);
    const end = Number(cursor) + limit;
    const items = this.all.slice(Number(cursor), end);
    return Promise.resolve({ items, next_cursor: end < this.all.length ? String(end) : null });
  };
}

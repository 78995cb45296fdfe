// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Thumbnails } from "./thumbnails";

const PICTURE = new Blob(["jpeg"]);

let asked: string[];
let isVisible: boolean;
let answer: (id: string) => Promise<Blob>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  isVisible = true;
  answer = async () => PICTURE;
});

afterEach(() => {
  vi.useRealTimers();
});

test("pictures are taken one after the other, and again when they are old", async () => {
  const thumbnails = made();
  thumbnails.watch("a", () => {});
  thumbnails.watch("b", () => {});

  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(8_900);
  expect(asked).toEqual(["a", "b"]);
  await vi.advanceTimersByTimeAsync(2_100);
  expect(asked).toEqual(["a", "b", "a", "b"]);
});

test("no second picture is asked for while one is on its way", async () => {
  let arrive: (picture: Blob) => void = () => {};
  answer = () => new Promise((resolve) => (arrive = resolve));
  const thumbnails = made();
  const seen: (Blob | undefined)[] = [];
  thumbnails.watch("a", (picture) => seen.push(picture));
  thumbnails.watch("b", () => {});

  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual(["a"]);
  arrive(PICTURE);
  await vi.advanceTimersByTimeAsync(1_000);

  expect(seen).toEqual([PICTURE]);
  expect(asked).toEqual(["a", "b"]);
});

test("while nobody looks there are none, and then they come at once", async () => {
  isVisible = false;
  made().watch("a", () => {});

  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  isVisible = true;
  await vi.advanceTimersByTimeAsync(1_000);

  expect(asked).toEqual(["a"]);
});

test("a session without a picture says so, and is asked again as late as others", async () => {
  answer = () => Promise.reject(new Error("busy"));
  const seen: (Blob | undefined)[] = [];
  made().watch("a", (picture) => seen.push(picture));

  await vi.advanceTimersByTimeAsync(9_000);
  expect(seen).toEqual([undefined]);
  await vi.advanceTimersByTimeAsync(2_000);

  expect(seen).toEqual([undefined, undefined]);
});

test("who is no longer looked at is no longer asked, and hears of nothing", async () => {
  let arrive: (picture: Blob) => void = () => {};
  answer = () => new Promise((resolve) => (arrive = resolve));
  const seen: (Blob | undefined)[] = [];
  const stop = made().watch("a", (picture) => seen.push(picture));
  await vi.advanceTimersByTimeAsync(0);

  stop();
  arrive(PICTURE);
  await vi.advanceTimersByTimeAsync(60_000);

  expect(seen).toEqual([]);
  expect(asked).toEqual(["a"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("who is looked at again after a while is asked again", async () => {
  const thumbnails = made();
  thumbnails.watch("a", () => {})();
  await vi.advanceTimersByTimeAsync(100);
  thumbnails.watch("a", () => {});

  await vi.advanceTimersByTimeAsync(1_000);

  expect(asked).toEqual(["a"]);
});

function made(): Thumbnails {
  return new Thumbnails({
    fetch: (id) => {
      asked.push(id);
      return answer(id);
    },
    isVisible: () => isVisible,
    everyMs: 10_000,
    pauseMs: 1_000,
  });
}

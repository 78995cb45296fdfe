// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { urlMistake } from "./url";

test("an address that cannot be used is told before it is sent", () => {
  expect(urlMistake("https://shop.example.com/hook?a=b")).toBeUndefined();
  expect(urlMistake("http://10.0.0.1/")).toBeUndefined();
  expect(urlMistake("")).toMatch(/https/);
  expect(urlMistake("shop.example.com")).toMatch(/https/);
  expect(urlMistake("ftp://shop.example.com/")).toMatch(/https/);
  expect(urlMistake("https://me:secret@shop.example.com/")).toMatch(/password/);
});

// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from "vitest";
import {
  addressOf,
  ALT,
  buttonOf,
  ClickCounter,
  CONTROL,
  heldButton,
  keySaid,
  META,
  modifiersOf,
  nearestInPage,
  pointInPage,
  SHIFT,
  told,
  wheelPixels,
} from "./protocol";

const NONE = { altKey: false, ctrlKey: false, metaKey: false, shiftKey: false };

test("what the server says is read, and what a newer one may say is passed over", () => {
  expect(told('{"type":"size","width":1280,"height":720}')).toEqual({ type: "size", width: 1280, height: 720 });
  expect(told('{"type":"confetti"}')).toBeUndefined();
  expect(told("{}")).toBeUndefined();
});

describe("points", () => {
  const page = { width: 1280, height: 720 };

  test("a picture that fills its box is only scaled", () => {
    expect(pointInPage({ x: 320, y: 180 }, { width: 640, height: 360 }, page, page)).toEqual({ x: 640, y: 360 });
  });

  test("what lies beside a picture that is narrower than its box is no point of the page", () => {
    const box = { width: 1000, height: 450 }; // The picture is 800 wide, with 100 on each side.

    expect(pointInPage({ x: 99, y: 10 }, box, page, page)).toBeUndefined();
    expect(pointInPage({ x: 100, y: 0 }, box, page, page)).toEqual({ x: 0, y: 0 });
    expect(pointInPage({ x: 500, y: 225 }, box, page, page)).toEqual({ x: 640, y: 360 });
    expect(pointInPage({ x: 900, y: 225 }, box, page, page)).toBeUndefined();
  });

  test("what lies above and below a picture that is flatter than its box is no point of the page", () => {
    const box = { width: 640, height: 500 }; // The picture is 360 high, with 70 above and below.

    expect(pointInPage({ x: 10, y: 69 }, box, page, page)).toBeUndefined();
    expect(pointInPage({ x: 320, y: 250 }, box, page, page)).toEqual({ x: 640, y: 360 });
    expect(pointInPage({ x: 10, y: 430 }, box, page, page)).toBeUndefined();
  });

  test("a picture smaller than the page is scaled to the page", () => {
    const phone = { width: 400, height: 800 };
    const picture = { width: 360, height: 720 };

    expect(pointInPage({ x: 90, y: 180 }, { width: 180, height: 360 }, picture, phone)).toEqual({ x: 200, y: 400 });
  });

  test("a drag that leaves the picture stays at its edge", () => {
    const box = { width: 1000, height: 450 };

    expect(nearestInPage({ x: 2000, y: -5 }, box, page, page)).toEqual({ x: 1279, y: 0 });
    expect(nearestInPage({ x: 0, y: 900 }, box, page, page)).toEqual({ x: 0, y: 719 });
  });
});

describe("keys", () => {
  test("a letter is said with its code and its modifiers", () => {
    expect(keySaid("down", { ...NONE, shiftKey: true, key: "A", code: "KeyA", keyCode: 65 }, false)).toEqual({
      type: "key",
      event: "down",
      key: "A",
      code: "KeyA",
      key_code: 65,
      modifiers: SHIFT,
    });
  });

  test("the command key of a Mac is Control in the page", () => {
    const command = { ...NONE, metaKey: true, key: "Meta", code: "MetaLeft", keyCode: 91 };

    expect(keySaid("down", command, true)).toMatchObject({
      key: "Control",
      code: "ControlLeft",
      key_code: 17,
      modifiers: CONTROL,
    });
    expect(keySaid("down", { ...NONE, metaKey: true, key: "a", code: "KeyA", keyCode: 65 }, true)).toMatchObject({
      key: "a",
      modifiers: CONTROL,
    });
    expect(modifiersOf({ ...NONE, metaKey: true }, false)).toBe(META);
  });

  test("what AltGr types is the key alone, though Windows says Control and Alt", () => {
    const altGr = { ...NONE, ctrlKey: true, altKey: true, getModifierState: (name: string) => name === "AltGraph" };

    expect(modifiersOf(altGr, false)).toBe(0);
    expect(modifiersOf({ ...NONE, ctrlKey: true, altKey: true }, false)).toBe(CONTROL | ALT);
  });

  test.each([
    { key: "Dead", code: "BracketRight", keyCode: 221 },
    { key: "Process", code: "KeyA", keyCode: 229 },
    { key: "Unidentified", code: "", keyCode: 229 },
    { key: "a", code: "KeyA", keyCode: 65, isComposing: true },
  ])("a part of a composition is no key: $key", (press) => {
    expect(keySaid("down", { ...NONE, ...press }, false)).toBeUndefined();
  });
});

test("buttons have names", () => {
  expect([0, 1, 2, 3].map(buttonOf)).toEqual(["left", "middle", "right", "none"]);
  expect([0, 1, 2, 4, 3].map(heldButton)).toEqual(["none", "left", "right", "middle", "left"]);
});

test("a wheel turns pixels, lines or pages", () => {
  expect(wheelPixels(3, 0, 720)).toBe(3);
  expect(wheelPixels(3, 1, 720)).toBe(120);
  expect(wheelPixels(-1, 2, 720)).toBe(-720);
});

test("clicks count up to three at one place with one button, while they follow fast", () => {
  const clicks = new ClickCounter();
  const here = { x: 10, y: 10 };

  expect([clicks.press(here, 0, 0), clicks.press(here, 0, 200), clicks.press(here, 0, 400)]).toEqual([1, 2, 3]);
  expect(clicks.press(here, 0, 600)).toBe(1);
  expect(clicks.press({ x: 30, y: 10 }, 0, 700)).toBe(1);
  expect(clicks.press({ x: 30, y: 10 }, 2, 800)).toBe(1);
  expect(clicks.press({ x: 30, y: 10 }, 2, 1400)).toBe(1);
  expect(clicks.count).toBe(1);
});

test.each([
  ["example.com", "https://example.com"],
  [" https://example.com/a ", "https://example.com/a"],
  ["HTTP://example.com", "HTTP://example.com"],
  ["localhost:8080/x", "http://localhost:8080/x"],
  ["127.0.0.1:9080", "http://127.0.0.1:9080"],
  ["localhost.example.com", "https://localhost.example.com"],
  ["about:blank", "about:blank"],
  ["file:///etc/passwd", "file:///etc/passwd"],
])("the address of %s", (text, address) => {
  expect(addressOf(text)).toBe(address);
});

// SPDX-License-Identifier: Apache-2.0
// What the server and a viewer of a live page say to each other. Pictures come as JPEGs between the texts.

/** What the server says. */
export type Told =
  /** Of the visible part of the page, in CSS pixels; the pictures may be smaller. */
  | { type: "size"; width: number; height: number }
  | { type: "page"; url: string; title: string }
  | { type: "control"; yours: boolean }
  /** The answer to `copy`. */
  | { type: "clipboard"; text: string }
  | { type: "error"; message: string };

export type Button = "none" | "left" | "middle" | "right";

export interface MouseSaid {
  type: "mouse";
  event: "move" | "down" | "up" | "wheel";
  x: number;
  y: number;
  modifiers: number;
  button: Button;
  /** As in DOM events: 1 left, 2 right, 4 middle. */
  buttons: number;
  clicks: number;
  delta_x?: number;
  delta_y?: number;
}

export interface KeySaid {
  type: "key";
  event: "down" | "up";
  key: string;
  code: string;
  key_code: number;
  modifiers: number;
}

export interface TouchSaid {
  type: "touch";
  event: "start" | "move" | "end" | "cancel";
  points: (Point & { id: number })[];
  modifiers: number;
}

/** What a viewer says. Only who is in control is heard, except for `take_control`. */
export type Said =
  | MouseSaid
  | KeySaid
  | TouchSaid
  | { type: "text"; text: string }
  | { type: "goto"; url: string }
  | { type: "reload" | "back" | "forward" | "copy" | "take_control" };

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

/** More than this is not typed at once. */
export const LONGEST_TEXT = 100_000;

const TOLD: ReadonlySet<string> = new Set(["size", "page", "control", "clipboard", "error"] satisfies Told["type"][]);

/** Undefined for what this console does not know: a newer server may say more. */
export function told(text: string): Told | undefined {
  const message = JSON.parse(text) as { type?: unknown };
  return typeof message.type === "string" && TOLD.has(message.type) ? (message as Told) : undefined;
}

export const ALT = 1;
export const CONTROL = 2;
export const META = 4;
export const SHIFT = 8;

interface WithModifiers {
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  getModifierState?: (name: string) => boolean;
}

/**
 * The page's browser runs on Linux, so the command key of a Mac stands for Control there. AltGr is no modifier: Windows
 * says Control and Alt with it, and what it types is the key itself.
 */
export function modifiersOf(event: WithModifiers, isMac: boolean): number {
  const isAltGr = event.getModifierState?.("AltGraph") ?? false;
  return (
    (event.altKey && !isAltGr ? ALT : 0) |
    ((event.ctrlKey && !isAltGr) || (isMac && event.metaKey) ? CONTROL : 0) |
    (event.metaKey && !isMac ? META : 0) |
    (event.shiftKey ? SHIFT : 0)
  );
}

interface KeyPress extends WithModifiers {
  key: string;
  code: string;
  keyCode: number;
  isComposing?: boolean;
}

/** Undefined for what is no key: parts of a composition, dead keys, and keys of virtual keyboards without names. */
export function keySaid(event: "down" | "up", press: KeyPress, isMac: boolean): KeySaid | undefined {
  const { key, code, keyCode, isComposing } = press;
  if (isComposing || keyCode === COMPOSING || key === "Dead" || key === "Process" || key === "Unidentified" || !key) {
    return undefined;
  }
  const asControl = isMac && key === "Meta";
  return {
    type: "key",
    event,
    key: asControl ? "Control" : key,
    code: asControl ? code.replace("Meta", "Control") : code,
    key_code: asControl ? CONTROL_CODE : keyCode,
    modifiers: modifiersOf(press, isMac),
  };
}

const COMPOSING = 229;
const CONTROL_CODE = 17;

/** A key pressed and let go that no keyboard pressed. */
export function stroke(key: "Backspace" | "Delete" | "Enter"): KeySaid[] {
  const codes = { Backspace: 8, Delete: 46, Enter: 13 };
  const press = { type: "key", key, code: key, key_code: codes[key], modifiers: 0 } as const;
  return [
    { ...press, event: "down" },
    { ...press, event: "up" },
  ];
}

const BUTTONS: readonly Button[] = ["left", "middle", "right"];

export function buttonOf(number: number): Button {
  return BUTTONS[number] ?? "none";
}

/** The button that is held while the mouse moves. */
export function heldButton(buttons: number): Button {
  return buttons & 1 ? "left" : buttons & 2 ? "right" : buttons & 4 ? "middle" : "none";
}

/**
 * Where a point of the screen is in the page. The picture lies in the middle of its box, as large as it fits.
 *
 * @param at a point of the box, from its upper left corner
 * @return undefined beside the picture
 */
export function pointInPage(at: Point, box: Size, picture: Size, page: Size): Point | undefined {
  const share = shareOf(at, box, picture);
  const isInside = share.x >= 0 && share.x < 1 && share.y >= 0 && share.y < 1;
  return isInside ? { x: share.x * page.width, y: share.y * page.height } : undefined;
}

/** As {@link pointInPage}, and the nearest point of the page for one beside it: a drag may leave the picture. */
export function nearestInPage(at: Point, box: Size, picture: Size, page: Size): Point {
  const share = shareOf(at, box, picture);
  return {
    x: Math.min(Math.max(share.x * page.width, 0), page.width - 1),
    y: Math.min(Math.max(share.y * page.height, 0), page.height - 1),
  };
}

/** Where a point is in the picture, from 0 to 1 each way. */
function shareOf(at: Point, box: Size, picture: Size): Point {
  const scale = Math.min(box.width / picture.width, box.height / picture.height);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (at.x - (box.width - width) / 2) / width, y: (at.y - (box.height - height) / 2) / height };
}

const LINE_PIXELS = 40;

/** What a wheel turns, in pixels of the page. `deltaMode`: 0 pixels, 1 lines, 2 pages. */
export function wheelPixels(delta: number, deltaMode: number, pageLength: number): number {
  return deltaMode === 1 ? delta * LINE_PIXELS : deltaMode === 2 ? delta * pageLength : delta;
}

const DOUBLE_CLICK_MS = 500;
const DOUBLE_CLICK_PIXELS = 5;

/** Counts clicks that follow each other fast at the same place: 1, 2, 3, and then 1 again. */
export class ClickCounter {
  private last: { at: Point; button: number; time: number; count: number } | undefined;

  press(at: Point, button: number, time: number): number {
    const last = this.last;
    const follows =
      last !== undefined &&
      last.button === button &&
      last.count < 3 &&
      time - last.time < DOUBLE_CLICK_MS &&
      Math.hypot(at.x - last.at.x, at.y - last.at.y) <= DOUBLE_CLICK_PIXELS;
    const count = follows ? last.count + 1 : 1;
    this.last = { at, button, time, count };
    return count;
  }

  /** Of the press before. */
  get count(): number {
    return this.last?.count ?? 1;
  }
}

/**
 * What somebody wrote into the address field, as an address; `example.com` is one of https, and this machine of http.
 * What has another scheme stays as it is: the server says which it takes.
 */
export function addressOf(text: string): string {
  const trimmed = text.trim();
  if (/^([a-z][a-z0-9+.-]*:\/\/|about:)/i.test(trimmed)) {
    return trimmed;
  }
  return /^(localhost|127(\.\d+){3}|\[::1\])(?=[:/?#]|$)/i.test(trimmed) ? `http://${trimmed}` : `https://${trimmed}`;
}

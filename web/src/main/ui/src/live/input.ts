// SPDX-License-Identifier: Apache-2.0
import {
  type Button,
  buttonOf,
  ClickCounter,
  CONTROL,
  heldButton,
  keySaid,
  type KeySaid,
  META,
  modifiersOf,
  type MouseSaid,
  nearestInPage,
  type Point,
  pointInPage,
  type Said,
  type Size,
  stroke,
  wheelPixels,
} from "./protocol";

/** Two presses of Escape within this time give the keyboard back. */
const TWICE_MS = 600;
const IS_MAC = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);

export interface InputOptions {
  /** What shows the page. */
  canvas: HTMLCanvasElement;
  /** What has the keyboard while the page is used: a text field, so that compositions and virtual keyboards work. */
  keyboard: HTMLTextAreaElement;
  isInControl: () => boolean;
  /** Of the page; undefined before the first picture. */
  pageSize: () => Size | undefined;
  say: (said: Said) => void;
  paste: (text: string) => void;
  /** Somebody pressed Escape twice. */
  onLeave: () => void;
}

/** Says what mouse, wheel, fingers and keys do to the canvas, while its viewer is in control. Returns how to stop. */
export function listen(options: InputOptions): () => void {
  const stops = [listenToMouse(options), listenToFingers(options), listenToKeys(options)];
  return () => stops.forEach((stop) => stop());
}

function listenToMouse({ canvas, keyboard, isInControl, pageSize, say }: InputOptions): () => void {
  const on = new Listeners();
  const clicks = new ClickCounter();
  let isHeld = false;
  let waiting: MouseSaid | undefined;
  let frame = 0;

  const flush = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    if (waiting) {
      say(waiting);
      waiting = undefined;
    }
  };
  /** Moves and turns of the wheel come more often than anybody can see: one for each frame is enough. */
  const sayInTime = (said: MouseSaid) => {
    if (waiting?.event === "wheel" && said.event === "wheel") {
      said.delta_x = (said.delta_x ?? 0) + (waiting.delta_x ?? 0);
      said.delta_y = (said.delta_y ?? 0) + (waiting.delta_y ?? 0);
    } else if (waiting && waiting.event !== said.event) {
      flush();
    }
    waiting = said;
    frame ||= requestAnimationFrame(flush);
  };
  const mouse = (event: MouseEvent, kind: MouseSaid["event"], button: Button, count: number): MouseSaid | undefined => {
    const at = isHeld ? nearest(canvas, event, pageSize()) : inside(canvas, event, pageSize());
    return (
      at && {
        type: "mouse",
        event: kind,
        ...at,
        modifiers: modifiersOf(event, IS_MAC),
        button,
        buttons: event.buttons,
        clicks: count,
      }
    );
  };

  on.to(canvas, "pointerdown", (event) => {
    if (event.pointerType === "touch" || !isInControl()) {
      return;
    }
    // Else the canvas would take the focus from the field that has the keyboard.
    event.preventDefault();
    keyboard.focus({ preventScroll: true });
    const at = inside(canvas, event, pageSize());
    const said = at && mouse(event, "down", buttonOf(event.button), clicks.press(at, event.button, event.timeStamp));
    if (said) {
      flush();
      canvas.setPointerCapture(event.pointerId);
      isHeld = true;
      say(said);
    }
  });
  on.to(canvas, "pointermove", (event) => {
    if (event.pointerType === "touch" || !isInControl()) {
      return;
    }
    const said = mouse(event, "move", heldButton(event.buttons), 0);
    if (said) {
      sayInTime(said);
    }
  });
  on.to(canvas, "pointerup", (event) => {
    if (!isHeld) {
      return;
    }
    const said = mouse(event, "up", buttonOf(event.button), clicks.count);
    isHeld = false;
    if (said && isInControl()) {
      flush();
      say(said);
    }
  });
  on.to(canvas, "pointercancel", () => (isHeld = false));
  on.to(canvas, "mousedown", (event) => event.preventDefault());
  on.to(canvas, "contextmenu", (event) => isInControl() && event.preventDefault());
  on.to(canvas, "wheel", (event) => {
    const page = pageSize();
    if (!isInControl() || !page || event.ctrlKey) {
      return; // With Control, it zooms the console.
    }
    const said = mouse(event, "wheel", "none", 0);
    if (said) {
      event.preventDefault();
      said.delta_x = wheelPixels(event.deltaX, event.deltaMode, page.width);
      said.delta_y = wheelPixels(event.deltaY, event.deltaMode, page.height);
      sayInTime(said);
    }
  });
  return () => {
    cancelAnimationFrame(frame);
    on.stop();
  };
}

function listenToFingers({ canvas, isInControl, pageSize, say }: InputOptions): () => void {
  const on = new Listeners();
  const finger = (event: TouchEvent, kind: "start" | "move" | "end" | "cancel") => {
    if (!isInControl()) {
      return;
    }
    const points = [...event.targetTouches].flatMap((touch) => {
      const at = nearest(canvas, touch, pageSize());
      return at ? [{ ...at, id: touch.identifier }] : [];
    });
    if (event.cancelable) {
      event.preventDefault();
    }
    // As long as one finger is left, a lifted one is a move of the others.
    const isMove = (kind === "end" || kind === "cancel") && points.length > 0;
    say({ type: "touch", event: isMove ? "move" : kind, points, modifiers: modifiersOf(event, IS_MAC) });
  };
  on.to(canvas, "touchstart", (event) => finger(event, "start"));
  on.to(canvas, "touchmove", (event) => finger(event, "move"));
  on.to(canvas, "touchend", (event) => finger(event, "end"));
  on.to(canvas, "touchcancel", (event) => finger(event, "cancel"));
  return () => on.stop();
}

function listenToKeys({ keyboard, isInControl, say, paste, onLeave }: InputOptions): () => void {
  const on = new Listeners();
  const pressed = new Map<string, KeySaid>();
  let lastEscape = -TWICE_MS;

  on.to(keyboard, "keydown", (event) => {
    if (event.key === "Escape" && !event.repeat) {
      const isSecond = event.timeStamp - lastEscape < TWICE_MS;
      lastEscape = isSecond ? -TWICE_MS : event.timeStamp;
      if (isSecond) {
        event.preventDefault();
        onLeave();
        return;
      }
    }
    if (!isInControl() || isOfTheBrowser(event)) {
      return;
    }
    const said = keySaid("down", event, IS_MAC);
    if (!said) {
      return;
    }
    const isShortcut = (said.modifiers & (CONTROL | META)) !== 0;
    const letter = said.key.toLowerCase();
    if (isShortcut && letter === "v") {
      return; // The text comes with the event of the paste.
    }
    event.preventDefault();
    if (letter === "f5" || (isShortcut && letter === "r")) {
      say({ type: "reload" });
      return;
    }
    if (isShortcut && (letter === "c" || letter === "x")) {
      say({ type: "copy" });
    }
    pressed.set(event.code, said);
    say(said);
  });
  on.to(keyboard, "keyup", (event) => {
    const said = keySaid("up", event, IS_MAC);
    if (said && pressed.delete(event.code) && isInControl()) {
      event.preventDefault();
      say(said);
    }
  });
  on.to(keyboard, "blur", () => {
    // Whatever is held is let go, or the page would go on to see it held.
    pressed.forEach((said) => say({ ...said, event: "up", modifiers: 0 }));
    pressed.clear();
  });
  on.to(keyboard, "paste", (event) => {
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (isInControl() && text) {
      paste(text);
    }
  });
  on.to(keyboard, "input", (event) => {
    // What was not said as keys: compositions, dead keys, and virtual keyboards.
    const { isComposing, inputType, data } = event as InputEvent;
    if (isComposing || inputType === "insertCompositionText" || inputType === "insertFromComposition") {
      return;
    }
    keyboard.value = "";
    if (!isInControl()) {
      return;
    }
    if (inputType === "deleteContentBackward") {
      stroke("Backspace").forEach(say);
    } else if (inputType === "insertLineBreak" || inputType === "insertParagraph") {
      stroke("Enter").forEach(say);
    } else if (data) {
      say({ type: "text", text: data });
    }
  });
  on.to(keyboard, "compositionend", (event) => {
    // Browsers differ in whether the last input of a composition comes before its end: its end is the same in all.
    keyboard.value = "";
    if (isInControl() && event.data) {
      say({ type: "text", text: event.data });
    }
  });
  return () => on.stop();
}

/** Full screen and the developer tools of whoever watches stay theirs. */
function isOfTheBrowser({ key }: KeyboardEvent): boolean {
  return key === "F11" || key === "F12";
}

type Place = { clientX: number; clientY: number };

function inside(canvas: HTMLCanvasElement, at: Place, page: Size | undefined): Point | undefined {
  return page && pointInPage(...placed(canvas, at), page);
}

function nearest(canvas: HTMLCanvasElement, at: Place, page: Size | undefined): Point | undefined {
  return page && nearestInPage(...placed(canvas, at), page);
}

function placed(canvas: HTMLCanvasElement, { clientX, clientY }: Place): [Point, Size, Size] {
  const box = canvas.getBoundingClientRect();
  return [{ x: clientX - box.left, y: clientY - box.top }, box, { width: canvas.width, height: canvas.height }];
}

/** Listeners of the DOM itself: React's own cannot keep a wheel or a finger from scrolling the console. */
class Listeners {
  private readonly abort = new AbortController();

  to<K extends keyof HTMLElementEventMap>(
    element: HTMLElement,
    type: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void {
    element.addEventListener(type, listener, { passive: false, signal: this.abort.signal });
  }

  stop(): void {
    this.abort.abort();
  }
}

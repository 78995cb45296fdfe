// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Connection, LiveSocket } from "./LiveSocket";

let sockets: FakeWebSocket[];
let connections: Connection[];
let messages: (string | Blob)[];
let refused: number;

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  connections = [];
  messages = [];
  refused = 0;
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.stubGlobal("location", { href: "https://drover.example/jobs" });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the token travels as a sub-protocol, not in the address", () => {
  open("abc-123");

  expect(sockets[0]?.url).toBe("wss://drover.example/ws/events");
  expect(sockets[0]?.protocols).toEqual(["drover.bearer", "abc-123"]);
});

test("a token that no sub-protocol can be goes into the query", () => {
  open("a/b=");

  expect(sockets[0]?.url).toBe("wss://drover.example/ws/events?token=a%2Fb%3D");
});

test("a lost connection says when it retries, retries, and counts from the start after a success", () => {
  open();
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.({ code: 1006 });
  expect(connections.at(-1)).toMatchObject({ state: "lost" });

  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
  expect(connections.at(-1)).toEqual({ state: "lost", retryAt: null });
  sockets[1]?.onclose?.({ code: 1006 });
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(3);

  sockets[2]?.onopen?.();
  expect(connections.at(-1)).toEqual({ state: "open" });
  sockets[2]?.onclose?.({ code: 1012 });
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(4);
});

test("a normal close is the end", () => {
  open();
  sockets[0]?.onopen?.();
  sockets[0]?.onclose?.({ code: 1000 });

  vi.advanceTimersByTime(60_000);

  expect(connections.at(-1)).toEqual({ state: "ended" });
  expect(sockets).toHaveLength(1);
});

test("a refused token is reported and not tried again", () => {
  open();
  sockets[0]?.onclose?.({ code: 4001 });

  vi.advanceTimersByTime(60_000);

  expect(refused).toBe(1);
  expect(sockets).toHaveLength(1);
});

test("a peer that answers no ping is given up", () => {
  open();
  sockets[0]?.onopen?.();

  vi.advanceTimersByTime(20_000);
  expect(sockets[0]?.sent).toEqual(["ping"]);
  sockets[0]?.onmessage?.({ data: "pong" });
  vi.advanceTimersByTime(20_000);
  expect(sockets).toHaveLength(1);
  vi.advanceTimersByTime(10_000);

  expect(connections.at(-1)).toMatchObject({ state: "lost" });
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
});

test("messages arrive as they came, and pongs do not", () => {
  const picture = new Blob(["jpeg"]);
  open();
  sockets[0]?.onopen?.();
  sockets[0]?.onmessage?.({ data: "pong" });
  sockets[0]?.onmessage?.({ data: '{"event_type":"log","seq":4}' });
  sockets[0]?.onmessage?.({ data: picture });

  expect(messages).toEqual(['{"event_type":"log","seq":4}', picture]);
});

test("what is said reaches an open connection only", () => {
  const live = open();
  live.send("too early");
  sockets[0]!.readyState = 1;
  live.send("in time");

  expect(sockets[0]?.sent).toEqual(["in time"]);
});

test("an address that opens itself is used as it is, and a refusal of it is an end with its reason", () => {
  new LiveSocket({
    path: () => "wss://other.example/ws/sessions/7/live?token=abc",
    onMessage: () => {},
    onConnection: (connection) => connections.push(connection),
  });
  sockets[0]?.onclose?.({ code: 4001, reason: "This needs the token of the session." });

  expect(sockets[0]?.url).toBe("wss://other.example/ws/sessions/7/live?token=abc");
  expect(sockets[0]?.protocols).toBeUndefined();
  expect(connections.at(-1)).toEqual({ state: "ended", reason: "This needs the token of the session." });
});

test("a closed socket stays closed", () => {
  const live = open();
  sockets[0]?.onopen?.();

  live.close();
  sockets[0]?.onclose?.({ code: 1006 });
  vi.advanceTimersByTime(60_000);

  expect(sockets).toHaveLength(1);
  expect(connections.at(-1)).toEqual({ state: "open" });
});

function open(token = "t"): LiveSocket {
  return new LiveSocket({
    path: () => "/ws/events",
    token,
    onMessage: (message) => messages.push(message),
    onConnection: (connection) => connections.push(connection),
    onRefused: () => refused++,
  });
}

class FakeWebSocket {
  static readonly OPEN = 1;
  readonly url: string;
  readyState = 0;
  sent: string[] = [];
  onopen?: () => void;
  onmessage?: (message: { data: string | Blob }) => void;
  onclose?: (event: { code: number; reason?: string }) => void;

  constructor(
    url: URL,
    readonly protocols?: string[],
  ) {
    this.url = String(url);
    sockets.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {}
}

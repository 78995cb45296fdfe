// SPDX-License-Identifier: Apache-2.0
import { backoffMs } from "./backoff";

/**
 * `connecting` is the first time only: once lost, a connection counts as lost until it is open again, with the time of
 * the next attempt or null during one. `ended`: the server said that nothing more will come, and perhaps why.
 */
export type Connection =
  | { state: "connecting" }
  | { state: "open" }
  | { state: "lost"; retryAt: number | null }
  | { state: "ended"; reason?: string };

export interface LiveSocketOptions {
  /** A path here or an address; asked before every attempt, so that a reconnect can ask for what came since. */
  path: () => string;
  /** Left out where the path carries what opens it. */
  token?: string;
  /** A message as it came: a text, or bytes. */
  onMessage: (message: string | Blob) => void;
  onConnection: (connection: Connection) => void;
  /** The server does not accept the token; where nobody listens, that is an end like any other. */
  onRefused?: () => void;
}

const PROTOCOL = "drover.bearer";
const PING_EVERY_MS = 20_000;
const SILENCE_MS = 10_000;
const CLOSE_NORMAL = 1000;
/** From here on the server says what is wrong with the request, and asking again would not help. */
const CLOSE_OURS = 4000;
const CLOSE_REFUSED = 4001;
/** What RFC 9110 lets into a token, and a sub-protocol is one. */
const HTTP_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/**
 * A WebSocket of the API that stays connected: it comes back with growing delays, at once when the network does, and
 * notices a peer that went silent because a ping stays without answer.
 */
export class LiveSocket {
  private socket: WebSocket | undefined;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(private readonly options: LiveSocketOptions) {
    globalThis.addEventListener?.("online", this.retryNow);
    this.connect();
  }

  close(): void {
    this.closed = true;
    globalThis.removeEventListener?.("online", this.retryNow);
    this.stopTimers();
    this.socket?.close(CLOSE_NORMAL);
  }

  /** Says something, if the connection is open; what is said to nobody is lost. */
  send(message: string): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(message);
    }
  }

  /** Ends the wait for the next attempt, if one is going on. */
  readonly retryNow = (): void => {
    if (this.retry !== undefined && !this.closed) {
      clearTimeout(this.retry);
      this.connect();
    }
  };

  private connect(): void {
    this.retry = undefined;
    this.options.onConnection(this.attempt === 0 ? { state: "connecting" } : { state: "lost", retryAt: null });
    const socket = this.dial();
    this.socket = socket;
    socket.onopen = () => {
      if (socket !== this.socket || this.closed) {
        return;
      }
      this.attempt = 0;
      this.options.onConnection({ state: "open" });
      this.ping = setInterval(() => this.sendPing(socket), PING_EVERY_MS);
    };
    socket.onmessage = (message) => {
      if (socket === this.socket && !this.closed) {
        this.receive(message.data as string | Blob);
      }
    };
    socket.onclose = (event) => {
      if (socket === this.socket && !this.closed) {
        this.afterClose(event.code, event.reason);
      }
    };
  }

  private dial(): WebSocket {
    const { path, token } = this.options;
    const url = new URL(path(), globalThis.location.href.replace(/^http/, "ws"));
    if (token === undefined) {
      return new WebSocket(url);
    }
    if (HTTP_TOKEN.test(token)) {
      return new WebSocket(url, [PROTOCOL, token]);
    }
    url.searchParams.set("token", token);
    return new WebSocket(url);
  }

  private sendPing(socket: WebSocket): void {
    socket.send("ping");
    this.silence ??= setTimeout(() => {
      // A dead peer does not answer the closing handshake either: treat the connection as gone now.
      this.socket = undefined;
      socket.close();
      this.afterClose(0, "");
    }, SILENCE_MS);
  }

  private receive(message: string | Blob): void {
    clearTimeout(this.silence);
    this.silence = undefined;
    if (message !== "pong") {
      this.options.onMessage(message);
    }
  }

  private afterClose(code: number, reason: string): void {
    this.stopTimers();
    if (code === CLOSE_REFUSED && this.options.onRefused) {
      this.closed = true;
      this.options.onRefused();
    } else if (code === CLOSE_NORMAL || code >= CLOSE_OURS) {
      this.closed = true;
      this.options.onConnection({ state: "ended", ...(reason ? { reason } : {}) });
    } else {
      const wait = backoffMs(++this.attempt);
      this.retry = setTimeout(() => this.connect(), wait);
      this.options.onConnection({ state: "lost", retryAt: Date.now() + wait });
    }
  }

  private stopTimers(): void {
    clearTimeout(this.retry);
    clearInterval(this.ping);
    clearTimeout(this.silence);
    this.retry = this.ping = this.silence = undefined;
  }
}

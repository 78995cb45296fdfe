// SPDX-License-Identifier: Apache-2.0
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type Connection, LiveSocket } from "../event/LiveSocket";
import { Easel } from "./easel";
import { type Said, type Size, told } from "./protocol";

/** What is known of a page that is watched. */
export interface LivePage {
  connection: Connection;
  /** Of the page, in CSS pixels; undefined before the first picture. */
  size: Size | undefined;
  url: string;
  title: string;
  /** Undefined until the server has said so. */
  isInControl: boolean | undefined;
  hasPicture: boolean;
}

interface Heard {
  onClipboard: (text: string) => void;
  onError: (message: string) => void;
}

const NOTHING: LivePage = {
  connection: { state: "connecting" },
  size: undefined,
  url: "",
  title: "",
  isInControl: undefined,
  hasPicture: false,
};

/** Watches the page behind the address of a WebSocket and draws it; stays connected until the server says it is over. */
export function useLivePage(
  url: string,
  token: string | undefined,
  canvas: RefObject<HTMLCanvasElement | null>,
  heard: Heard,
) {
  const [page, setPage] = useState(NOTHING);
  const socket = useRef<LiveSocket>(undefined);
  const listener = useRef(heard);
  listener.current = heard;

  useEffect(() => {
    const change = (part: Partial<LivePage>) => setPage((old) => ({ ...old, ...part }));
    setPage(NOTHING);
    const easel = new Easel(canvas.current!, () =>
      setPage((old) => (old.hasPicture ? old : { ...old, hasPicture: true })),
    );
    const hear = (text: string) => {
      const message = told(text);
      switch (message?.type) {
        case "size":
          change({ size: { width: message.width, height: message.height } });
          break;
        case "page":
          change({ url: message.url, title: message.title });
          break;
        case "control":
          change({ isInControl: message.yours });
          break;
        case "clipboard":
          listener.current.onClipboard(message.text);
          break;
        case "error":
          listener.current.onError(message.message);
          break;
      }
    };
    const live = new LiveSocket({
      path: () => url,
      token,
      onMessage: (message) => (typeof message === "string" ? hear(message) : easel.show(message)),
      onConnection: (connection) => {
        // Whoever was away was not in control.
        change(connection.state === "open" ? { connection } : { connection, isInControl: undefined });
      },
    });
    socket.current = live;
    return () => {
      socket.current = undefined;
      live.close();
      easel.close();
    };
  }, [url, token, canvas]);

  const say = useCallback((said: Said) => socket.current?.send(JSON.stringify(said)), []);
  return { page, say };
}

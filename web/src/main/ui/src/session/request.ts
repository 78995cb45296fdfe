// SPDX-License-Identifier: Apache-2.0
import type { CapturedSession, Host, JsonObject, SessionRequest, Worker } from "../api/types";
import type { Schema } from "../task/resolve";
import { pruned } from "../task/validate";

/** What a session may be on this server. */
export interface Offer {
  engines: string[];
  hasVnc: boolean;
  /** The nodes that it may be on. */
  nodes: string[];
  /** Names of the captured sessions that it may begin with. */
  captured: string[];
}

const ENGINES = ["chromium", "firefox", "webkit"];

/** What the nodes have; every engine where none has said yet what it has: the server says what is missing. */
export function offerOf(
  hosts: readonly Host[],
  workers: readonly Worker[],
  captured: readonly CapturedSession[],
): Offer {
  const available = hosts.flatMap(({ engines }) =>
    engines.filter(({ availability }) => availability === "available").map(({ name }) => name),
  );
  const engines = ENGINES.filter((name) => available.includes(name));
  const ready = workers.filter(({ healthy }) => healthy);
  return {
    engines: engines.length > 0 ? engines : ENGINES,
    hasVnc: ready.some(({ supports_vnc }) => supports_vnc),
    nodes: ready.map(({ name }) => name),
    captured: captured.map(({ name }) => name),
  };
}

/** The form of a new session, in the language of the parameters of tasks. */
export function sessionSchema({ engines, hasVnc, nodes, captured }: Offer): Schema {
  return {
    type: "object",
    properties: {
      engine: { enum: engines, default: engines[0] ?? "chromium", description: "It is never replaced by another one." },
      start_url: {
        title: "First page",
        type: "string",
        format: "uri",
        maxLength: 1024,
        description: "Leave empty to begin with an empty page.",
      },
      start_url_wait: {
        title: "Ready when the first page is",
        enum: ["none", "domcontentloaded", "load"],
        default: "load",
        description: "load: all of it is there. domcontentloaded: its text is there. none: nobody waits for it.",
      },
      ...(captured.length > 0
        ? {
            captured_session: {
              title: "Begin as captured",
              enum: captured,
              description: "Signed in as the session was that you have captured under this name.",
            },
          }
        : {}),
      ...(hasVnc
        ? {
            headless: {
              type: "boolean",
              default: true,
              description: "Without a window. The live view shows the page either way.",
            },
            vnc: {
              title: "Show the window over VNC",
              type: "boolean",
              default: false,
              description: "The whole window, with its tabs and dialogs: such a session is not headless.",
            },
            vnc_password: {
              title: "Ask those who look at the window for a password",
              type: "boolean",
              default: false,
              description: "It is shown once, on the page of the session that is opened.",
            },
          }
        : {}),
      idle_ttl_seconds: {
        title: "Idle time in seconds",
        type: "integer",
        minimum: 30,
        maximum: 3600,
        default: 300,
        description: "It ends when nobody has used it for so long.",
      },
      max_ttl_seconds: {
        title: "Longest life in seconds",
        type: "integer",
        minimum: 30,
        maximum: 604_800,
        description: "It ends then, however much it is used. Leave empty for as long as the server allows.",
      },
      labels: {
        type: "object",
        additionalProperties: { type: "string" },
        description: "Words of your own to find the session by, for example team: shop.",
      },
      ...(nodes.length > 1
        ? {
            host: {
              enum: nodes,
              description: "The node that is to have it. Where nothing is chosen, it is one that has few sessions.",
            },
          }
        : {}),
      browser: {
        type: "object",
        title: "Browser options",
        description: "What the browser tells pages about itself, and the way that it takes to them.",
        properties: {
          viewport: {
            type: "object",
            description: "Size of the visible part of the page, in CSS pixels.",
            properties: {
              width: { type: "integer", minimum: 1, maximum: 7680 },
              height: { type: "integer", minimum: 1, maximum: 7680 },
            },
            required: ["width", "height"],
          },
          locale: { type: "string", description: "Language and region, for example sv-SE." },
          timezone: { type: "string", description: "For example Europe/Stockholm." },
          user_agent: { type: "string", maxLength: 500 },
          proxy: {
            type: "string",
            description: "For all that the session loads, for example http://proxy.example.com:3128.",
          },
        },
      },
    },
  };
}

/** A window is what VNC shows: whoever wants the one gets the other, and only it can have a password. */
export function requestOf(draft: JsonObject): SessionRequest {
  const { vnc_password, ...wish } = pruned(draft);
  if (wish.vnc !== true) {
    return wish as SessionRequest;
  }
  return { ...wish, headless: false, ...(vnc_password === true && { vnc_password }) } as SessionRequest;
}

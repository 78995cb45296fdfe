// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { Session } from "../api/types";
import { HIDDEN, snippetsOf, withoutToken } from "./snippets";

const WS = "ws://127.0.0.1:9080/ws/sessions/7/playwright?token=AZgM-x_y.z";
const CDP = "ws://127.0.0.1:9080/ws/sessions/7/cdp?token=AZgM-x_y.z";

function session(part: Partial<Session>): Session {
  return { engine: "chromium", ...part } as Session;
}

test("a Chromium is reached by Playwright and by Puppeteer, each with its own endpoint", () => {
  const snippets = snippetsOf(session({ ws_endpoint: WS, cdp_endpoint: CDP }));

  expect(snippets.map(({ name }) => name)).toEqual(["Java", "Python", "Node.js", "Puppeteer"]);
  expect(snippets.slice(0, 3).every(({ code }) => code.includes(`"${WS}"`))).toBe(true);
  expect(snippets[3]?.code).toContain(`"${CDP}"`);
});

test("a Firefox is reached by its own type, and not by Puppeteer", () => {
  const snippets = snippetsOf(session({ engine: "firefox", ws_endpoint: WS }));

  expect(snippets.map(({ name }) => name)).toEqual(["Java", "Python", "Node.js"]);
  expect(snippets[0]?.code).toContain("playwright.firefox().connect(");
  expect(snippets[1]?.code).toContain("playwright.firefox.connect(");
  expect(snippets[2]?.code).toContain("firefox.connect(");
});

test("a session that has ended has none", () => {
  expect(snippetsOf(session({}))).toEqual([]);
});

test("no snippet shows its token once that is covered", () => {
  const snippets = snippetsOf(session({ ws_endpoint: WS, cdp_endpoint: CDP }));

  for (const { code } of snippets) {
    const covered = withoutToken(code);
    expect(covered).not.toContain("AZgM");
    expect(covered).toContain(`?token=${HIDDEN}"`);
  }
});

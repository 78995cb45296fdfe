// SPDX-License-Identifier: Apache-2.0
import type { Session } from "../api/types";

/** How a stock client connects to a session. */
export interface Snippet {
  /** What it is called. */
  name: string;
  code: string;
  /** What has to be known of it. */
  note: string;
}

const SAME_VERSION = "The client needs the same minor version of Playwright as the server.";
const ANY_VERSION = "browser.disconnect() leaves the session as it is; browser.close() ends it.";
/** Stands for the token until somebody wants to see it. */
export const HIDDEN = "••••••";

/** The endpoints of a session in the words of its clients; nothing for one that has ended. */
export function snippetsOf({ engine, ws_endpoint, cdp_endpoint }: Session): Snippet[] {
  const snippets: Snippet[] = [];
  if (ws_endpoint) {
    snippets.push(
      { name: "Java", note: SAME_VERSION, code: java(engine, ws_endpoint) },
      { name: "Python", note: SAME_VERSION, code: python(engine, ws_endpoint) },
      { name: "Node.js", note: SAME_VERSION, code: node(engine, ws_endpoint) },
    );
  }
  if (cdp_endpoint) {
    snippets.push({ name: "Puppeteer", note: ANY_VERSION, code: puppeteer(cdp_endpoint) });
  }
  return snippets;
}

/** With the token covered, for screens that others see too. */
export function withoutToken(code: string): string {
  return code.replace(/([?&]token=)[^"'&\s]+/g, `$1${HIDDEN}`);
}

function java(engine: string, endpoint: string): string {
  return `try (Playwright playwright = Playwright.create()) {
    Browser browser = playwright.${engine}().connect(
            "${endpoint}");
    Page page = browser.contexts().get(0).pages().get(0);
    System.out.println(page.title());
}`;
}

function python(engine: string, endpoint: string): string {
  return `from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.${engine}.connect(
        "${endpoint}")
    page = browser.contexts[0].pages[0]
    print(page.title())`;
}

function node(engine: string, endpoint: string): string {
  return `import { ${engine} } from "playwright";

const browser = await ${engine}.connect(
  "${endpoint}");
const page = browser.contexts()[0].pages()[0];
console.log(await page.title());
await browser.close(); // Leaves the session as it is.`;
}

function puppeteer(endpoint: string): string {
  return `import puppeteer from "puppeteer-core";

const browser = await puppeteer.connect({
  browserWSEndpoint: "${endpoint}",
});
const [page] = await browser.pages();
console.log(await page.title());
await browser.disconnect();`;
}

// SPDX-License-Identifier: Apache-2.0
// Drives a session as Puppeteer's users do: node drive.mjs <cdp_endpoint> <address>. Tells what it saw, as JSON.
import puppeteer from "puppeteer-core";

const [endpoint, address] = process.argv.slice(2);
const browser = await puppeteer.connect({ browserWSEndpoint: endpoint, defaultViewport: null });
const page = (await browser.pages())[0];
await page.goto(address);
await page.type("#name", "Åsa");
await page.click("#switch");
await page.waitForFunction(() => document.title === "Desk, switched");
const picture = await page.screenshot();
const second = await browser.newPage();
await second.goto(address);
const seen = {
  title: await page.title(),
  said: await page.$eval("#said", (said) => said.textContent),
  picture: picture.length,
  large: (await page.evaluate(() => "x".repeat(20_000_000))).length,
  pages: (await browser.pages()).length,
};
await second.close();
await browser.disconnect();
console.log(JSON.stringify(seen));

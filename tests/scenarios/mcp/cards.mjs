// Shows cards in headless Chromium as a host does: node cards.mjs JOB.json, where the job is
// {playwright, chromium, host, out, cards: [{name, html, result, theme, locale, width, expect: [texts]}]}.
// Prints one JSON line a card: what was asked over the network, console errors, what of `expect` was not seen.
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const job = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { chromium } = await import(pathToFileURL(`${job.playwright}/index.mjs`).href);
const browser = await chromium.launch({ executablePath: job.chromium, args: ["--no-sandbox", "--disable-gpu"] });
for (const card of job.cards) {
  const context = await browser.newContext({ viewport: { width: card.width || 860, height: 400 }, deviceScaleFactor: 1.5, colorScheme: card.theme || "light" });
  const page = await context.newPage();
  const errors = [], requests = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => /^(https?|wss?):/.test(request.url()) && requests.push(request.url()));
  await page.goto(pathToFileURL(job.host).href);
  await page.evaluate((what) => window.show(what), { html: card.html, result: card.result, theme: card.theme, locale: card.locale });
  await page.waitForFunction(() => window.state === "shown", null, { timeout: 10000 });
  const frame = page.frames()[1];
  await frame.waitForFunction(() => document.querySelector("h1, .empty"), null, { timeout: 10000 });
  await page.waitForTimeout(150);
  const text = await frame.evaluate(() => document.body.innerText);
  const wide = await frame.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);
  const missing = (card.expect || []).filter((wanted) => !text.toLowerCase().includes(wanted.toLowerCase()));
  const height = await page.evaluate(() => document.getElementById("frame").offsetHeight);
  await page.setViewportSize({ width: card.width || 860, height: Math.max(100, height) });
  await page.screenshot({ path: `${job.out}/${card.name}.png` });
  const log = await page.evaluate(() => window.log);
  console.log(JSON.stringify({ name: card.name, errors, requests, missing, wide, height, log, hello: await page.evaluate(() => window.hello) }));
  await context.close();
}
await browser.close();

// How soon each page of the dashboard can be used on a slow line and a slow machine, and how soon a key shows.
//   BASE=http://… KEY=ark_… of scope admin [RUNS=3] [GUEST=123] scripts/node node bench/pages.mjs
// Nothing here fails by a clock: it prints what it measured beside the limits (bench/README.md).
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';

const require = createRequire(new URL('../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { BASE, KEY, RUNS = '3', GUEST = '123' } = process.env;
const line = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };  // Chromium's «Slow 4G»
const slower = 6;
const usable_ms = 3000, pair_ms = 60, letter_ms = 40;

const quantile = (all, share) => [...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(share * all.length))];
const told = (value, limit) => `${Math.round(value)}${limit === undefined ? '' : value <= limit ? ' ok' : ` > ${limit}`}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });

async function fresh() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript((key) => {
    sessionStorage.setItem('aremko.session', JSON.stringify({ held: [{ key, tenant: 'aremko', scope: 'admin', label: '' }], at: 0 }));
    localStorage.setItem('aremko.language', '"es"');
    // In the page's own time: the first frame in which it stands complete.
    const done = () => document.querySelector('h1, #search') && !document.querySelector('.skeleton, .vrow.loading') && (!document.querySelector('[role=grid]') || document.querySelector('.vrow'));
    globalThis.usable = new Promise((settle) => {
      const look = () => (done() ? settle(performance.now()) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    });
  }, KEY);
  return [context, await context.newPage()];
}

/** From nothing, as somebody who comes for the first time: milliseconds, requests and kilobytes until it can be used. */
async function opening(path, slow) {
  const [context, page] = await fresh();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (slow) {
    await devtools.send('Network.emulateNetworkConditions', line);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  let bytes = 0, requests = 0;
  const answers = [];
  devtools.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; ++requests; });
  devtools.on('Network.responseReceived', (event) => answers.push(event));
  await page.goto(BASE + path, { waitUntil: 'commit' });
  const at = await page.evaluate(() => globalThis.usable);
  const out = { at, requests, kilobytes: bytes / 1000 };
  if (process.env.CHAIN && slow) {
    const chain = await page.evaluate(() => performance.getEntriesByType('resource').map((one) => `${Math.round(one.startTime)}–${Math.round(one.responseEnd)} ${(one.encodedBodySize / 1000).toFixed(1)} KB ${one.name.replace(location.origin, '').slice(0, 90)}`));
    console.log(`${path}\n  ${chain.join('\n  ')}`);
  }
  await context.close();
  return out;
}

/** Milliseconds from a key to the frame that shows what `text` reads as something new. */
async function keys(page, wait, strike, times, text) {
  await page.evaluate((text) => {
    const read = new Function(`return ${text}`);
    globalThis.struck = [];
    addEventListener('keydown', (event) => {
      const from = event.timeStamp, before = read();
      const look = () => {
        if (read() === before) return requestAnimationFrame(look);
        // Behind this frame's drawing comes the next task.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => globalThis.struck.push(performance.now() - from);
        channel.port2.postMessage(0);
      };
      requestAnimationFrame(look);
    }, true);
  }, text);
  for (let turn = 0; turn < times; ++turn) {
    await strike(turn);
    await page.waitForTimeout(wait);
  }
  return page.evaluate(() => globalThis.struck);
}

console.log(`load ${loadavg()[0].toFixed(1)}; slow: ${line.latency} ms, ${line.downloadThroughput * 8 / 1e6} Mbit/s down, CPU ×${slower}; median of ${RUNS}\n`);
console.log('| page | usable, slow | usable | requests | KB |\n|---|---|---|---|---|');
for (const path of ['/', `/clientes/${GUEST}`, '/clientes', '/reactivacion', '/sincronizacion', '/resumen', '/resumen?parte=servicios', '/resumen?parte=ocupacion', '/ajustes']) {
  const slow = [], quick = [];
  for (let run = 0; run < Number(RUNS); ++run) {
    slow.push(await opening(path, true));
    quick.push(await opening(path, false));
  }
  const middle = (all, name) => quantile(all.map((one) => one[name]), 0.5);
  console.log(`| ${path} | ${told(middle(slow, 'at'), usable_ms)} | ${told(middle(quick, 'at'))} | ${middle(slow, 'requests')} | ${Math.round(middle(slow, 'kilobytes'))} |`);
}

console.log('\n| key | p50 | p90 | p95 |\n|---|---|---|---|');
const row = (name, all, at, limit) => console.log(`| ${name} (${all.length}) | ${told(quantile(all, 0.5))} | ${told(quantile(all, 0.9), at === 0.9 ? limit : undefined)} | ${told(quantile(all, 0.95), at === 0.95 ? limit : undefined)} |`);
if (process.env.ONLY !== 'pages') {
  const [context, page] = await fresh();
  await page.goto(`${BASE}/sincronizacion`);
  await page.waitForSelector('.pair tbody tr');
  await page.waitForTimeout(2000);
  row('→ next pair', await keys(page, 600, () => page.keyboard.press('ArrowRight'), 25, "document.querySelector('.pair thead')?.innerText"), 0.95, pair_ms);
  await context.close();
}
if (process.env.ONLY !== 'pages') {
  const [context, page] = await fresh();
  await page.goto(`${BASE}/`);
  await page.waitForSelector('#search');
  await page.waitForTimeout(2000);
  await page.focus('#search');
  const typed = 'maria gonzalez valdivia';
  row('letter in the search', await keys(page, 180, (turn) => page.keyboard.press(typed[turn % typed.length] === ' ' ? 'Space' : typed[turn % typed.length]), 2 * typed.length, "document.querySelector('#search').value"), 0.9, letter_ms);
  await context.close();
}
await browser.close();

// How fast the dashboard is, in headless Chromium:  BASE=http://localhost:8000 KEY=ark_… node bench/web/measure.mjs [slow]
// Prints a line a figure. The names typed are drawn from the people table, from all over it, each with a slip.
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { BASE = 'http://localhost:8000', KEY } = process.env;

const percentile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const tell = (name, text) => console.log(`${name.padEnd(64)} ${text}`);
const ms = (value) => `${value.toFixed(0)} ms`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', args: ['--no-sandbox'] });
async function open(path, { throttle = 1, init } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addInitScript((key) => sessionStorage.setItem('aremko.session', JSON.stringify({ held: [{ key, tenant: 'aremko', scope: 'read', label: '' }], at: 0 })), KEY);
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  if (throttle > 1) await cdp.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  await page.goto(path.startsWith('about:') ? path : BASE + path);
  return { page, cdp, context };
}

async function api(path) {
  const answer = await fetch(`${BASE}/api/v1/aremko${path}`, { headers: { 'X-API-Key': KEY } });
  return answer.json();
}

async function firstLoad() {
  const took = [];
  let script = 0;
  for (let turn = 0; turn < 9; ++turn) {
    const { page, context } = await open('/', {
      throttle: 4,
      init: () => {
        // Interactive: the field is there and takes a letter, and the main thread has come to rest behind it.
        new MutationObserver((_, observer) => {
          const field = document.getElementById('search');
          if (!field) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => { globalThis.interactive = performance.now(); }));
        }).observe(document, { childList: true, subtree: true });
      },
    });
    await page.waitForFunction(() => globalThis.interactive > 0);
    took.push(await page.evaluate(() => globalThis.interactive));
    script = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).reduce((sum, one) => sum + one.encodedBodySize, 0));
    await context.close();
  }
  tell('first load: JavaScript as sent (brotli), charts not asked for', `${(script / 1024).toFixed(0)} KB`);
  tell('interactive with a processor four times slower, median of 9', `${ms(percentile(took, 0.5))} (worst ${ms(Math.max(...took))})`);
}

function misspelt(name, at) {
  const letters = [...name];
  const place = 2 + (at % Math.max(1, letters.length - 3));
  if (letters[place] && letters[place] !== ' ') letters.splice(place, 1);
  return letters.join('').toLowerCase().normalize('NFD').replace(/[^a-z ]/g, '');
}

async function keystrokes() {
  const all = (await api('/customers/table?limit=1')).total_found;
  const names = [];
  for (let i = 0; i < 24; ++i) {
    const page = await api(`/customers/table?order=nombre&descending=false&limit=1&offset=${Math.floor((all * (i + 0.5)) / 24)}`);
    if (page.customers[0]) names.push(misspelt(page.customers[0].nombre, i));
  }
  const { page, context } = await open('/', {
    init: () => {
      // From the key to the frame after the one that shows the answer for just what is in the field.
      globalThis.painted = [];
      document.addEventListener('keydown', (event) => {
        if (event.key.length !== 1) return;
        const from = event.timeStamp;
        const wait = () => {
          const field = document.getElementById('search');
          const hits = document.getElementById('hits');
          if (field.value.trim() && hits?.dataset.query?.trim() === field.value.trim()) {
            const channel = new MessageChannel();
            requestAnimationFrame(() => {
              channel.port1.onmessage = () => globalThis.painted.push(performance.now() - from);
              channel.port2.postMessage(0);
            });
          } else if (performance.now() - from < 3000) requestAnimationFrame(wait);
        };
        requestAnimationFrame(wait);
      }, true);
    },
  });
  await page.waitForSelector('#search');
  let typed = 0;
  for (const name of names) {
    await page.fill('#search', '');
    for (const letter of name) {
      await page.keyboard.press(letter === ' ' ? 'Space' : letter);
      ++typed;
      await page.waitForTimeout(90);  // a fast typist: 11 keys a second
    }
    await page.waitForTimeout(150);
  }
  const painted = await page.evaluate(() => globalThis.painted);
  tell(`a keystroke to painted results, ${all.toLocaleString('en')} customers, p90`, `${ms(percentile(painted, 0.9))} (p95 ${ms(percentile(painted, 0.95))}, median ${ms(percentile(painted, 0.5))}, worst ${ms(Math.max(...painted))}; ${painted.length} of ${typed} keys painted before the next)`);
  await context.close();
}

async function scrolling() {
  const { page, cdp, context } = await open('/clientes');
  await page.waitForSelector('.vrow:not(.loading)', { timeout: 60_000 });
  const box = await page.locator('[role=grid]').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 200);
  await page.locator('[role=grid]').scrollIntoViewIfNeeded();
  const frames = async (seconds, act) => {
    await page.evaluate(() => {
      globalThis.frames = [];
      globalThis.blank = 0;
      let last = performance.now();
      const tick = (now) => {
        globalThis.frames.push(now - last);
        last = now;
        const rows = document.querySelectorAll('.vrow');
        if (rows.length === 0 || document.querySelectorAll('.vrow.loading').length > rows.length / 2) ++globalThis.blank;
        globalThis.ticking = requestAnimationFrame(tick);
      };
      globalThis.ticking = requestAnimationFrame(tick);
    });
    await act(seconds);
    return page.evaluate(() => {
      cancelAnimationFrame(globalThis.ticking);
      return { frames: globalThis.frames.slice(2), blank: globalThis.blank };
    });
  };
  const report = (name, { frames: all, blank }) => {
    const seconds = all.reduce((sum, one) => sum + one, 0) / 1000;
    tell(name, `${(all.length / seconds).toFixed(1)} frames a second (p95 ${percentile(all, 0.95).toFixed(1)} ms, ${all.filter((one) => one > 25).length} of ${all.length} late, ${blank} mostly empty)`);
  };
  report('scrolling the table by wheel, 5 s', await frames(5, () => cdp.send('Input.synthesizeScrollGesture', { x: Math.round(box.x + 300), y: 700, yDistance: -30_000, speed: 6000, gestureSourceType: 'mouse' })));
  report('the same far down, where the rail is shorter than the table', await frames(5, async () => {
    await page.evaluate(() => { const grid = document.querySelector('[role=grid]'); grid.scrollTop = grid.scrollHeight * 0.7; });
    await page.waitForTimeout(600);
    await cdp.send('Input.synthesizeScrollGesture', { x: Math.round(box.x + 300), y: 700, yDistance: -24_000, speed: 6000, gestureSourceType: 'mouse' });
  }));
  // No jumps: a hundred small turns of the wheel move the rows by just as much, whatever the rail does in between.
  const top = () => page.evaluate(() => {
    const grid = document.querySelector('[role=grid]').getBoundingClientRect();
    const row = [...document.querySelectorAll('.vrow')].find((one) => one.getBoundingClientRect().top > grid.top + 60);
    return Number(row.getAttribute('aria-rowindex')) * 44 - (row.getBoundingClientRect().top - grid.top);
  });
  let worst = 0;
  for (let turn = 0; turn < 30; ++turn) {
    const before = await top();
    await page.mouse.wheel(0, 120);
    await page.waitForTimeout(turn % 5 === 4 ? 450 : 120);
    worst = Math.max(worst, Math.abs((await top()) - before - 120));
  }
  tell('thirty turns of the wheel by 120 pixels, largest deviation', `${worst.toFixed(1)} pixels`);
  const jump = [];
  for (const share of [0.1, 0.9, 0.35, 0.65, 0.999, 0.02]) {
    const from = Date.now();
    await page.evaluate((share) => { const grid = document.querySelector('[role=grid]'); grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * share; }, share);
    await page.waitForFunction(() => document.querySelectorAll('.vrow').length > 3 && !document.querySelector('.vrow.loading'));
    jump.push(Date.now() - from);
  }
  tell('a jump by the thumb to rows shown, worst of 6', ms(Math.max(...jump)));
  const sorts = [];
  for (const column of ['Nombre', 'Visitas', 'Prioridad', 'Última visita']) {
    const from = Date.now();
    await page.click(`[role=columnheader] button:has-text("${column}")`);
    await page.waitForSelector(`[role=columnheader][aria-sort]:has-text("${column}")`);
    await page.waitForFunction(() => document.querySelectorAll('.vrow').length > 3 && !document.querySelector('.vrow.loading'));
    sorts.push(Date.now() - from);
  }
  tell('another column sorted by, to rows shown', sorts.map(ms).join(', '));
  const from = Date.now();
  await page.selectOption('.filters select', 'At Risk');
  await page.waitForFunction(() => document.querySelectorAll('.vrow').length > 3 && !document.querySelector('.vrow.loading') && /[?&]segment=/.test(location.search));
  tell('a filter to rows shown', ms(Date.now() - from));
  await context.close();
}

/** Every page over a slow mobile line (1.6 Mbit/s, 150 ms there and back) on a processor six times slower, nothing kept. */
async function slowLine() {
  for (const path of ['/', '/clientes/123', '/clientes', '/reactivacion', '/sincronizacion', '/resumen']) {
    const took = [];
    for (let turn = 0; turn < 3; ++turn) {
      const { page, cdp, context } = await open('about:blank', {
        init: () => {
          // Usable: what the page is for stands there and nothing of it is still awaited, and a letter would be taken.
          const there = () => document.querySelector('h1') && !document.querySelector('.skeleton, .vrow.loading') &&
            (!document.querySelector('[role=grid]') || document.querySelector('.vrow'));
          const look = () => (there() ? requestAnimationFrame(() => setTimeout(() => { globalThis.usable ??= performance.now(); })) : setTimeout(look, 20));
          if (location.protocol !== 'about:') document.addEventListener('DOMContentLoaded', look);
        },
      });
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
      await page.goto(BASE + path);
      await page.waitForFunction(() => globalThis.usable > 0, null, { timeout: 60_000 });
      took.push(await page.evaluate(() => globalThis.usable));
      await context.close();
    }
    tell(`usable on a slow line and processor, ${path}, median of 3`, `${ms(percentile(took, 0.5))} (worst ${ms(Math.max(...took))})`);
  }
}

const only = process.argv[2];
if (only === 'slow') {
  await slowLine();
  await browser.close();
  process.exit(0);
}
await firstLoad();
await keystrokes();
await scrolling();
await slowLine();
await browser.close();
